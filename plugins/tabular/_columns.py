"""From cells to typed columns: numbers, categories, and what is left out with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data import Field
from plugins.tabular._lines import is_missing

MOSTLY = 0.95  # share of a column's cells that must be numbers for the others to count as missing
COMMA = re.compile(r"[-+]?\d*,\d+([eE][-+]?\d+)?")
ROW_NUMBER = re.compile(r"(row|unnamed)?[ _:]*(id|index|idx|no|nr|num|number|0)|row|rownames?|\W")

Number = Callable[[str], float | None]


@dataclass(frozen=True)
class Inferred:
    """What a column was taken for; `read` turns any of its cells into a raw value."""

    field: Field | None
    read: Callable[[str], float]
    note: str = ""


def infer(name: str, cells: Sequence[str], *, most_categories: int) -> Inferred:
    """Decide what a column holds by its training cells; `field` is None when it cannot be used."""
    known = [cell for cell in cells if not is_missing(cell)]
    unique = sorted(set(known))
    if len(unique) < 2:
        return Inferred(None, _nothing, f"Left out '{name}': " + ("it is empty." if not unique else "it never varies."))
    number = number_reader(unique)
    strange = {cell for cell in unique if number(cell) is None}
    if sum(cell in strange for cell in known) <= (1 - MOSTLY) * len(known):
        if not strange and ROW_NUMBER.fullmatch(name.lower()) and _counts_rows(cells, number):
            return Inferred(None, _nothing, f"Left out '{name}': it only numbers the rows.")
        note = f"'{name}' holds numbers; {_some(strange)} count as missing." if strange else ""
        return Inferred(Field(name), lambda cell: nan if (found := number(cell)) is None else found, note)
    if len(unique) > most_categories:
        return Inferred(None, _nothing, f"Left out '{name}': text with {len(unique):,} different values.")
    codes = {value: float(code) for code, value in enumerate(unique)}
    return Inferred(Field(name, "category", tuple(unique)), lambda cell: codes.get(cell, nan))


def with_values(inferred: Inferred, cells: Sequence[str]) -> Inferred:
    """The same column, knowing the categories of test cells too, which are encoded as never seen in training."""
    if inferred.field is None or inferred.field.type != "category":
        return inferred
    known = inferred.field.values
    values = known + tuple(sorted({cell for cell in cells if not is_missing(cell)} - set(known)))
    codes = {value: float(code) for code, value in enumerate(values)}
    return Inferred(Field(inferred.field.name, "category", values), lambda cell: codes.get(cell, nan), inferred.note)


def read_column(read: Callable[[str], float], cells: Sequence[str]) -> NDArray[Any]:
    """Raw values of cells; each different text is looked at once."""
    values = {cell: read(cell) for cell in set(cells)}
    return np.array([values[cell] for cell in cells], dtype=np.float64)


def number_reader(unique: Sequence[str]) -> Number:
    """How these cells are read as numbers; with a decimal comma where no cell has a point and some have a comma."""
    commas = any(COMMA.fullmatch(cell) for cell in unique) and not any("." in cell for cell in unique)
    return (lambda cell: to_number(cell.replace(",", "."))) if commas else to_number


def to_number(cell: str) -> float | None:
    """The finite number a cell says, or None."""
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if isfinite(value) and "_" not in cell else None


def natural(name: str) -> tuple[Any, ...]:
    """A key that sorts "2" before "10"."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", name) if part)


def _nothing(_: str) -> float:
    return nan


def _counts_rows(cells: Sequence[str], number: Number) -> bool:
    if len(cells) < 10 or any(is_missing(cell) for cell in cells):
        return False
    first = number(cells[0])
    return first in (0, 1) and all(number(cell) == first + at for at, cell in enumerate(cells))


def _some(cells: set[str]) -> str:
    shown = ", ".join(f"'{cell}'" for cell in sorted(cells)[:3])
    return shown if len(cells) <= 3 else f"{shown} and {len(cells) - 3} more"
