"""What a trial costs beside a bare script's: same network, data, epochs and sampler, SQLite as the storage."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from tests.bench.report import Figure, ratio
from tests.bench.search import drawn
from tests.bench.search.processes import by_hand, ours, seconds_each

TRIALS, ROUNDS = 40, 3


def measure(place: Path) -> list[Figure]:
    """Search with each contestant in turn, round after round."""
    contestants: dict[str, Callable[[Path], str]] = {
        "Netloom": partial(ours, drawn.mlp(trials=TRIALS)),
        "script with a DataLoader": partial(by_hand, "loader", trials=TRIALS),
        "script with tensors": partial(by_hand, "tensors", trials=TRIALS),
    }
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for at in range(ROUNDS):
        for name, search in contestants.items():
            folder = place / f"{name} {at}"
            folder.mkdir()
            taken[name].append(seconds_each(search(folder)))
    mine, *others = taken
    return [
        *(Figure(name=f"a trial, {name}", value=1000 * median(one), unit="ms") for name, one in taken.items()),
        *(
            Figure(name=f"a trial, {mine} / {other}", value=ratio(taken[mine], taken[other]), unit="x", at_most=1)
            for other in others
        ),
    ]
