"""Netloom's engine: words, hands and the command line. It knows no window.

From Python, three functions do most of it: `load` a project, `check` it, `train` it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.api import check, load, train

__all__ = ["check", "load", "train"]


def __getattr__(name: str) -> Any:
    """Load what is asked for now: `import engine` alone stays light."""
    if name == "train":  # a package of that name can be called: it does not matter which of the two came first
        return importlib.import_module("engine.train")
    if name in __all__:
        return getattr(importlib.import_module("engine.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
