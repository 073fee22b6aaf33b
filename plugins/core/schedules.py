"""Schedules: how the learning rate changes while training."""

from __future__ import annotations

from typing import Any

from engine.spec import Schedule


class Constant(Schedule):
    """Keep the learning rate as it is."""

    category = "Schedule"
    synonyms = ("none", "fixed")

    def build(self, torch: Any, optimizer: Any, *, epochs: int, steps_per_epoch: int, goal: str) -> Any:
        return None
