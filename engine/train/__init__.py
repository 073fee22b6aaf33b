"""Training: the loop, small behaviors beside it, checkpoints, and the door through which a run folder is trained."""

from engine.train.attempt import RunError, run, train_run
from engine.train.device import DeviceError, find_device

__all__ = ["DeviceError", "RunError", "find_device", "run", "train_run"]
