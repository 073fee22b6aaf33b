"""`python -m tests.bench.loop NAME FOLDER`: one contestant, which trains the cases that it reads."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import engine  # noqa: F401 - before torch: it says how OpenMP's threads wait, as in every process of ours
from tests.bench.loop.case import Case

Train = Callable[[Case, Path], float]


def serve(name: str, folder: Path) -> None:
    """Train what is asked for until nothing more is."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints is no answer
    train, close = made(name, folder)
    for line in sys.stdin:
        print(train(Case(**json.loads(line)), folder), file=answers, flush=True)
    close()


def made(name: str, folder: Path) -> tuple[Train, Callable[[], object]]:
    """How a contestant trains, and what it does at the end; each loads its own libraries alone."""
    if name == "Netloom":
        from tests.bench.loop.ours import Ours

        ours = Ours(folder / "workspace")
        return ours.train, ours.close
    if name == "Lightning":
        from tests.bench.loop import framework

        return framework.train, int
    from tests.bench.loop import hand

    return hand.train, int


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]))
