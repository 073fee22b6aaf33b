"""A run's row: text as text and numbers as they lie in memory, since ten thousand of them are read at once.

Numbers in JSON took five times as long. Which of a summary's fields are text, numbers, numbers by name or lists of
numbers is seen from their defaults, so that a new field needs nothing here.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Mapping
from dataclasses import astuple, fields
from functools import lru_cache
from typing import Any
from zlib import crc32

from engine.runs.index.known import Known
from engine.runs.notes import EMPTY, Notes
from engine.runs.summary import Summary

BLANK = {one.name: getattr(Summary(), one.name) for one in fields(Summary)}
TEXTS, WHOLES, FLOATS, FAMILIES, LISTS = (
    tuple(name for name, value in BLANK.items() if type(value) is kind) for kind in (str, int, float, dict, list)
)
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


def from_row(row: tuple[Any, ...]) -> Known:
    """What `to_row` made of it; raise ValueError, TypeError or IndexError for anything else."""
    name, _, offset, stamp, mark, texts, names, data = row
    tracked, notes, *words = json.loads(texts)
    numbers = array("d", data).tolist()
    found: dict[str, Any] = dict(zip(TEXTS, words, strict=True))
    found.update(zip(WHOLES, map(int, numbers), strict=False))
    found.update(zip(FLOATS, numbers[len(WHOLES) :], strict=False))
    at = len(WHOLES) + len(FLOATS)
    for one, keys in zip(FAMILIES, _names(names), strict=True):
        found[one] = dict(zip(keys, numbers[at : at + len(keys)], strict=True))
        at += len(keys)
    for one in LISTS:
        end = at + 1 + int(numbers[at])
        found[one] = numbers[at + 1 : end]
        at = end
    written = EMPTY if notes is None else Notes.from_json(dict(zip(NOTES, notes, strict=True)))
    return Known(name, offset, mark, stamp, tracked, written, Summary(**found))


@lru_cache(maxsize=4096)
def _names(text: str) -> list[list[str]]:
    found: list[list[str]] = json.loads(text)
    return found
