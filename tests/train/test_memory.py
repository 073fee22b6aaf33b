"""A process that trains one network after another does not grow."""

from __future__ import annotations

import gc
import linecache
import threading
from pathlib import Path

import psutil
import torch

from engine.data import DataCache
from engine.train import Keeping, train_run
from engine.worker import tidy
from tests.train.making import catalogue, new_run, wine


def alive() -> dict[str, int]:
    """What of some kinds is in memory, or held of the system."""
    gc.collect()
    kinds = [type(one) for one in gc.get_objects()]
    return {
        "tensors": sum(issubclass(one, torch.Tensor) for one in kinds),
        "modules": sum(issubclass(one, torch.nn.Module) for one in kinds),
        "functions": sum(one.__name__ == "function" for one in kinds),
        "sources": len(linecache.cache),
        "threads": threading.active_count(),
        "files": psutil.Process().num_fds() if hasattr(psutil.Process, "num_fds") else 0,
    }


def test_that_nothing_is_left_of_a_network_when_others_are_trained_after_it(tmp_path: Path) -> None:
    cache, known = DataCache(), catalogue()

    def train(width: int) -> None:
        run = new_run(tmp_path, wine(epochs=1).set("model.linear_1.out_features", width))
        keeping = Keeping(every=60, whole=lambda _: False)
        assert train_run(run, "cpu", catalogue=known, data=cache, keeping=keeping).outcome == "finished"
        tidy()

    for width in range(8, 12):
        train(width)
    before = alive()
    for width in range(12, 24):
        train(width)
    assert alive() == before
