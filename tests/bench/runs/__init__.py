"""Ten thousand runs: the Runs page opened, sorted, filtered, scrolled, two hundred curves drawn; beside MLflow.

The runs are written by the real classes in the real format, and never trained. MLflow has the same runs in its own
SQLite store, written with its own tables, and is asked by its own client for what its pages ask: a hundred runs at a
time. The environment variable NETLOOM_BENCH_RUNS names a folder that keeps both from one bench to the next.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from engine.runs import Workspace
from tests.bench.report import Figure
from tests.bench.runs import making, theirs

KEPT = "NETLOOM_BENCH_RUNS"


def measure() -> list[Figure]:
    """Make the runs where they are not there yet, and ask both for the same."""
    kept = os.environ.get(KEPT)
    folder = Path(kept or tempfile.mkdtemp(prefix="netloom-bench-"))
    try:
        found = watch(make(folder))
        return ours(found) + beside(found, theirs.measure(theirs.make(folder)))
    finally:
        if kept is None:
            shutil.rmtree(folder)


def make(folder: Path) -> Path:
    """The workspace, complete but never opened."""
    done = folder / "made"
    workspace = Workspace(folder / "workspace").prepare()
    if not done.exists():
        making.make(workspace)
        done.touch()
    shutil.rmtree(workspace.cache)
    return workspace.prepare().path


def watch(workspace: Path) -> dict[str, Any]:
    """Show the page in a process of its own until everything was done in it."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.runs.watch", str(workspace)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=1800,
    )
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def ours(found: dict[str, Any]) -> list[Figure]:
    """What the page took."""
    assert found["runs"] == making.COUNT
    count, curves = f"{making.COUNT:,} runs", f"{making.LONG} curves of {making.STEPS:,} points"
    shown = f"{count}, {found['matching']:,} shown"
    return [
        Figure(name=f"{count} opened for the first time ever", value=found["first"], unit="s"),
        Figure(name=f"{count} opened", value=found["open"], unit="s", at_most=1),
        Figure(name=f"{count} opened, work of the process", value=found["open work"], unit="s"),
        Figure(name=f"{count} opened, longest standstill", value=1000 * found["stall"], unit="ms"),
        Figure(name=f"{count} seen to be as they are now", value=found["seen"], unit="s"),
        Figure(name=f"{count} sorted by a metric", value=1000 * found["sort"], unit="ms", at_most=100),
        Figure(name=f"{count} sorted by a setting", value=1000 * found["sort settings"], unit="ms", at_most=100),
        Figure(name=f"{count} sorted again", value=1000 * found["sort again"], unit="ms", at_most=100),
        Figure(name=f"{shown} by a filter", value=1000 * found["filter"], unit="ms", at_most=100),
        Figure(name=f"{count} scrolled, median frame", value=1000 * found["frame"], unit="ms", at_most=16),
        Figure(name=f"{count} scrolled, worst frame", value=1000 * found["worst frame"], unit="ms"),
        Figure(name=f"{curves} drawn", value=found["curves"], unit="s", at_most=1),
        Figure(name=f"{curves} drawn, work of the process", value=found["curves work"], unit="s"),
        Figure(name=f"{curves}, longest standstill", value=1000 * found["curves stall"], unit="ms"),
    ]


def beside(found: dict[str, Any], asked: dict[str, float]) -> list[Figure]:
    """What MLflow took for the same."""
    curves = f"{making.LONG} curves, reckoned from {theirs.CURVES}"
    return [
        Figure(name="MLflow: all runs listed", value=asked["every"], unit="s"),
        Figure(name="MLflow: first hundred", value=1000 * asked["page"], unit="ms"),
        Figure(name="MLflow: first hundred by a metric", value=1000 * asked["sort"], unit="ms"),
        Figure(name="MLflow: first hundred of a filter", value=1000 * asked["filter"], unit="ms"),
        Figure(name=f"MLflow: {curves}", value=asked["curves"], unit="s"),
        Figure(name="MLflow all listed / ours opened", value=asked["every"] / found["open"], unit="x"),
        Figure(name="MLflow curves read / ours drawn", value=asked["curves"] / found["curves"], unit="x"),
    ]
