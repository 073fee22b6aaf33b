"""Is what a search finds better than what a template begins with? Three studies of fifty trials, each with pruning.

Digits ships with scikit-learn; California housing is read from the shared data, and left out where there is none.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any

from engine import load
from engine.runs import RunFolder, Workspace
from engine.spec import Component, FrozenDict, Project, Search, Split, current, write_project
from engine.train import run
from tests.bench.report import Figure

ASSETS = Path(__file__).parents[2] / "assets"
CALIFORNIA = Path(__file__).parents[3] / "shared" / "data" / "california_housing" / "housing.csv"
SEEDS = tuple(range(int(os.environ.get("NETLOOM_BENCH_SEEDS", "3"))))
TRIALS = int(os.environ.get("NETLOOM_BENCH_TRIALS", "50"))


def measure() -> list[Figure]:
    """Measure both datasets."""
    found = [*_digits()]
    return [*found, *_california()] if CALIFORNIA.exists() else found


def _digits() -> Iterator[Figure]:
    marked = load(ASSETS / "examples" / "digits-search.netloom")
    before, after = _compared(marked, "test/accuracy")
    yield Figure(name="Digits: test accuracy of the template's default", value=before, unit="of 1")
    yield Figure(name=f"Digits: the best of {TRIALS} trials", value=after, unit="of 1")
    yield Figure(name="Digits: fewer errors", value=1 - (1 - after) / (1 - before), unit="of 1", at_least=0.2)


def _california() -> Iterator[Figure]:
    before, after = _compared(california(), "test/rmse")
    yield Figure(name="California: test RMSE of the template's default", value=before, unit="$")
    yield Figure(name=f"California: the best of {TRIALS} trials", value=after, unit="$")
    yield Figure(name="California: smaller error", value=1 - after / before, unit="of 1", at_least=0.02)


def california() -> Project:
    """The regression template over California housing: optimizer, widths, depth and an optional block are searched."""
    template = load(ASSETS / "templates" / "regression-mlp.netloom")
    graph, lr = template.model, Search(low=1e-4, high=3e-2, log=True, value=2e-3)
    decay = Search(low=1e-4, high=0.3, log=True, value=0.05)
    width = Search(low=32, high=256, log=True)
    graph = graph.replace(
        graph["hidden_1"].set(width=width.having(value=64), repeat=Search(low=1, high=3, value=1)),
        graph["hidden_2"].set(width=width.having(value=32)).having(optional=True),
    )
    sgd = {"lr": Search(low=3e-3, high=0.3, log=True), "momentum": Search(low=0.8, high=0.98)}
    optimizer = Component(
        kind="AdamW",
        parameters=FrozenDict({"lr": lr, "weight_decay": decay}),
        variants=(
            Component(kind="Adam", parameters=FrozenDict({"lr": lr})),
            Component(kind="SGD", parameters=FrozenDict(sgd)),
        ),
    )
    changed: Project = template.having(
        name="California search",
        dataset=Component(kind="CSV", parameters=FrozenDict({"path": str(CALIFORNIA), "target": "median_house_value"})),
        split=Split(validation=0.2, test=0.2, seed=42),
        training=template.training.having(epochs=15, early_stop=0, batch_size=256, optimizer=optimizer),
    ).with_network("model", graph)
    changed = changed.set("training.batch_size", Search(choices=(64, 128, 256, 512)))
    return changed.set("study.pruner", Component(kind="Median", parameters=FrozenDict({"startup": 8, "warmup": 5})))


def _compared(marked: Project, metric: str) -> tuple[float, float]:
    """The mean of a test metric: of the project as it stands over seeds, and of the best trials of as many studies."""
    with tempfile.TemporaryDirectory() as folder:
        home = Workspace(Path(folder)).prepare()
        plain = current(marked)
        before = [_trained(plain.set("training.seed", seed), home, metric) for seed in SEEDS]
        after = [_searched(marked.set("study.seed", seed), home, metric) for seed in SEEDS]
    return mean(before), mean(after)


def _trained(plain: Project, home: Workspace, metric: str) -> float:
    return _told("as it stands", run(plain, workspace=home.path), metric)


def _searched(marked: Project, home: Workspace, metric: str) -> float:
    file = home.path / "searched.netloom"
    write_project(file, marked)
    order = [sys.executable, "-m", "engine.cli", "search", str(file), "--workspace", str(home.path), "--json"]
    wanted = ["--trials", str(TRIALS), "--workers", "2", "--no-tracking"]
    done = subprocess.run([*order, *wanted], check=True, stdout=subprocess.PIPE)
    result: dict[str, Any] = json.loads(done.stdout.decode().splitlines()[-1])
    return _told(f"best of {result['trials']}", home.find_run(result["best"][0]["runs"][0]), metric)


def _told(what: str, run: RunFolder, metric: str) -> float:
    """A run's test metric, told as it comes: a study takes minutes."""
    value = run.summary().last[metric]
    sys.stderr.write(f"{run.summary().name}, {what}: {metric} {value:.5g}\n")
    return value
