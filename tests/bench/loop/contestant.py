"""A contestant in a process of its own, so that nobody trains under what another's libraries did to theirs.

`python -m tests.bench.loop NAME FOLDER` takes a case a line on standard input and answers with its speed.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Self

from tests.bench.loop.case import Case

NAMES = ("Netloom", "by hand", "Lightning")


class Contestant:
    """Starts the process, and hands it one case after the other; it rests while others train.

    Args:
        name: one of `NAMES`.
        folder: where the data lies.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        command = [sys.executable, "-m", "tests.bench.loop", name, str(folder)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=90)

    def train(self, case: Case) -> float:
        """Train as the case says and return samples per second."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(case)) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"{self.name} ended before it had answered"
        return float(answer)
