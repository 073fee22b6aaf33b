"""Reads a CSV table as a source: features, and a label or a target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.data import Source, SourceColumn, features_column, fingerprint_of_arrays, located
from engine.spec import DataError
from plugins.tabular._columns import infer, read_column, with_values
from plugins.tabular._lines import Lines, read_lines
from plugins.tabular._target import read_target

if TYPE_CHECKING:
    from plugins.tabular.table import CSV


@dataclass(frozen=True)
class Table:
    """Training rows first, then those of the test file."""

    names: tuple[str, ...]
    rows: list[list[str]]
    places: list[str]
    training: int
    """How many rows are for training."""
    notes: tuple[str, ...]

    def cells(self, name: str) -> list[str]:
        """A column's cells, from top to bottom."""
        at = self.names.index(name)
        return [row[at] for row in self.rows]


def read_table(settings: CSV, folder: Path) -> Source:
    """Open the table that the settings describe."""
    table = _read(settings, folder)
    target = _target_name(settings, table.names)
    answer = read_target(target, table.cells(target), table.training, settings.target_type)
    features, left_out = _features(settings, table, target, answer.kept)
    columns = {"features": features, answer.name: answer.column}
    training = int(np.count_nonzero(answer.kept < table.training))
    return Source(
        columns=columns,
        splits={"train": np.arange(training), "test": np.arange(training, len(answer.kept))} if settings.test else {},
        stratify=answer.name if answer.name == "label" else None,
        names=[table.places[row] for row in answer.kept],
        notes=(*table.notes, *answer.notes, *left_out),
        fingerprint=fingerprint_of_arrays(*(column.values for column in columns.values())),
    )


def _read(settings: CSV, folder: Path) -> Table:
    if not settings.path:
        raise DataError("No file is chosen yet.", parameter="path")
    lines = _lines(settings, folder, "path")
    if not settings.test:
        return Table(lines.names, lines.rows, _places("line", lines), len(lines.rows), lines.notes)
    test = _lines(settings, folder, "test")
    return Table(
        lines.names,
        lines.rows + _in_order(test, lines),
        _places("line", lines) + _places("test line", test),
        len(lines.rows),
        lines.notes + test.notes,
    )


def _lines(settings: CSV, folder: Path, parameter: str) -> Lines:
    path = located(folder, getattr(settings, parameter))
    return read_lines(path, delimiter=settings.delimiter, header=settings.header, parameter=parameter)


def _places(word: str, lines: Lines) -> list[str]:
    return [f"{word} {number}" for number in lines.numbers]


def _in_order(test: Lines, lines: Lines) -> list[list[str]]:
    """The test rows with their columns as the training table has them."""
    if set(test.names) == set(lines.names):
        order = [test.names.index(name) for name in lines.names]
        return [[row[at] for at in order] for row in test.rows]
    missing = ", ".join(f"'{name}'" for name in lines.names if name not in test.names)
    raise DataError(f"The test table lacks columns that the table has: {missing}.", parameter="test")


def _target_name(settings: CSV, names: Sequence[str]) -> str:
    if not settings.target:
        return next(name for name in reversed(names) if name not in _ignored(settings, names))
    if settings.target not in names:
        raise DataError(
            f"The table has no column '{settings.target}' to predict. It has: {', '.join(names)}.", parameter="target"
        )
    return settings.target


def _ignored(settings: CSV, names: Sequence[str]) -> frozenset[str]:
    ignored = frozenset(name.strip() for name in settings.ignore.split(",") if name.strip())
    if unknown := sorted(ignored - set(names)):
        raise DataError(f"The table has no column '{unknown[0]}' to leave out.", parameter="ignore")
    if ignored >= set(names):
        raise DataError("Every column is left out; keep one to predict and one to predict it from.", parameter="ignore")
    return ignored


def _features(
    settings: CSV, table: Table, target: str, kept: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> tuple[SourceColumn, list[str]]:
    fields, values, notes = [], [], []
    for name in table.names:
        if name == target or name in _ignored(settings, table.names):
            continue
        cells = table.cells(name)
        found = infer(name, cells[: table.training], most_categories=settings.most_categories)
        found = with_values(found, cells[table.training :])
        if found.note:
            notes.append(found.note)
        if found.field is not None:
            fields.append(found.field)
            values.append(read_column(found.read, cells)[kept])
    if not fields:
        raise DataError(f"No column is left to predict '{target}' from. {' '.join(notes)}".strip())
    return features_column(np.stack(values, axis=1), fields, indicators=settings.indicators), notes
