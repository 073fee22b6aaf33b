"""Our training loop, journal and tracking on, beside a loop written by hand and Lightning: same model, same data."""

import logging
import tempfile
from pathlib import Path
from statistics import median

from tests.bench.loop import data, framework, hand
from tests.bench.loop.case import Case
from tests.bench.loop.ours import Ours
from tests.bench.report import Figure, ratio

CASES = (
    Case(network="mlp", batch_size=64, epochs=2, rounds=5, over_hand=1.3, over_lightning=3.0),
    Case(network="mlp", batch_size=512, epochs=4, rounds=5, over_hand=1.3),
    Case(network="cnn", batch_size=64, epochs=1, rounds=3, over_hand=1.0),
)


def measure() -> list[Figure]:
    """Train every case with each contestant in turn, round after round."""
    logging.getLogger("lightning").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as place:
        folder = data.write(Path(place))
        ours = Ours(folder / "workspace")
        try:
            return [figure for case in CASES for figure in compare(case, ours, folder)]
        finally:
            ours.close()


def compare(case: Case, ours: Ours, folder: Path) -> list[Figure]:
    """One case's speeds and ratios; an unmeasured round goes before."""
    contestants = (ours.train, hand.train, framework.train)
    for train in contestants:
        train(case.short, folder)
    rounds = [[train(case, folder) for train in contestants] for _ in range(case.rounds)]
    mine, by_hand, lightning = zip(*rounds, strict=True)
    return [
        *(
            Figure(name=f"{case.name}, {who}", value=median(speeds), unit="samples/s")
            for who, speeds in (("Netloom", mine), ("by hand", by_hand), ("Lightning", lightning))
        ),
        Figure(name=f"{case.name}, Netloom / by hand", value=ratio(mine, by_hand), unit="x", at_least=case.over_hand),
        Figure(
            name=f"{case.name}, Netloom / Lightning",
            value=ratio(mine, lightning),
            unit="x",
            at_least=case.over_lightning,
        ),
    ]
