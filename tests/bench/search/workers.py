"""Two workers of a study beside one: trials a second."""

from pathlib import Path

from engine.spec import Component, Study
from tests.bench.report import Figure
from tests.bench.search import drawn
from tests.bench.search.processes import ours, seconds_each

TRIALS, EPOCHS = 30, 10


def measure(place: Path) -> list[Figure]:
    """Search the same with one and with two."""
    study = Study(trials=TRIALS, sampler=Component(kind="Random"), pruner=Component(kind="Never"))
    rates = {}
    for workers in (1, 2):
        folder = place / str(workers)
        folder.mkdir()
        rates[workers] = 1 / seconds_each(ours(drawn.cnn(epochs=EPOCHS, study=study), folder, workers=workers))
    return [
        *(Figure(name=f"workers: {count}", value=rate, unit="trials/s") for count, rate in rates.items()),
        Figure(name="two workers / one", value=rates[2] / rates[1], unit="x"),
    ]
