"""Marks in words: when one matters, and how large the space of all is."""

from __future__ import annotations

from collections.abc import Iterable
from math import isinf
from typing import Any

from engine.spec import Mark, Space, SpaceError
from engine.spec.space import PRESENT

MOST = 1e15
"""So many combinations are written out, and more in powers of ten."""


def when_text(when: Iterable[tuple[str, Any]]) -> str:
    """What must hold for a mark to matter, the nearest condition last."""
    said = [_condition(name, value) for name, value in when]
    return f"only if {' and '.join(said)}" if said else "always"


def kind_text(mark: Mark) -> str:
    """How it is tried, in a word."""
    search = mark.search
    if mark.kind != "value":
        return "Optional" if mark.kind == "optional" else "Variants"
    if search.choices:
        return "Choices"
    return "Log" if search.log else "Steps" if search.step else "Uniform"


def size_text(space: Space) -> str:
    """How large a space is: `1,296 combinations`, or in how many of its variables it is continuous."""
    try:
        variables, size = space.variables, space.size
    except SpaceError as error:
        return str(error)
    continuous = sum(search.count is None for search in variables.values())
    if continuous:
        every = "its only variable" if len(variables) == 1 else f"{continuous} of {len(variables)} variables"
        return f"Continuous in {every}"
    if isinf(size) or size > MOST:
        return f"{size:.2g} combinations".replace("e+", " × 10^")
    return f"{size:,.0f} combination{'s' * (size != 1)}"


def _condition(name: str, value: Any) -> str:
    if name.endswith(f".{PRESENT}"):
        return f"{_short(name.removesuffix(f'.{PRESENT}'))} is {'there' if value else 'left out'}"
    return f"{_short(name)} = {value}"


def _short(path: str) -> str:
    """A path without what goes without saying: that it is of the training, or of the network that is trained."""
    return path.removeprefix("training.").removeprefix("model.")
