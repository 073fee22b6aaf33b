"""What a value in an expression means: `0.9`, `90%`, `10m`, `2GB`, `2026-11-20`, `Adam`."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime

UNITS = {
    "": 1.0,
    "%": 0.01,
    "s": 1.0,
    "min": 60.0,
    "m": 60.0,
    "h": 3600.0,
    "d": 86400.0,
    "b": 1.0,
    "kb": 1e3,
    "mb": 1e6,
    "gb": 1e9,
    "tb": 1e12,
    "k": 1e3,
}
"""What a number is times, by the letters behind it, in small letters: seconds for durations, bytes for sizes."""
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([a-z%]*)", re.IGNORECASE)
_SPECIAL = {"inf": math.inf, "+inf": math.inf, "-inf": -math.inf, "infinity": math.inf}


@dataclass(frozen=True, slots=True)
class Literal:
    """A value as it was written, in small letters, and the number it stands for, None for a word."""

    text: str
    number: float | None

    @classmethod
    def of(cls, text: str) -> Literal:
        """Read a value."""
        return cls(text.casefold(), _number(text))


def _number(text: str) -> float | None:
    if text.casefold() in _SPECIAL:
        return _SPECIAL[text.casefold()]
    found = _NUMBER.fullmatch(text)
    if found is not None:
        factor = UNITS.get(found[2].casefold())
        return None if factor is None else float(found[1]) * factor
    try:
        return datetime.fromisoformat(text).astimezone().timestamp() if text[:1].isdigit() else None
    except (ValueError, OverflowError, OSError):
        return None
