"""Tables as network inputs: numbers standardized, gaps filled by the median, categories as one-hot slots."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.spec import Column, FrozenDict, Json

MISSING = "(missing)"


@dataclass(frozen=True)
class Field:
    """One column of a table: a number, or a category whose raw value is an index into `values`."""

    name: str
    type: Literal["number", "category"] = "number"
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Features:
    """N×fields to float32 N×inputs.

    A number becomes one input with mean 0 and deviation 1; where it is missing, the training median stands in and, with
    `indicators`, a further input says so. A category becomes one input per value seen in the training split; missing is
    a value of its own if training rows have it. A value that training never saw is all zeros.
    """

    fields: tuple[Field, ...]
    indicators: bool = True

    def fit(self, values: NDArray[Any], rows: NDArray[np.int64]) -> dict[str, Json]:
        """`fields`: for each field in order, what was measured."""
        return {"fields": [_measure(one, values[rows, at]) for at, one in enumerate(self.fields)]}

    def column(self, name: str, statistics: Mapping[str, Json]) -> Column:
        inputs = self.inputs(statistics)
        fields = [
            {"name": one.name, "type": one.type, "missing": found["missing"]}
            for one, found in zip(self.fields, statistics["fields"], strict=True)
        ]
        return Column(
            name=name, kind="features", shape=(len(inputs),), about=FrozenDict(fields=fields, inputs=list(inputs))
        )

    def inputs(self, statistics: Mapping[str, Json]) -> tuple[str, ...]:
        """What each encoded input means, such as "age", "age is missing" or "island = Biscoe"."""
        found: list[str] = []
        for one, measured in zip(self.fields, statistics["fields"], strict=True):
            if one.type == "category":
                found += [f"{one.name} = {value}" for value in measured["values"]]
            else:
                found += [one.name, f"{one.name} is missing"][: 1 + self._indicated(measured)]
        return tuple(found)

    def encoding(self, statistics: Mapping[str, Json], device: torch.device) -> Callable[[Tensor], Tensor]:
        parts = [
            self._category(one, measured, device) if one.type == "category" else self._number(measured)
            for one, measured in zip(self.fields, statistics["fields"], strict=True)
        ]
        return lambda values: torch.cat([part(values[:, at]) for at, part in enumerate(parts)], dim=1)

    def _indicated(self, measured: Mapping[str, Json]) -> bool:
        return self.indicators and measured["missing"] > 0

    def _number(self, measured: Mapping[str, Json]) -> Callable[[Tensor], Tensor]:
        median, mean, std = measured["median"], measured["mean"], measured["std"]
        indicated = self._indicated(measured)

        def encode(values: Tensor) -> Tensor:
            gaps = values.isnan()
            number = ((torch.where(gaps, median, values) - mean) / std).to(torch.float32)
            return torch.stack([number, gaps.to(torch.float32)] if indicated else [number], dim=1)

        return encode

    def _category(self, one: Field, measured: Mapping[str, Json], device: torch.device) -> Callable[[Tensor], Tensor]:
        # Raw codes index the field's values, one past them is missing; each has its slot, or the one beyond.
        slots = {value: slot for slot, value in enumerate(measured["values"])}
        size = len(slots)
        table = torch.tensor([slots.get(value, size) for value in (*one.values, MISSING)], device=device)
        rows = torch.eye(size + 1, device=device)[:, :size]

        def encode(values: Tensor) -> Tensor:
            return rows[table[values.nan_to_num(nan=len(one.values)).long()]]

        return encode


def _measure(one: Field, values: NDArray[Any]) -> dict[str, Json]:
    gaps = np.isnan(values)
    known = values[~gaps]
    if one.type == "category":
        seen = [one.values[code] for code in np.unique(known.astype(np.int64))]
        return {"values": [*seen, MISSING] if gaps.any() else seen, "missing": int(gaps.sum())}
    median = float(np.median(known)) if len(known) else 0.0
    filled = np.where(gaps, median, values)
    return {"median": median, "mean": float(filled.mean()), "std": deviation(filled), "missing": int(gaps.sum())}


def deviation(values: NDArray[Any]) -> float:
    """The standard deviation, or 1 where values differ by no more than rounding does."""
    std = float(np.std(values))
    return std if std > 1e-12 * float(np.abs(values).max(initial=0)) else 1.0
