"""Training: the loop, small behaviors beside it, checkpoints, and the door through which a run folder is trained."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from engine.train.attempt import RunError, run, train_run
from engine.train.completing import complete
from engine.train.device import DeviceError, find_device
from engine.train.halt import Halt, Pruned
from engine.train.keeping import Keeping

__all__ = ["DeviceError", "Halt", "Keeping", "Pruned", "RunError", "complete", "find_device", "run", "train_run"]


class _Callable(ModuleType):
    """Lets `from engine import train` be called, whether or not this package was imported before."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        from engine.api import train

        return train(*arguments, **options)


sys.modules[__name__].__class__ = _Callable
