"""From an order in the window to a worker that obeys, and from a worker's event to the painted page."""

import json
import subprocess
import sys
from statistics import median

from tests.bench.report import Figure


def measure() -> list[Figure]:
    """Run the window, without a screen, beside a real worker, in a process of its own."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.latency.watch"], stdout=subprocess.PIPE, text=True, check=True, timeout=300
    )
    found: dict[str, list[float]] = json.loads(answer.stdout.splitlines()[-1])
    step = median(found["step"])
    return [
        Figure(name="a step of this run", value=step, unit="ms"),
        Figure(name="order obeyed, median", value=median(found["order"]), unit="ms", at_most=100 + step),
        Figure(name="order obeyed, longest", value=max(found["order"]), unit="ms", at_most=100 + step),
        Figure(name="obeyed order seen in the window, median", value=median(found["seen"]), unit="ms"),
        Figure(name="event painted, median", value=median(found["painted"]), unit="ms", at_most=150),
        Figure(name="event painted, slowest of twenty", value=late(found["painted"]), unit="ms", at_most=150),
    ]


def late(values: list[float]) -> float:
    """What nineteen of twenty stay below."""
    return sorted(values)[int(len(values) * 0.95)]
