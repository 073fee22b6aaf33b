"""From process start to a painted window, and the memory that took: ours beside a bare PySide6 and pyqtgraph window."""

import json
import os
import subprocess
import sys
import tempfile
from statistics import median
from typing import Any

from tests.bench.report import Figure, ratio

ROUNDS = 7


def measure() -> list[Figure]:
    """Start both in turn and compare."""
    start("bare"), start("ours")  # the first start of each reads the disk
    rounds = [(start("ours"), start("bare")) for _ in range(ROUNDS)]
    ours, bare = zip(*rounds, strict=True)
    seconds = [answer["seconds"] for answer in ours]
    bare_seconds = [answer["seconds"] for answer in bare]
    return [
        Figure(name="bare window shown after", value=median(bare_seconds), unit="s"),
        Figure(name="our window shown after", value=median(seconds), unit="s"),
        Figure(name="ours / bare", value=ratio(seconds, bare_seconds), unit="x", at_most=2),
        Figure(name="peak memory, bare", value=median(answer["megabytes"] for answer in bare), unit="MB"),
        Figure(name="peak memory, ours", value=max(answer["megabytes"] for answer in ours), unit="MB", at_most=250),
        Figure(name="torch in our process", value=max(answer["torch"] for answer in ours), unit="modules", at_most=0),
    ]


def start(which: str) -> dict[str, Any]:
    """Run one window in a process of its own until it is painted."""
    with tempfile.TemporaryDirectory() as home:
        answer = subprocess.run(
            [sys.executable, "-m", f"tests.bench.windows.{which}"],
            env=os.environ | {f"XDG_{kind}_HOME": home for kind in ("CONFIG", "DATA", "CACHE", "STATE")},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=60,
        )
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found
