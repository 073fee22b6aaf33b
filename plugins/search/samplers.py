"""Samplers: ways to choose what is tried next."""

from __future__ import annotations

from typing import Any

from engine.spec import Sampler


class TPE(Sampler):
    """Learns where good trials lie and tries more there: the choice for most searches, conditional ones too."""

    constrained = True

    def build(self, optuna: Any, *, space: dict[str, Any], seed: int) -> Any:
        return optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True)


class Random(Sampler):
    """Tries values by chance: what every other sampler has to be better than."""

    def build(self, optuna: Any, *, space: dict[str, Any], seed: int) -> Any:
        return optuna.samplers.RandomSampler(seed=seed)
