"""How near the foretold memory of a training step is to the measured one, on the processor, with nothing calibrated.

Measured twice: what PyTorch's allocator handed out, and by how much the process grew, which holds what algorithms work
in as well. The samples themselves are left out on both sides.
"""

import json
import subprocess
import sys

from tests.bench.fit.networks import NETWORKS
from tests.bench.report import Figure


def measure() -> list[Figure]:
    """Each network in a fresh process, one after the other."""
    return [figure for name in NETWORKS for figure in of_network(name)]


def of_network(name: str) -> list[Figure]:
    """Sizes in MB, and how far off the foretold ones were."""
    order = [sys.executable, "-m", "tests.bench.fit.one", name]
    said = subprocess.run(order, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    found = json.loads(said)
    title = f"{name}, batch {NETWORKS[name][2]}"
    return [
        Figure(name=f"{title}: tensors foretold", value=found["foretold_tensors"] / 1e6, unit="MB"),
        Figure(name="tensors measured, by the allocator", value=found["tensors"] / 1e6, unit="MB"),
        Figure(name="off by", value=off(found["foretold_tensors"], found["tensors"]), unit="%", at_most=20),
        Figure(name=f"{title}: in all foretold", value=found["foretold"] / 1e6, unit="MB"),
        Figure(name="in all measured, by the process", value=found["process"] / 1e6, unit="MB"),
        Figure(name="off by", value=off(found["foretold"], found["process"]), unit="%", at_most=20),
    ]


def off(foretold: float, measured: float) -> float:
    """How far a foretold value is from the measured one, in percent of that."""
    return 100 * abs(foretold - measured) / measured
