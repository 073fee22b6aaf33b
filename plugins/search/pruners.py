"""Pruners: ways to end trials early that will not be good."""

from __future__ import annotations

from typing import Any, Literal

from engine.spec import Pruner


class Never(Pruner):
    """Trains every trial to its end."""

    def build(self, optuna: Any, *, goal: Literal["min", "max"], steps: int) -> Any:
        return optuna.pruners.NopPruner()


class Median(Pruner):
    """Ends a trial whose best value so far is worse than the median of the earlier ones at the same epoch."""

    def build(self, optuna: Any, *, goal: Literal["min", "max"], steps: int) -> Any:
        return optuna.pruners.MedianPruner()
