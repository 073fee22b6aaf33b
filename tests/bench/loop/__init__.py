"""Our training loop, journal and tracking on, beside a loop written by hand and Lightning: same model, same data."""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from tests.bench.loop import data
from tests.bench.loop.case import Case
from tests.bench.loop.contestant import NAMES, Contestant
from tests.bench.report import Figure, ratio

CASES = (
    Case(network="mlp", batch_size=64, epochs=2, rounds=5, over_hand=1.3, over_lightning=3.0),
    Case(network="mlp", batch_size=512, epochs=4, rounds=5, over_hand=1.3),
    Case(network="cnn", batch_size=64, epochs=1, rounds=3, over_hand=1.0),
)


def measure() -> list[Figure]:
    """Train every case with each contestant in turn, round after round."""
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        folder = data.write(Path(place))
        contestants = [stack.enter_context(Contestant(name, folder)) for name in NAMES]
        return [figure for case in CASES for figure in compare(case, contestants)]


def compare(case: Case, contestants: Sequence[Contestant]) -> list[Figure]:
    """One case's speeds and ratios; an unmeasured round goes before."""
    for one in contestants:
        one.train(case.short)
    rounds = [[one.train(case) for one in contestants] for _ in range(case.rounds)]
    mine, by_hand, lightning = zip(*rounds, strict=True)
    speeds = zip(contestants, (mine, by_hand, lightning), strict=True)
    return [
        *(Figure(name=f"{case.name}, {who.name}", value=median(speed), unit="samples/s") for who, speed in speeds),
        Figure(name=f"{case.name}, Netloom / by hand", value=ratio(mine, by_hand), unit="x", at_least=case.over_hand),
        Figure(
            name=f"{case.name}, Netloom / Lightning",
            value=ratio(mine, lightning),
            unit="x",
            at_least=case.over_lightning,
        ),
    ]
