"""Regression: a number to predict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import Any, ClassVar, Literal

from engine.spec import Column, Facts, Mend, Problem, Reading, Task, TensorSpec, field
from plugins.tasks._outputs import missing_column, missing_output, not_fractions, wrong_width


class Regress(Task):
    """Learn to predict a number.

    The network sees the target with mean 0 and deviation 1 (by the training split); RMSE and MAE are reported in the
    target's own unit. The best checkpoint has the lowest validation loss, so the chosen criterion decides.
    """

    category = "Supervised"
    synonyms = ("regression", "forecast", "estimate", "mean squared error")
    goals: ClassVar[Mapping[str, Literal["min", "max"]]] = {"rmse": "min", "mae": "min", "r2": "max"}

    target: str = field("target", help="The column that holds the numbers.")
    output: str = field("prediction", advanced=True, help="The network's Output that is judged.")
    criterion: Literal["MSELoss", "L1Loss", "HuberLoss", "SmoothL1Loss"] = field(
        "MSELoss", help="How wrong an answer is: squared, plain, or plain for outliers only (Huber)."
    )
    delta: float = field(
        1.0,
        above=0,
        log=True,
        advanced=True,
        help="Where HuberLoss and SmoothL1Loss turn from squared to plain, in deviations of the target.",
    )

    def columns(self) -> tuple[str, ...]:
        return (self.target,)

    def check(self, outputs: Mapping[str, TensorSpec], data: Facts) -> Iterator[Problem]:
        """Yield what does not fit between the output and the column."""
        blind = missing_column(self.target, data, kind="target") or self._no_numbers(data)
        lost = missing_output(self.output, outputs)
        yield from (problem for problem in (blind, lost) if problem)
        if blind or lost:
            return
        count = prod(data.column(self.target).shape)
        reason = "there is 1 to predict" if count == 1 else f"there are {count} to predict"
        spec = outputs[self.output]
        yield from filter(None, (wrong_width(self.output, spec, count, reason), not_fractions(self.output, spec)))

    def loss(self, torch: Any, outputs: Mapping[str, Any], batch: Mapping[str, Any], data: Facts) -> Any:
        """The criterion's mean, in deviations of the target."""
        truth = batch[self.target]
        guess = outputs[self.output].float().reshape(truth.shape)
        functions = torch.nn.functional
        if self.criterion == "HuberLoss":
            return functions.huber_loss(guess, truth, delta=self.delta)
        if self.criterion == "SmoothL1Loss":
            return functions.smooth_l1_loss(guess, truth, beta=self.delta)
        return functions.mse_loss(guess, truth) if self.criterion == "MSELoss" else functions.l1_loss(guess, truth)

    def tally(self, torch: Any, outputs: Mapping[str, Any], batch: Mapping[str, Any], data: Facts) -> dict[str, Any]:
        """`sums`, 5 × targets: samples, squared errors, absolute errors, targets, squared targets (in deviations)."""
        truth = batch[self.target].reshape(len(batch[self.target]), -1)
        error = outputs[self.output].float().reshape(truth.shape) - truth
        rows = (torch.ones_like(truth), error.square(), error.abs(), truth, truth.square())
        return {"sums": torch.stack(rows).sum(dim=1)}

    def metrics(self, tally: Mapping[str, Any], data: Facts) -> dict[str, float]:
        """RMSE and MAE in the target's unit, and R²; of several targets the mean (scikit-learn's uniform average)."""
        samples, squares, absolutes, total, spread = tally["sums"].astype("float64")
        statistics = data.statistics.get(self.target, {})
        unit = statistics.get("std", 1.0)
        variation = spread - total**2 / samples
        explained = [
            1 - error / around if around > 0 else float(error == 0)
            for error, around in zip(squares, variation, strict=True)
        ]
        return {
            "rmse": float(((squares / samples) ** 0.5 * unit).mean()),
            "mae": float((absolutes / samples * unit).mean()),
            "r2": float(sum(explained) / len(explained)),
        }

    def reading(self, data: Facts) -> Reading:
        return Reading(kind="number", column=self.target, error="absolute error", unit=data.column(self.target).unit)

    def answers(self, torch: Any, outputs: Mapping[str, Any], batch: Mapping[str, Any], data: Facts) -> dict[str, Any]:
        """`truth` and `answer` in the target's unit; `error` is their distance, of several targets the mean."""
        statistics = data.statistics.get(self.target, {})
        mean, unit = statistics.get("mean", 0.0), statistics.get("std", 1.0)
        truth = batch[self.target].reshape(len(batch[self.target]), -1)
        guess = outputs[self.output].float().reshape(truth.shape)
        error = (guess - truth).abs().mean(dim=1) * unit
        return {
            "truth": truth.cpu().double() * unit + mean,
            "answer": guess.cpu().double() * unit + mean,
            "error": error,
        }

    def _no_numbers(self, data: Facts) -> Problem | None:
        column: Column = data.column(self.target)
        if not column.classes and column.dtype.startswith("float"):
            return None
        mend = Mend(text="Learn it by Classify", settings={"task": "Classify", "task.target": self.target})
        return Problem(
            message=f"The column '{self.target}' holds classes, not numbers, so it cannot be predicted by Regress.",
            section="task",
            parameter="target",
            mend=mend if column.classes else None,
        )
