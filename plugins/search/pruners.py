"""Pruners: ways to end trials early that will not be good."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any, ClassVar, Literal

from engine.spec import Problem, Pruner, Study, field


class Never(Pruner):
    """Trains every trial to its end: for trainings that start badly and become good late, or for few of them."""

    category = "None"
    synonyms = ("no pruning", "off")
    most_objectives = None

    def build(self, optuna: Any, *, goal: Literal["min", "max"], steps: int) -> Any:
        return optuna.pruners.NopPruner()


class Median(Pruner):
    """The choice for most searches: ends a trial whose best so far is worse than the median at the same epoch."""

    category = "Comparing"
    synonyms = ("default",)

    startup: int = field(5, min=0, max=10_000, help="Trials that are trained to their end before any is ended early.")
    warmup: int = field(0, min=0, max=100_000, unit="epochs", help="Epochs in which no trial is ended.")

    def build(self, optuna: Any, *, goal: Literal["min", "max"], steps: int) -> Any:
        return optuna.pruners.MedianPruner(n_startup_trials=self.startup, n_warmup_steps=self.warmup)


class Percentile(Pruner):
    """As Median, but it lets only a part as large as you say go on: stricter or more patient."""

    category = "Comparing"
    synonyms = ("quantile",)

    percentile: float = field(25.0, min=0, max=100, unit="%", help="The best part of trials that go on at each epoch.")
    startup: int = field(5, min=0, max=10_000, help="Trials that are trained to their end before any is ended early.")
    warmup: int = field(0, min=0, max=100_000, unit="epochs", help="Epochs in which no trial is ended.")

    def build(self, optuna: Any, *, goal: Literal["min", "max"], steps: int) -> Any:
        return optuna.pruners.PercentilePruner(
            self.percentile, n_startup_trials=self.startup, n_warmup_steps=self.warmup
        )


class SuccessiveHalving(Pruner):
    """For many short trials: at epochs that double and double again only the best part of them goes on (ASHA)."""

    category = "Racing"
    label = "Successive halving"
    synonyms = ("asha", "successive halving", "bandit")

    first: int = field(1, min=1, max=100_000, unit="epochs", help="Epochs that every trial gets.")
    factor: int = field(3, min=2, max=100, help="One of so many trials goes on, with so many times the epochs.")

    def build(self, optuna: Any, *, goal: Literal["min", "max"], steps: int) -> Any:
        return optuna.pruners.SuccessiveHalvingPruner(min_resource=self.first, reduction_factor=self.factor)


class Hyperband(Pruner):
    """For long trainings of which nobody knows how early they can be judged: several races, strict ones and patient."""

    category = "Racing"
    synonyms = ("bandit", "brackets")

    first: int = field(1, min=1, max=100_000, unit="epochs", help="Epochs that every trial gets in the strictest race.")
    factor: int = field(3, min=2, max=100, help="One of so many trials goes on, with so many times the epochs.")

    def build(self, optuna: Any, *, goal: Literal["min", "max"], steps: int) -> Any:
        first = min(self.first, steps)
        return optuna.pruners.HyperbandPruner(min_resource=first, max_resource=steps, reduction_factor=self.factor)


class Threshold(Pruner):
    """Ends a trial whose value leaves the bounds that you know: a loss that explodes, an accuracy of pure chance."""

    category = "Alone"
    synonyms = ("bounds", "diverged", "nan")

    lower: float | None = field(None, help="It ends when the value is below; nothing is no bound.")
    upper: float | None = field(None, help="It ends when the value is above; nothing is no bound.")
    warmup: int = field(0, min=0, max=100_000, unit="epochs", help="Epochs in which no trial is ended.")

    def build(self, optuna: Any, *, goal: Literal["min", "max"], steps: int) -> Any:
        lower = -inf if self.lower is None else self.lower
        return optuna.pruners.ThresholdPruner(lower=lower, upper=self.upper, n_warmup_steps=self.warmup)

    def check(self, study: Study) -> Iterator[Problem]:
        yield from super().check(study)
        if self.lower is None and self.upper is None:
            message = "Threshold has no bound yet, so it ends only what is no number. Give a lower or an upper one."
            yield Problem(message=message, severity="warning", section="study", parameter="pruner")
        elif self.lower is not None and self.upper is not None and self.lower > self.upper:
            message = f"The lower bound {self.lower} is above the upper one {self.upper}, so it would end every trial."
            yield Problem(message=message, section="study", parameter="pruner")


class Patient(Pruner):
    """For curves that jump: ends a trial only when it has not become better for a while, and another agrees."""

    category = "Alone"
    synonyms = ("patience", "early stopping", "plateau")

    patience: int = field(3, min=0, max=100_000, unit="epochs", help="Epochs without improvement that it waits for.")
    min_delta: float = field(0.0, min=0, help="What is less than this is no improvement.")
    around: Literal["Nothing", "Median", "Percentile", "SuccessiveHalving", "Hyperband"] = field(
        "Median", help="Who must agree; Nothing ends whatever stopped to become better."
    )

    def build(self, optuna: Any, *, goal: Literal["min", "max"], steps: int) -> Any:
        from plugins.search._quiet import quiet

        inner = AROUND[self.around]().build(optuna, goal=goal, steps=steps) if self.around in AROUND else None
        with quiet(optuna):
            return optuna.pruners.PatientPruner(inner, patience=self.patience, min_delta=self.min_delta)


AROUND: dict[str, type[Pruner]] = {one.kind(): one for one in (Median, Percentile, SuccessiveHalving, Hyperband)}


class Wilcoxon(Pruner):
    """For several seeds or folds: ends a trial once its results are surely worse than the best trial's, by a test."""

    category = "Comparing"
    synonyms = ("signed-rank test", "cross-validation", "folds", "seeds")
    over: ClassVar[Literal["epochs", "seeds"]] = "seeds"

    p: float = field(0.1, min=0, max=1, help="How likely chance alone may be; less ends fewer trials.")
    startup: int = field(2, min=2, max=1000, help="Seeds that every trial gets.")

    def build(self, optuna: Any, *, goal: Literal["min", "max"], steps: int) -> Any:
        from plugins.search._pruning import Wilcoxon as Quiet
        from plugins.search._quiet import quiet

        with quiet(optuna):
            return Quiet(p_threshold=self.p, n_startup_steps=self.startup)

    def check(self, study: Study) -> Iterator[Problem]:
        yield from super().check(study)
        if 1 < study.seeds <= self.startup:
            message = f"Wilcoxon compares seeds and looks after {self.startup}; there are {study.seeds}. Take more."
            yield Problem(message=message, severity="warning", section="study", parameter="pruner")
