"""What a search is told: what is good, how to look for it, how much to try, and what no trial may cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from engine.spec.declaration import Component, Declaration
from engine.spec.parameter import field
from engine.spec.problem import Mend, Problem
from engine.spec.value import Value

if TYPE_CHECKING:
    from engine.spec.space import Space

COSTS = ("parameters", "flops", "memory", "step_seconds", "seconds")
"""What can be an objective besides metrics: parameters, FLOPs of one sample's forward pass, bytes that a training takes
at its peak, seconds of a training step, and seconds that the whole trial took."""


class Objective(Value):
    """One thing that trials are judged by."""

    metric: str = ""
    """`validation/accuracy` or any other metric of the run, at its best epoch, or one of `COSTS`; empty is what the
    task watches."""
    goal: Literal["", "min", "max"] = ""
    """Which way is better; empty is the task's own for what it watches, and else less."""


class Limits(Value):
    """What a trial must keep to; it is checked before anything is trained. None is no limit."""

    parameters: int | None = field(None, min=1, help="Most learned numbers that a network may have.")
    flops: int | None = field(None, min=1, unit="FLOPs", help="Most FLOPs of one sample's forward pass.")
    memory: int | None = field(None, min=1, unit="B", help="Most bytes that a training takes of the device at once.")
    step_seconds: float | None = field(None, above=0, unit="s", help="Longest that a training step may take.")


class Study(Value):
    """How the search marks of a project are searched."""

    objectives: tuple[Objective, ...] = (Objective(),)
    sampler: Component = Component(kind="TPE")
    pruner: Component = Component(kind="Median")
    limits: Limits = Limits()
    trials: int = field(50, min=0, max=1_000_000, help="Trials that are finished, pruned or failed; 0 is no limit.")
    timeout: float = field(0.0, min=0, unit="s", help="Seconds after which no further trial begins; 0 is no limit.")
    seeds: int = field(1, min=1, max=100, help="Runs of a trial, each with another seed; their mean is its value.")
    workers: int = field(1, min=1, max=64, help="Processes that train trials side by side.")
    current_first: bool = field(True, help="Try the values that stand in the project before all others.")
    retries: int = field(1, min=0, max=10, advanced=True, help="How often a trial whose process died is tried again.")
    seed: int = field(0, min=0, max=2**31, advanced=True, help="Where the sampler's chance begins.")
    storage: str = field(
        "", advanced=True, help="Where Optuna keeps the study: a database's URL; empty is a file in the workspace."
    )


class Sampler(Declaration):
    """A way to choose what is tried next."""

    most_objectives: ClassVar[int | None] = None
    """How many objectives it can weigh against each other; None is any number."""
    constrained: ClassVar[bool] = False
    """Whether it learns from points that broke a limit, which it is told of by `Trial.set_constraint`; the others only
    have them refused."""
    exhaustive: ClassVar[bool] = False
    """Whether it goes through all that there is to try, and is then at its end."""
    one_seed: ClassVar[bool] = False
    """Whether its workers share out one sequence, so that the chance of all of them has to begin alike."""

    def build(self, optuna: Any, *, space: dict[str, Any], seed: int) -> Any:
        """The `optuna.samplers` object; one that comes to an end says so by `is_exhausted(study)`.

        Args:
            optuna: the module.
            space: each variable's `optuna.distributions` object; conditional variables are among them.
            seed: where its chance begins.
        """
        raise NotImplementedError

    def check(self, space: Space, study: Study) -> Iterator[Problem]:
        """Yield what it cannot do with a space and what is asked of the study, and what it will do badly."""
        most = self.most_objectives
        if most is not None and len(study.objectives) > most:
            message = (
                f"{self.title()} weighs at most {most} objective{'' if most == 1 else 's'}, and this study has "
                f"{len(study.objectives)}. Choose another sampler, such as NSGA-II, or fewer objectives."
            )
            yield Problem(message=message, section="study", parameter="sampler")


class Pruner(Declaration):
    """A way to end trials early that will not be good."""

    most_objectives: ClassVar[int | None] = 1
    """How many objectives it can judge by; with more no trial is ended early. None is any number."""
    over: ClassVar[Literal["epochs", "seeds"]] = "epochs"
    """What the values are that it is shown: those of epochs, or the results of a trial's seeds."""

    def build(self, optuna: Any, *, goal: Literal["min", "max"], steps: int) -> Any:
        """The `optuna.pruners` object.

        Args:
            optuna: the module.
            goal: which way is better.
            steps: how many values a whole trial has: its epochs, or its seeds.
        """
        raise NotImplementedError

    def check(self, study: Study) -> Iterator[Problem]:
        """Yield what it cannot do with what is asked of the study."""
        if self.most_objectives is not None and len(study.objectives) > self.most_objectives:
            message = (
                f"Trials with {len(study.objectives)} objectives cannot be ended early: no single value says how good "
                "they are so far. Choose the pruner Never."
            )
            mend = Mend(text="Use Never", settings={"study.pruner": "Never"})
            yield Problem(message=message, section="study", parameter="pruner", mend=mend)
        if self.over == "seeds" and study.seeds < 2:
            message = f"{self.title()} compares the seeds of a trial. Let each trial have two or more."
            mend = Mend(text="Use 5 seeds", settings={"study.seeds": 5})
            yield Problem(message=message, section="study", parameter="pruner", mend=mend)
