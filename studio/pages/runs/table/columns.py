"""Any column by its key: a fact, a metric as best, last or test value, or a parameter."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from studio.pages.runs.table.facts import FACTS, value_key, value_text
from studio.pages.runs.table.row import Column, Key, Row
from studio.widgets.chart.words import setting

STANDARD = ("name", "state", "trend", "best", "last", "test", "tags", "created", "duration", "epochs", "watched")
"""What is shown until somebody chooses."""
USUAL = "validation"
"""The split that a metric's title leaves out."""
SECTIONS = ("Facts", "Best value", "Last value", "Test value", "Parameters")


@lru_cache(maxsize=1 << 16)
def column_of(key: str) -> Column | None:
    """The column of that key, None where nothing is called so."""
    kind, _, name = key.partition(":")
    if not name:
        return FACTS.get(key)
    if kind == "parameter":
        return _parameter(name)
    return _metric(kind, name) if kind in _OF else None


def keys_of(row: Row) -> Iterable[str]:
    """The keys of every column besides the facts that has something to say of a run."""
    summary = row.summary
    for name in summary.best:
        yield f"best:{name}"
    for name in summary.last:
        yield f"test:{name.removeprefix('test/')}" if name.startswith("test/") else f"last:{name}"
    for path in row.parameters:
        yield f"parameter:{path}"


def ordered(keys: Iterable[str]) -> list[Column]:
    """Columns as they are offered: facts first, then section by section by title."""
    found = [column for key in keys if (column := column_of(key)) is not None and key not in FACTS]
    found.sort(key=lambda column: (SECTIONS.index(column.section), column.title.casefold()))
    return [*FACTS.values(), *found]


def written(value: Any) -> str:
    """A setting as short as it can be said."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return setting(value)
        case str() | int():
            return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def sortable(value: Any) -> Key:
    """What a setting is sorted by: numbers as such, all else as it is written."""
    match value:
        case None:
            return None
        case bool():
            return written(value)
        case int() | float():
            return None if math.isnan(value) else value
    return written(value).casefold()


def _parameter(path: str) -> Column:
    return Column(
        key=f"parameter:{path}",
        title=path.removeprefix("training."),
        text=lambda row: written(row.parameters.get(path)),
        sort=lambda row: sortable(row.parameters.get(path)),
        kind="value",
        section="Parameters",
        tip=path,
        width=128,
    )


_OF: Mapping[str, tuple[str, Callable[[Row, str], float | None]]] = {
    "best": ("Best value", lambda row, name: row.summary.best.get(name)),
    "last": ("Last value", lambda row, name: row.summary.last.get(name)),
    "test": ("Test value", lambda row, name: row.summary.last.get(f"test/{name}")),
}
_TIPS = {
    "best": "{} at the run's best epoch",
    "last": "{} at the newest epoch",
    "test": "{} on the test split, with the best checkpoint",
}


def _metric(kind: str, name: str) -> Column:
    section, found = _OF[kind]
    return Column(
        key=f"{kind}:{name}",
        title=f"{kind.capitalize()} {name.removeprefix(f'{USUAL}/')}",
        text=lambda row: value_text(found(row, name)),
        sort=lambda row: value_key(found(row, name)),
        kind="number",
        section=section,
        tip=_TIPS[kind].format(name),
        width=116,
    )
