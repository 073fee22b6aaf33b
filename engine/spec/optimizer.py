"""Optimizers and learning-rate schedules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from engine.spec.declaration import Declaration


class Optimizer(Declaration):
    """A rule that turns gradients into steps."""

    fused: ClassVar[tuple[str, ...]] = ()
    """Types of device ("cpu", "cuda") on which it updates all weights in one kernel, without temporary copies."""

    def build(self, torch: Any, parameters: Iterable[Any]) -> Any:
        """The `torch.optim` optimizer over these parameters (or parameter groups)."""
        raise NotImplementedError


class Schedule(Declaration):
    """How the learning rate changes while training."""

    interval: ClassVar[Literal["step", "epoch"]] = "epoch"
    """How often it moves on."""
    watches: ClassVar[bool] = False
    """Whether it is told the watched metric at each epoch's end (a plateau schedule)."""

    def build(self, torch: Any, optimizer: Any, *, epochs: int, steps_per_epoch: int, goal: str) -> Any:
        """The `torch.optim.lr_scheduler` object, or None for a constant rate."""
        raise NotImplementedError
