"""Encoders: from raw values to what a network sees, by statistics of the training split alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.data.features import Features, Field, deviation
from engine.spec import Column, Json

__all__ = ["Encode", "Encoder", "Features", "Field", "Image", "Label", "Target"]

Rows = NDArray[np.int64]
Encode = Callable[[Tensor], Tensor]
CHUNK = 1 << 22  # values looked at together, so that a memory-mapped column is never whole in memory


class Encoder(Protocol):
    """How a column's raw values are measured and turned into tensors; each sample on its own."""

    def fit(self, values: NDArray[Any], rows: Rows) -> dict[str, Json]:
        """Measure the training rows, and only those; the result is JSON and is stored with the run.

        `values` may be larger than the memory: take rows in pieces where a sample is large.
        """
        ...

    def column(self, name: str, statistics: Mapping[str, Json]) -> Column:
        """What networks and tasks know of the encoded column."""
        ...

    def encoding(self, statistics: Mapping[str, Json], device: torch.device) -> Encode:
        """The function from raw values on `device` (any number of samples) to encoded ones."""
        ...


@dataclass(frozen=True)
class Image:
    """uint8 N×C×H×W to float32: each channel has mean 0 and deviation 1 over the training split."""

    shape: tuple[int, ...]

    def fit(self, values: NDArray[Any], rows: Rows) -> dict[str, Json]:
        """`mean` and `std` of each channel, on the scale 0 … 1."""
        # Summed as whole numbers, so that nothing is lost however many pixels there are.
        total = np.zeros(self.shape[0], np.uint64)
        squares = np.zeros(self.shape[0], np.uint64)
        step = max(1, CHUNK // int(np.prod(self.shape)))
        for start in range(0, len(rows), step):
            chunk = values[rows[start : start + step]].astype(np.uint16)
            total += chunk.sum(axis=(0, 2, 3), dtype=np.uint64)
            squares += np.square(chunk).sum(axis=(0, 2, 3), dtype=np.uint64)
        count = max(1, len(rows) * int(np.prod(self.shape[1:])))
        mean = [one / count for one in total.tolist()]
        spread = [count * square - one**2 for one, square in zip(total.tolist(), squares.tolist(), strict=True)]
        std = [one**0.5 / count if one else 255.0 for one in spread]
        return {"mean": [one / 255 for one in mean], "std": [one / 255 for one in std]}

    def column(self, name: str, statistics: Mapping[str, Json]) -> Column:
        return Column(name=name, kind="image", shape=self.shape)

    def encoding(self, statistics: Mapping[str, Json], device: torch.device) -> Encode:
        # One multiplication and one addition a pixel: (x / 255 - mean) / std.
        std = torch.tensor(statistics["std"], dtype=torch.float64)
        scale = (1 / (255 * std)).to(device, torch.float32).view(-1, 1, 1)
        shift = (-torch.tensor(statistics["mean"], dtype=torch.float64) / std).to(device, torch.float32).view(-1, 1, 1)
        return lambda values: torch.addcmul(shift, values.to(torch.float32), scale)


@dataclass(frozen=True)
class Label:
    """Class codes, int64, as they are."""

    classes: tuple[str, ...]

    def fit(self, values: NDArray[Any], rows: Rows) -> dict[str, Json]:
        """`counts`: training samples of each class, in the order of the classes."""
        return {"counts": np.bincount(values[rows], minlength=len(self.classes)).tolist()}

    def column(self, name: str, statistics: Mapping[str, Json]) -> Column:
        return Column(name=name, kind="label", dtype="int64", classes=self.classes)

    def encoding(self, statistics: Mapping[str, Json], device: torch.device) -> Encode:
        return lambda values: values


@dataclass(frozen=True)
class Target:
    """Numbers to predict, as float32 with mean 0 and deviation 1 over the training split.

    A task turns predictions back into the user's unit: `encoded * std + mean`.
    """

    unit: str = ""

    def fit(self, values: NDArray[Any], rows: Rows) -> dict[str, Json]:
        """`mean`, `std`, `min` and `max` in the user's unit."""
        known = values[rows]
        return {
            "mean": float(known.mean()),
            "std": deviation(known),
            "min": float(known.min()),
            "max": float(known.max()),
        }

    def column(self, name: str, statistics: Mapping[str, Json]) -> Column:
        return Column(name=name, kind="target", unit=self.unit)

    def encoding(self, statistics: Mapping[str, Json], device: torch.device) -> Encode:
        mean, std = statistics["mean"], statistics["std"]
        return lambda values: ((values - mean) / std).to(torch.float32)
