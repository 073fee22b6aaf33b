"""The Design page's canvas with networks of several sizes: is every frame done before the screen wants the next.

Measured is what the process computes for a frame, drawing in software included. A machine that does nothing else shows
it after just that time; one that is busy gives the process less, which says nothing of the canvas.
"""

import json
import subprocess
import sys
from typing import Any

from tests.bench.canvas import rival
from tests.bench.report import Figure

SIZES = (100, 500, 2000)
FRAME = 16.0
"""Milliseconds that a frame may take at 60 a second."""
VIEWS = {
    "fit": "pan, all in sight",
    "25 %": "pan at 25 %",
    "30 %": "pan at 30 %",
    "55 %": "pan at 55 %",
    "100 %": "pan at 100 %",
    "zoom": "zoom through all levels",
    "drag at fit": "drag a box, all in sight",
    "drag at 100 %": "drag a box at 100 %",
}


def measure() -> list[Figure]:
    """Show each network in a process of its own, and in the rival's editor as far as that can hold it."""
    return [figure for size in SIZES for figure in _of(size)] + rival.measure()


def _of(size: int) -> list[Figure]:
    found, title = watch(size), f"{size:,} nodes: "
    figures = [Figure(name=f"{title}open", value=found["open"] / 1000, unit="s", at_most=1)]
    for key, name in VIEWS.items():
        figures.append(Figure(name=f"{title}{name}, median", value=found[key]["median"], unit="ms", at_most=FRAME))
    worst = max(found[key]["worst"] for key in VIEWS)
    figures.append(Figure(name=f"{title}worst of all these frames", value=worst, unit="ms"))
    figures.append(Figure(name=f"{title}drop the box", value=found["drag at 100 %"]["drop"], unit="ms"))
    figures.append(Figure(name=f"{title}edit a layer, median", value=found["edit"]["median"], unit="ms"))
    for key, name in (("there", "to another network"), ("back", "back to the first")):
        figures.append(Figure(name=f"{title}{name}", value=found["switch"][key] / 1000, unit="s", at_most=1))
    figures.append(Figure(name=f"{title}arrange", value=found["arrange"] / 1000, unit="s", at_most=2))
    return figures


def watch(size: int) -> dict[str, Any]:
    """Run one window until everything was done in it."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.canvas.watch", str(size)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=300,
    )
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found
