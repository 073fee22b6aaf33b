"""Reconstruction: give back what came in, through a narrow place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log10, prod
from typing import Any, ClassVar, Literal

from engine.spec import Column, Component, Facts, Mend, Problem, Reading, Remedy, Task, TensorSpec, field
from plugins.tasks._outputs import missing_column, missing_output, not_fractions


class Reconstruct(Task):
    """Learn to give back a column of the data, as an autoencoder does.

    The output has the column's shape, or as many numbers in a row. Errors of images are reported on their scale from
    0 (black) to 1 (white), those of feature vectors in deviations. The best checkpoint has the lowest validation loss,
    so the chosen criterion decides.
    """

    category = "Unsupervised"
    synonyms = ("autoencoder", "denoise", "compress", "unsupervised", "anomaly", "representation")
    goals: ClassVar[Mapping[str, Literal["min", "max"]]] = {"rmse": "min", "mae": "min", "r2": "max", "psnr": "max"}

    target: str = field("image", help="The column that is to be given back.")
    output: str = field("prediction", advanced=True, help="The network's Output that is compared with it.")
    criterion: Literal["MSELoss", "L1Loss", "BCEWithLogitsLoss"] = field(
        "MSELoss",
        help="How wrong an answer is: squared, plain, or for images as the chance of a white pixel, with no Sigmoid.",
    )

    def columns(self) -> tuple[str, ...]:
        return (self.target,)

    def check(self, outputs: Mapping[str, TensorSpec], data: Facts) -> Iterator[Problem]:
        """Yield what does not fit between the output and the column."""
        blind = missing_column(self.target, data, kind="image") or self._unlike(data.column(self.target))
        lost = missing_output(self.output, outputs)
        yield from (problem for problem in (blind, lost) if problem)
        if blind or lost:
            return
        spec, shape = outputs[self.output], data.column(self.target).shape
        yield from filter(None, (self._wrong_shape(spec, shape), not_fractions(self.output, spec)))

    def loss(self, torch: Any, outputs: Mapping[str, Any], batch: Mapping[str, Any], data: Facts) -> Any:
        """The criterion's mean over all numbers; of feature vectors and images in deviations, of chances in nats."""
        truth = batch[self.target]
        guess = outputs[self.output].float().reshape(truth.shape)
        functions = torch.nn.functional
        if self.criterion == "BCEWithLogitsLoss":
            bright = _plain(torch, truth, data, self.target).clamp(0, 1)
            return functions.binary_cross_entropy_with_logits(guess, bright)
        return functions.mse_loss(guess, truth) if self.criterion == "MSELoss" else functions.l1_loss(guess, truth)

    def tally(self, torch: Any, outputs: Mapping[str, Any], batch: Mapping[str, Any], data: Facts) -> dict[str, Any]:
        """`sums`, 5 × numbers of a sample: samples, squared errors, absolute errors, values, squared values."""
        guess, truth = self._compared(torch, outputs, batch, data)
        error = guess - truth
        rows = (torch.ones_like(truth), error.square(), error.abs(), truth, truth.square())
        return {"sums": torch.stack(rows).sum(dim=1)}

    def metrics(self, tally: Mapping[str, Any], data: Facts) -> dict[str, float]:
        """RMSE, MAE, R² against giving back the mean sample, and of images the peak signal-to-noise ratio in dB."""
        samples, squares, absolutes, total, spread = tally["sums"].astype("float64")
        error, variation = float(squares.sum()), float((spread - total**2 / samples).sum())
        mean_square = error / float(samples.sum())
        found = {
            "rmse": mean_square**0.5,
            "mae": float(absolutes.sum() / samples.sum()),
            "r2": 1 - error / variation if variation > 0 else float(error == 0),
        }
        if data.column(self.target).kind == "image":
            found["psnr"] = 10 * log10(1 / max(mean_square, 1e-12))
        return found

    def measured(self, data: Facts | None) -> tuple[str, ...]:
        """The peak signal-to-noise ratio is that of images."""
        column = None if data is None else data.columns.get(self.target)
        return tuple(one for one in self.goals if one != "psnr" or column is None or column.kind == "image")

    def reading(self, data: Facts) -> Reading:
        unit = "" if data.column(self.target).kind == "image" else "deviations"
        return Reading(kind="error", column=self.target, error="RMSE", unit=unit)

    def answers(self, torch: Any, outputs: Mapping[str, Any], batch: Mapping[str, Any], data: Facts) -> dict[str, Any]:
        """`error`: the root of the mean squared error over a sample's numbers."""
        guess, truth = self._compared(torch, outputs, batch, data)
        return {"error": (guess - truth).square().mean(dim=1).sqrt()}

    def _compared(self, torch: Any, outputs: Mapping[str, Any], batch: Mapping[str, Any], data: Facts) -> Any:
        """Answer and truth, batch × numbers, on the scale that errors are reported on."""
        encoded = batch[self.target]
        guess = outputs[self.output].float().reshape(encoded.shape)
        truth = _plain(torch, encoded, data, self.target).flatten(1)
        if self.criterion == "BCEWithLogitsLoss":
            return torch.sigmoid(guess).flatten(1), truth
        return _plain(torch, guess, data, self.target).flatten(1), truth

    def _unlike(self, column: Column) -> Problem | None:
        """The problem that a column cannot be given back, or not by this criterion."""
        if column.classes or not column.dtype.startswith("float"):
            mend = Mend(text="Learn it by Classify", settings={"task": "Classify", "task.target": self.target})
            return Problem(
                message=f"The column '{self.target}' holds classes for Classify; nothing of it can be redrawn.",
                section="task",
                parameter="target",
                mend=mend if column.classes else None,
            )
        if self.criterion == "BCEWithLogitsLoss" and column.kind != "image":
            return Problem(
                message=f"BCEWithLogitsLoss takes numbers from 0 to 1, and '{self.target}' is no image.",
                section="task",
                parameter="criterion",
                mend=Mend(text="Use MSELoss", settings={"task.criterion": "MSELoss"}),
            )
        return None

    def _wrong_shape(self, spec: TensorSpec, shape: tuple[int, ...]) -> Problem | None:
        """The problem that the output has neither the column's shape nor as many numbers in a row."""
        if spec.shape[1:] in (shape, (prod(shape),)):
            return None
        given, wanted = (" × ".join(("batch", *map(str, sizes))) for sizes in (spec.shape[1:], shape))
        width = prod(shape)
        give = f"Give {width} numbers"
        linear, flatten = Component(kind="Linear", parameters={"out_features": width}), Component(kind="Flatten")
        flat = (Remedy(text=give, settings={"out_features": width}), Remedy(text=give, before=(linear,)))
        deep = (Remedy(text="Insert Flatten", before=(flatten,)), Remedy(text=give, before=(flatten, linear)))
        return Problem(
            message=f"The output is {given}, but '{self.target}', which it is compared with, is {wanted}.",
            section="task",
            port=self.output,
            remedies=flat if len(spec.shape) == 2 else deep,
        )


def _plain(torch: Any, values: Any, data: Facts, name: str) -> Any:
    """Encoded values as they are outside: an image from 0 to 1; anything else stays in deviations."""
    if data.column(name).kind != "image":
        return values
    measured = data.statistics[name]
    mean, std = (values.new_tensor(measured[one]).view(-1, 1, 1) for one in ("mean", "std"))
    return torch.addcmul(mean, values, std)
