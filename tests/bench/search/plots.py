"""What each view of a study takes at ten thousand trials: to be made, and for a frame while a hand is on it."""

import json
import subprocess
import sys
from pathlib import Path

from tests.bench.report import Figure

TRIALS = 10_000
VIEWS = ("History", "TrialCurves", "Coordinates", "Slice", "Contour", "Pareto", "Timeline")
"""All but the importance, whose bars are as many as there are variables."""


def measure(_place: Path | None = None) -> list[Figure]:
    """Look at one view after the other, each in a process of its own.

    Frames are measured as time that the processor spends: what else a machine does at that time counts for nothing.
    """
    found: list[Figure] = []
    for view in VIEWS:
        told = look(view)
        found += [
            Figure(name=f"{view}, made", value=told["made"], unit="ms", at_most=100),
            Figure(name=f"{view}, median frame", value=told["median"], unit="ms", at_most=16),
            Figure(name=f"{view}, slowest frame of twenty", value=told["slow"], unit="ms"),
            Figure(name=f"{view}, drawn after", value=told["drawn"], unit="ms"),
        ]
    return found


def look(view: str) -> dict[str, float]:
    """Make a view and move, frame and carry things in it."""
    command = [sys.executable, "-m", "tests.bench.search.looking", view, str(TRIALS)]
    answer = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=300)
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found
