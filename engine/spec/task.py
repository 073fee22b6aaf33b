"""Tasks: what is learned, how wrong an answer is, and what to watch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Literal

from engine.spec.dataset import Facts
from engine.spec.declaration import Declaration
from engine.spec.problem import Problem
from engine.spec.value import Value


class TensorSpec(Value):
    """Shape and dtype of a tensor; the first dimension is the batch where `shape[0]` is None."""

    shape: tuple[int | None, ...]
    dtype: str = "float32"


class Reading(Value):
    """How a task's answers are read, sample by sample."""

    kind: Literal["class", "number", "error"]
    """One of several classes, a number or a few, or only how wrong the answer is."""
    column: str
    """The column that holds what was to be answered."""
    error: str
    """What `error` measures, such as "cross-entropy"."""
    unit: str = ""
    """Of numbers, and of their errors."""


class Task(Declaration):
    """What a run learns. One that trains one network says `loss`, `tally` and `metrics`.

    In every method `torch` is handed in, so that declaring needs none of it; `outputs` maps the names of the network's
    Output nodes to tensors, `batch` maps columns to encoded tensors (first dimension: batch).
    """

    watch: ClassVar[str] = "loss"
    """The metric that early stopping, plateaus, the best checkpoint and searches look at, on the validation split."""
    goal: ClassVar[Literal["min", "max"]] = "min"
    goals: ClassVar[Mapping[str, Literal["min", "max"]]] = {}
    """Which way each of its `metrics` is better. The loss, which every task has, should be low."""

    @classmethod
    def better(cls, metric: str) -> Literal["min", "max"]:
        """Which way a metric, named without its split, is better."""
        return cls.goal if metric == cls.watch else cls.goals.get(metric, "min")

    def measured(self, data: Facts | None) -> tuple[str, ...]:
        """The names of its `metrics` for this data, or all that there may be."""
        return tuple(self.goals)

    def columns(self) -> tuple[str, ...]:
        """The columns it reads besides those that enter the network, such as the label."""
        raise NotImplementedError

    def check(self, outputs: Mapping[str, TensorSpec], data: Facts) -> Iterable[Problem]:
        """What does not fit between the network's outputs and the data."""
        raise NotImplementedError

    def loss(self, torch: Any, outputs: Mapping[str, Any], batch: Mapping[str, Any], data: Facts) -> Any:
        """The batch's mean loss, a scalar tensor on the device."""
        raise NotImplementedError

    def tally(self, torch: Any, outputs: Mapping[str, Any], batch: Mapping[str, Any], data: Facts) -> dict[str, Any]:
        """What the metrics need of a batch, as tensors that add up over batches and stay on the device.

        The loop adds `loss` (weighted by samples) and `samples` itself.
        """
        raise NotImplementedError

    def metrics(self, tally: Mapping[str, Any], data: Facts) -> dict[str, float]:
        """A split's metrics from its summed tally (numpy arrays)."""
        raise NotImplementedError

    def kept(self, tally: Mapping[str, Any], data: Facts) -> dict[str, Any]:
        """What of the test split's summed tally is kept beside the run, as plain JSON, besides its metrics."""
        return {}

    def reading(self, data: Facts) -> Reading | None:
        """How `answers` are read; None for a task that says nothing of single samples."""
        return None

    def answers(self, torch: Any, outputs: Mapping[str, Any], batch: Mapping[str, Any], data: Facts) -> dict[str, Any]:
        """What is said of each sample, as tensors whose first dimension is the batch.

        Always `error` (float, never negative): how wrong the answer is. For a class also `truth` (int64) and `chances`
        (batch × classes, probabilities); for a number `truth` and `answer` (batch × numbers, in the data's unit).
        """
        raise NotImplementedError
