"""A run's row: text as text and numbers as they lie in memory, since ten thousand of them are read at once.

Numbers in JSON took five times as long. Which of a summary's fields are text, numbers, numbers by name or lists of
numbers is seen from their defaults, so that a new field needs nothing here.
"""

from __future__ import annotations

import contextlib
import json
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, fields
from functools import lru_cache
from operator import itemgetter
from typing import Any
from zlib import crc32

from engine.runs.index.known import Known
from engine.runs.notes import EMPTY, Notes
from engine.runs.summary import Summary

BLANK = {one.name: getattr(Summary(), one.name) for one in fields(Summary)}
TEXTS, WHOLES, FLOATS, FAMILIES, LISTS = (
    tuple(name for name, value in BLANK.items() if type(value) is kind) for kind in (str, int, float, dict, list)
)
KEPT = (*TEXTS, *WHOLES, *FLOATS, *FAMILIES, *LISTS)
IN_ORDER = itemgetter(*(KEPT.index(name) for name in BLANK))
"""A summary's values from the order in which they are kept to that of its fields."""
NOTES = tuple(one.name for one in fields(Notes))
FORM = crc32(repr((sys.byteorder, TEXTS, WHOLES, FLOATS, FAMILIES, LISTS, NOTES)).encode()) & 0x7FFFFFFF
"""Another number for every form that rows ever had: those of another one are not read."""

Row = tuple[str, bool, int, int, bytes, str, str, bytes]
"""id, whether it is open, offset, stamp, mark, texts, names of its numbers, numbers."""


def to_row(known: Known) -> Row:
    """A run as it is kept."""
    summary = known.summary
    notes = None if known.notes == EMPTY else astuple(known.notes)
    texts = [known.tracked, notes, *(getattr(summary, name) for name in TEXTS)]
    numbers = array("d", (getattr(summary, name) for name in (*WHOLES, *FLOATS)))
    families: list[Mapping[str, float]] = [getattr(summary, name) for name in FAMILIES]
    for family in families:
        numbers.extend(family.values())
    for name in LISTS:
        values = getattr(summary, name)
        numbers.append(len(values))
        numbers.extend(values)
    names = json.dumps([list(family) for family in families])
    return (
        known.id, known.open, known.offset, known.stamp, known.mark, json.dumps(texts), names, numbers.tobytes()
    )  # fmt: skip


def from_rows(rows: Sequence[tuple[Any, ...]]) -> Iterator[Known]:
    """What `to_row` made of runs; those of which it made something else are left out."""
    for row, texts in zip(rows, _texts([row[5] for row in rows]), strict=True):
        with contextlib.suppress(ValueError, TypeError, IndexError):
            yield _from_row(row, texts)


def _texts(written: Sequence[str]) -> list[Any]:
    """Texts of many rows, read together, which takes a third of the time; None for those that cannot be read."""
    with contextlib.suppress(ValueError, TypeError):
        found = json.loads(f"[{','.join(written)}]")
        if len(found) == len(written):
            return list(found)
    return [_text(one) for one in written]


def _text(written: str) -> Any:
    with contextlib.suppress(ValueError, TypeError):
        return json.loads(written)
    return None


def _from_row(row: tuple[Any, ...], texts: Any) -> Known:
    """Raise ValueError, TypeError or IndexError for what is no row."""
    name, _, offset, stamp, mark, _, names, data = row
    tracked, notes, *words = texts
    numbers = array("d", data).tolist()
    at = len(WHOLES) + len(FLOATS)
    values = [*words, *map(int, numbers[: len(WHOLES)]), *numbers[len(WHOLES) : at]]
    for keys in _names(names):
        values.append(dict(zip(keys, numbers[at : at + len(keys)], strict=True)))
        at += len(keys)
    for _ in LISTS:
        end = at + 1 + int(numbers[at])
        values.append(numbers[at + 1 : end])
        at = end
    if len(values) != len(BLANK):
        raise ValueError("this is not all of a summary")
    written = EMPTY if notes is None else Notes.from_json(dict(zip(NOTES, notes, strict=True)))
    return Known(name, offset, mark, stamp, tracked, written, Summary(*IN_ORDER(values)))


@lru_cache(maxsize=4096)
def _names(text: str) -> list[list[str]]:
    found: list[list[str]] = json.loads(text)
    return found
