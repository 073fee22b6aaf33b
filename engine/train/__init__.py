"""Training: the loop, small behaviors beside it, checkpoints, and the door through which a run folder is trained."""

from __future__ import annotations

from engine.calling import call_as_api
from engine.train.attempt import RunError, run, train_run
from engine.train.completing import complete
from engine.train.device import DeviceError, find_device
from engine.train.halt import Halt, Pruned
from engine.train.keeping import Keeping

__all__ = ["DeviceError", "Halt", "Keeping", "Pruned", "RunError", "complete", "find_device", "run", "train_run"]

call_as_api(__name__)
