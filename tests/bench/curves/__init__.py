"""Ten runs of a million points on one plot while new points stream in: is the window still alive."""

import json
import subprocess
import sys

from tests.bench.report import Figure

ROUNDS = 2


def measure() -> list[Figure]:
    """Show both plots in turn, each in a process of its own."""
    rounds = [(show("ours"), show("bare")) for _ in range(ROUNDS)]
    ours, bare = (min(side, key=lambda found: found["frame"]) for side in zip(*rounds, strict=True))
    return [
        Figure(name="median frame, pyqtgraph by hand", value=bare["frame"], unit="ms"),
        Figure(name="worst stall, pyqtgraph by hand", value=bare["stall"], unit="ms"),
        Figure(name="median frame, ours", value=ours["frame"], unit="ms", at_most=16),
        Figure(name="worst stall, ours", value=max(ours["stall"] for ours, _ in rounds), unit="ms", at_most=50),
        Figure(name="frames per second, ours", value=ours["rate"], unit="1/s"),
    ]


def show(which: str) -> dict[str, float]:
    """Run one plot until it has been looked at long enough."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.curves.watch", which],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found
