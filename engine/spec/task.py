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


class Task(Declaration):
    """What a run learns. One that trains one network says `loss`, `tally` and `metrics`.

    In every method `torch` is handed in, so that declaring needs none of it; `outputs` maps the names of the network's
    Output nodes to tensors, `batch` maps columns to encoded tensors (first dimension: batch).
    """

    watch: ClassVar[str] = "loss"
    """The metric that early stopping, plateaus, the best checkpoint and searches look at, on the validation split."""
    goal: ClassVar[Literal["min", "max"]] = "min"

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
