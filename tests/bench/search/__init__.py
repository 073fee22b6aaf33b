"""A search beside a script with Optuna and PyTorch alone: seconds a trial, pruning, workers, memory, and its plots."""

import tempfile
from pathlib import Path

from tests.bench.report import Figure
from tests.bench.search import memory, overhead, plots, pruning, workers


def measure() -> list[Figure]:
    """Measure one part after the other, each in a folder of its own."""
    found: list[Figure] = []
    for part in (overhead, pruning, workers, memory):
        with tempfile.TemporaryDirectory() as place:
            found += part.measure(Path(place))
    return [*found, *plots.measure()]
