"""What a range amounts to, in a few words."""

from __future__ import annotations

from engine.spec import Search
from studio.widgets.fields.words import write


def said(search: Search) -> str:
    """How many values it has, and what one might wonder about."""
    return ". ".join(part for part in (count_text(search.count), _outside(search)) if part) + "."


def count_text(count: float | None) -> str:
    """How many values there are: `4 values`, or that they are as many as one likes."""
    if count is None:
        return "Continuous"
    return f"{count:,.0f} value{'s' * (count != 1)}"


def _outside(search: Search) -> str:
    """That what stands there is not among what is tried."""
    value = search.value
    if search.relative or value is None or isinstance(value, bool):
        return ""
    if search.choices:
        return "" if value in search.choices else f"{write(value)} is not among them"
    assert search.low is not None and search.high is not None, "a range has ends"  # noqa: PT018 - one rule
    if not isinstance(value, int | float):
        return ""
    return "" if search.low <= value <= search.high else f"{write(value)} lies outside"
