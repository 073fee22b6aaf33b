"""`python -m tests.bench [NAME] [--json]`: run one benchmark, or all of them."""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import engine  # noqa: F401 - before torch: it says how OpenMP's threads wait, as in every process of ours

if TYPE_CHECKING:
    from tests.bench.report import Figure

NAMES = ("loop", "startup", "analyze", "curves", "latency", "canvas", "fit", "importing", "runs", "search", "tuning")


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--json", action="store_true", help="one JSON object a benchmark, on one line")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true")
    for name in arguments.names or NAMES:
        report(name, measure(name), as_json=arguments.json)


def measure(name: str) -> "list[Figure]":
    """Run one benchmark: each is a module with a function `measure`."""
    module = importlib.import_module(f"tests.bench.{name}")
    return cast("Callable[[], list[Figure]]", module.measure)()


def report(name: str, figures: "list[Figure]", *, as_json: bool) -> None:
    """Print a benchmark's figures for people or for machines."""
    from tests.bench.report import show

    if as_json:
        sys.stdout.write(json.dumps({"bench": name, "figures": [figure.as_json() for figure in figures]}) + "\n")
        sys.stdout.flush()
    else:
        show(name, figures)


if __name__ == "__main__":
    main()
