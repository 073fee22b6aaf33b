"""From a text file to rows of cells: encoding, delimiter, header, and lines that do not fit."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from engine.spec import DataError

NAMES = {"tab": "\t", "space": " "}
CANDIDATES = ("\t", ";", "|", ",", " ")  # where two fit equally well, the one that is rarer inside cells wins
LOOKED_AT = 200  # lines
FORGIVEN = 0.1  # share of rows that may be skipped because their length differs
MISSING = frozenset({"", "na", "n/a", "#n/a", "<na>", "?", "nan", "null"})
NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?")


@dataclass(frozen=True, kw_only=True)
class Lines:
    """A table's cells as text, stripped of blanks."""

    names: tuple[str, ...]
    rows: list[list[str]]
    numbers: list[int]
    """The line of the file on which each row ends, from 1."""
    delimiter: str
    notes: tuple[str, ...]


def read_lines(path: Path, *, delimiter: str, header: str, parameter: str) -> Lines:
    """Read a table; raise DataError when the file is not one. `parameter` is the field that named the file."""
    text, notes = _text(path, parameter)
    if not text.strip():
        raise DataError(f"'{path.name}' is empty.", parameter=parameter)
    mark = _delimiter(text, path) if delimiter == "auto" else NAMES.get(delimiter, delimiter)
    rows, numbers, skipped = _rows(text, mark, path)
    if not rows:
        raise DataError(f"'{path.name}' has delimiters and nothing between them.", parameter=parameter)
    if len(rows[0]) < 2:
        raise DataError(_single_column(text, mark, path), parameter="delimiter")
    named = header == "yes" or (header == "auto" and _has_header(rows))
    names = _unique(rows[0]) if named else tuple(f"column_{at + 1}" for at in range(len(rows[0])))
    if named:
        rows, numbers = rows[1:], numbers[1:]
    if not rows:
        raise DataError(f"'{path.name}' has a first line and nothing below it.", parameter=parameter)
    if not named:
        notes += (f"'{path.name}' has no line of names; columns are called column_1 to column_{len(names)}.",)
    return Lines(names=names, rows=rows, numbers=numbers, delimiter=mark, notes=notes + skipped)


def is_missing(cell: str) -> bool:
    """Whether a cell says that its value is not known."""
    return cell.lower() in MISSING


def _text(path: Path, parameter: str) -> tuple[str, tuple[str, ...]]:
    if path.is_dir():
        raise DataError(f"'{path}' is a folder; a table is a file.", parameter=parameter)
    if not path.exists():
        raise DataError(f"There is no file '{path}'.", parameter=parameter)
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(raw, "utf-16", path), ()
    if b"\0" in raw:
        raise DataError(f"'{path.name}' is not a text file. Save the table as CSV first.", parameter=parameter)
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return raw.decode("latin-1"), (f"'{path.name}' is not UTF-8; it was read as Latin-1.",)


def _decoded(raw: bytes, encoding: str, path: Path) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise DataError(f"'{path.name}' begins like {encoding} text but is broken. Save it again as UTF-8.") from None


def _parse(lines: Iterable[str], mark: str) -> Any:
    return csv.reader(lines, delimiter=mark, skipinitialspace=True)


def _delimiter(text: str, path: Path) -> str:
    """The candidate that cuts most of the first lines into the same number of cells, two or more."""
    scores = {mark: _agreement(text, mark) for mark in CANDIDATES}
    best = max(scores.values())
    if best == 0:
        raise DataError(
            f"The cells of '{path.name}' could not be told apart: no comma, semicolon, tab, bar or space cuts its "
            "lines into equal numbers of cells. A table needs two columns or more.",
            parameter="delimiter",
        )
    return next(mark for mark, score in scores.items() if score >= best - FORGIVEN)


def _agreement(text: str, mark: str) -> float:
    head = [line for line in text[: 1 << 18].splitlines()[:LOOKED_AT] if line.strip()]
    try:
        counts = Counter(len(row) for row in _parse(head, mark))
    except csv.Error:
        return 0.0
    most, times = max(counts.items(), key=lambda item: item[1], default=(0, 0))
    return times / counts.total() if most > 1 else 0.0


def _rows(text: str, mark: str, path: Path) -> tuple[list[list[str]], list[int], tuple[str, ...]]:
    reader = _parse(io.StringIO(text, newline=""), mark)
    found: list[tuple[int, list[str]]] = []
    try:
        found = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(map(str.strip, row))]
    except csv.Error as error:
        raise DataError(
            f"'{path.name}', line {reader.line_num}: {error}. A quotation mark may be opened there and never closed."
        ) from None
    if not found:
        return [], [], ()
    width = Counter(len(row) for _, row in found).most_common(1)[0][0]
    odd = [(number, row) for number, row in found if len(row) != width]
    if len(odd) > FORGIVEN * len(found):
        number, row = odd[0]
        raise DataError(
            f"'{path.name}', line {number}: {len(row)} cells, where most lines have {width}; so it is with {len(odd)} "
            f"of {len(found)} lines. Is '{_spoken(mark)}' the right delimiter?",
            parameter="delimiter",
        )
    kept = [(number, row) for number, row in found if len(row) == width]
    return [row for _, row in kept], [number for number, _ in kept], _skipped(odd, width, path)


def _skipped(odd: Sequence[tuple[int, list[str]]], width: int, path: Path) -> tuple[str, ...]:
    if not odd:
        return ()
    places = ", ".join(str(number) for number, _ in islice(odd, 5)) + (" …" if len(odd) > 5 else "")
    rows = "row" if len(odd) == 1 else "rows"
    return (f"Skipped {len(odd)} {rows} of '{path.name}' that do not have {width} cells (line {places}).",)


def _single_column(text: str, mark: str, path: Path) -> str:
    said = f"With the delimiter '{_spoken(mark)}', '{path.name}' has a single column."
    better = max(CANDIDATES, key=lambda one: _agreement(text, one))
    return f"{said} Its lines look separated by '{_spoken(better)}'." if _agreement(text, better) else said


def _spoken(mark: str) -> str:
    return next((name for name, one in NAMES.items() if one == mark), mark)


def _has_header(rows: list[list[str]]) -> bool:
    """Names are texts, all different; and below them stands a number somewhere, or none of them appears again."""
    first, rest = rows[0], rows[1 : LOOKED_AT + 1]
    if any(NUMBER.fullmatch(cell) or (cell and is_missing(cell)) for cell in first) or len(set(first)) < len(first):
        return False
    if any(NUMBER.fullmatch(cell) for row in rest for cell in row):
        return True
    return all(cell not in {row[at] for row in rest} for at, cell in enumerate(first))


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for at, name in enumerate(names):
        plain = name or (f"column_{at + 1}" if at else "index")  # R and pandas leave the row numbers' name empty
        count = 2
        candidate = plain
        while candidate in found:
            candidate, count = f"{plain}_{count}", count + 1
        found.append(candidate)
    return tuple(found)
