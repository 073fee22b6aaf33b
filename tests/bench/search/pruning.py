"""What pruning is worth: how good the best trial is after the same time, with it and without.

Judged by the loss: by accuracy the digits of the validation split are soon all read.
"""

from pathlib import Path
from statistics import mean

from engine.spec import Component, Objective, Study
from tests.bench.report import Figure
from tests.bench.search import drawn
from tests.bench.search.processes import ours, trials

SECONDS, SEEDS, EPOCHS = 20.0, (0, 1), 20


def measure(place: Path) -> list[Figure]:
    """Search with either in turn, once for each seed of the sampler."""
    loss = (Objective(metric="validation/loss", goal="min"),)
    found: dict[str, list[tuple[float, int]]] = {"Median": [], "Never": []}
    for seed in SEEDS:
        for pruner, results in found.items():
            folder = place / f"{pruner} {seed}"
            folder.mkdir()
            study = Study(
                trials=0,
                timeout=SECONDS,
                seed=seed,
                pruner=Component(kind=pruner),
                current_first=False,
                objectives=loss,
            )
            over = trials(ours(drawn.cnn(epochs=EPOCHS, study=study), folder))
            results.append((min(one.value for one in over if one.value is not None), len(over)))
    return [figure for pruner, results in found.items() for figure in figures(pruner, results)]


def figures(pruner: str, results: list[tuple[float, int]]) -> list[Figure]:
    """The means over the seeds."""
    words = f"{pruner}, after {SECONDS:g} s: "
    best, count = (mean(one) for one in zip(*results, strict=True))
    return [
        Figure(name=f"{words}best loss", value=best, unit=""),
        Figure(name=f"{words}tried", value=count, unit="trials"),
    ]
