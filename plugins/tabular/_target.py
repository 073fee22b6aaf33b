"""The column to predict: classes or numbers, and the rows that have an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data import SourceColumn, label_column, target_column
from engine.spec import DataError
from plugins.tabular._columns import natural, number_reader, read_column
from plugins.tabular._lines import is_missing

FEW = 20  # different whole numbers that still look like classes


@dataclass(frozen=True)
class Answer:
    """The encoded answers, and which of the table's rows have one."""

    name: str
    """ "label" for classes, "target" for numbers."""
    column: SourceColumn
    kept: NDArray[np.int64]
    notes: tuple[str, ...] = ()


def read_target(name: str, cells: Sequence[str], training: int, target_type: str) -> Answer:
    """Read the answers of a column whose first `training` cells are for training; the others are a test table's.

    Raise DataError when they cannot be what `target_type` says ("auto", "class" or "number").
    """
    known = sorted({cell for cell in cells[:training] if not is_missing(cell)})
    if not known:
        raise DataError(f"The target '{name}' is missing in every row.", parameter="target")
    read = number_reader(known)
    numbers = [read(cell) for cell in known]
    if target_type == "auto":
        whole = all(number is not None and number.is_integer() for number in numbers)
        target_type = "number" if None not in numbers and not (whole and len(set(numbers)) <= FEW) else "class"
    if target_type == "class":
        return _classes(name, cells, training)
    if None in numbers:
        strange = known[numbers.index(None)]
        raise DataError(
            f"The target '{name}' is not a number everywhere: it says '{strange}'. For classes, choose the target type "
            "'class' and the task Classify.",
            parameter="target",
        )
    values = read_column(lambda cell: np.nan if (number := read(cell)) is None else number, cells)
    kept = np.flatnonzero(~np.isnan(values))
    return Answer("target", target_column(values[kept]), kept, _dropped(name, len(cells) - len(kept)))


def _classes(name: str, cells: Sequence[str], training: int) -> Answer:
    spelled = {cell: _spelling(cell) for cell in set(cells) if not is_missing(cell)}
    classes = sorted({spelled[cell] for cell in cells[:training] if cell in spelled}, key=natural)
    if len(classes) > max(FEW, training / 2):
        raise DataError(
            f"The target '{name}' has {len(classes):,} different texts in {training:,} rows: that is not a class but a "
            "name or free text. Choose another target.",
            parameter="target",
        )
    codes = {one: code for code, one in enumerate(classes)}
    # Some published test tables end every class with a point.
    known = {cell: codes.get(one, codes.get(one.rstrip("."), -1)) for cell, one in spelled.items()}
    values = np.array([known.get(cell, -2) for cell in cells])
    kept = np.flatnonzero(values >= 0)
    strange = int(np.count_nonzero(values == -1))
    notes = (f"Left out {strange:,} test rows of classes that training rows do not have.",) if strange else ()
    column = label_column(values[kept], classes, parameter="target")
    return Answer("label", column, kept, _dropped(name, int(np.count_nonzero(values == -2))) + notes)


def _spelling(cell: str) -> str:
    """One name for one class: 1, 1.0 and 01 are the same where cells are whole numbers."""
    try:
        number = float(cell)
    except ValueError:
        return cell
    return str(int(number)) if number.is_integer() else cell


def _dropped(name: str, count: int) -> tuple[str, ...]:
    rows = "row" if count == 1 else "rows"
    return (f"Left out {count:,} {rows} without '{name}'.",) if count else ()
