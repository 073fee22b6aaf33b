"""Whether a worker's memory grows with its trials."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median

import psutil

from tests.bench.report import Figure
from tests.bench.search import drawn
from tests.bench.search.processes import ours

FEW, MANY = 5, 200


def measure(place: Path) -> list[Figure]:
    """Let one worker try many points, and look at it ten times a second."""
    seen: list[tuple[int, int]] = []

    def look(processes: Sequence[int]) -> None:
        runs = place / "workspace" / "runs"
        begun = len(list(runs.iterdir())) if runs.exists() else 0
        if begun > FEW:
            with suppress(psutil.Error):  # it has just ended
                seen.append((begun, psutil.Process(processes[0]).memory_info().rss))

    ours(drawn.mlp(trials=MANY), place, watch=look)
    few = median([size for begun, size in seen if begun <= FEW + 3])
    many = median([size for begun, size in seen if begun > MANY - 10])
    return [
        Figure(name=f"a worker after {FEW} trials", value=few / (1 << 20), unit="MB"),
        Figure(name=f"after {MANY}", value=many / (1 << 20), unit="MB"),
        Figure(name=f"after {MANY} / after {FEW}", value=many / few, unit="x", at_most=1.05),
    ]
