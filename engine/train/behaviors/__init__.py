"""Behaviors: small classes beside the loop, each doing one thing at its time."""

from engine.train.behaviors.behavior import Behavior
from engine.train.behaviors.best import BestCheckpoint
from engine.train.behaviors.control import Control
from engine.train.behaviors.early_stop import EarlyStop
from engine.train.behaviors.nan_stop import NanStop
from engine.train.behaviors.reading import Reading
from engine.train.behaviors.system import SystemUse
from engine.train.behaviors.timer import CheckpointTimer

__all__ = [
    "Behavior",
    "BestCheckpoint",
    "CheckpointTimer",
    "Control",
    "EarlyStop",
    "NanStop",
    "Reading",
    "SystemUse",
]
