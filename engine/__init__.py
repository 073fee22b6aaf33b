"""Netloom's engine: words, hands and the command line. It knows no window.

From Python, a few functions do most of it: `load` a project, `check` it, `train` it, `search` what it marks, write it
`to_pytorch`.
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.api import check, load, search, to_pytorch, train

__all__ = ["check", "load", "search", "to_pytorch", "train"]

# Here, because it must be said before torch is loaded by whatever road. GNU OpenMP's threads wait for each other by
# spinning, 300,000 turns where it thinks the cores are its own; then anything else that runs beside a training
# (the window, the follower) stalls every step. Measured on 2 cores, MLP at batch 64, samples per second: by default
# 63,000 or 37,000, as it happens; with 10,000 turns always 62,000; without spinning (OMP_WAIT_POLICY=PASSIVE) 38,000.
os.environ.setdefault("GOMP_SPINCOUNT", "10000")


def __getattr__(name: str) -> Any:
    """Load what is asked for now: `import engine` alone stays light."""
    if name in ("train", "search"):  # packages of that name can be called: no matter which of the two came first
        return importlib.import_module(f"engine.{name}")
    if name in __all__:
        return getattr(importlib.import_module("engine.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
