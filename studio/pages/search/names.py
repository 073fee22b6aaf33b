"""What variables are called where room is short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from engine.spec import PRESENT
from studio.widgets.chart.words import setting


def short_names(names: Iterable[str]) -> dict[str, str]:
    """The end of every name that no other name ends with: `lr` for `training.optimizer.lr`."""
    every = [name.split(".") for name in names]
    ends = Counter(".".join(parts[-count:]) for parts in every for count in range(1, len(parts) + 1))
    return {".".join(parts): _end(parts, ends) for parts in every}


def value_text(value: Any) -> str:
    """What was tried as a person writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return setting(value)
    if isinstance(value, list | tuple):
        return " × ".join(map(value_text, value))
    return f"{value:,}" if isinstance(value, int) else str(value)


def _end(parts: list[str], ends: Counter[str]) -> str:
    least = 2 if parts[-1] == PRESENT else 1  # what is there has to be said
    for count in range(least, len(parts)):
        if ends[end := ".".join(parts[-count:])] == 1:
            return end
    return ".".join(parts)
