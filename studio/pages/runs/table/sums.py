"""What a group's line says: the mean of its runs with its interval, or the word that they share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from engine.runs.statistics import spread
from studio.pace import spoken
from studio.pages.runs.table.facts import disk, moment
from studio.pages.runs.table.row import Column, Row
from studio.widgets.chart.words import number

SAID = {"duration": spoken, "disk": disk}
"""How the mean of a column is written that is no bare number."""


def summed(column: Column, rows: Sequence[Row]) -> str:
    """What a column says of several runs together."""
    match column.kind:
        case "number":
            return _mean(column, rows) or _shared(column, rows)
        case "state":
            counts = Counter(row.state for row in rows)
            return ", ".join(f"{count} {state}" for state, count in counts.most_common())
        case "trend":
            return ""
    if column.key == "created":
        return _between([row.summary.created for row in rows])
    return _shared(column, rows)


def mean_of(column: Column, rows: Sequence[Row]) -> tuple[float, float | None] | None:
    """Mean and half of its 95 % interval, None for the half of a single number, and for what has no numbers."""
    numbers = [key for row in rows if isinstance(key := column.sort(row), int | float)]
    if not numbers:
        return None
    found = spread(numbers)
    return found.mean, (found.half if found.n > 1 else None)


def _mean(column: Column, rows: Sequence[Row]) -> str:
    found = mean_of(column, rows)
    if found is None:
        return ""
    middle, half = found
    said = SAID.get(column.key)
    if said is not None:
        return said(middle) if half is None else f"{said(middle)} ± {said(half)}"
    return number(middle) if half is None else measured(middle, half)


def measured(middle: float, half: float) -> str:
    """A mean and half of its interval with as many digits as the interval warrants: two of its own."""
    if not half or not math.isfinite(half):
        return f"{number(middle)} ± {number(half)}"
    decimals = 1 - math.floor(math.log10(half))
    if decimals > 6 or half >= 1e6:
        return f"{number(middle)} ± {number(half)}"
    return f"{middle:,.{max(decimals, 0)}f} ± {half:,.{max(decimals, 0)}f}"


def _shared(column: Column, rows: Sequence[Row]) -> str:
    values = {text for row in rows if (text := column.text(row))}
    return next(iter(values)) if len(values) == 1 else f"{len(values)} values" if values else ""


def _between(times: Sequence[float]) -> str:
    known = [time for time in times if time]
    return moment(max(known)) if known else ""
