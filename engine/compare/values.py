"""Values of settings, laid beside each other: whether they are the same, how they read, and how far apart they are."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from engine.spec import Search

Form: TypeAlias = Literal["setting", "metric", "seconds", "moment", "label"]
"""What a value is, and so how it is written and set against another: numbers that are set have a factor, metrics a
difference, and what only names something (a seed, a host) has neither."""


class Missing:
    """What stands where there is no value.

    Args:
        sign: how that is written.
    """

    def __init__(self, sign: str) -> None:
        self._sign = sign

    def __repr__(self) -> str:
        return self._sign


MISSING: Final = Missing("—")
"""There is no such value."""
UNKNOWN: Final = Missing("?")
"""Nobody knows, as of a run whose project cannot be read: that is no difference."""


def same(one: Any, other: Any) -> bool:
    """Whether two values mean the same: 1 and 1.0 do, a list and a tuple do, NaN and NaN do, 1 and True do not."""
    if isinstance(one, bool) is not isinstance(other, bool):
        return False
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one) and math.isnan(other):
        return True
    return bool(one == other)


def written(value: Any, form: Form = "setting") -> str:
    """A value as a person writes it, whole."""
    if form == "seconds" and is_number(value):
        return spoken(value)
    if form == "moment" and is_number(value):
        return f"{datetime.fromtimestamp(value).astimezone():%Y-%m-%d %H:%M:%S}" if value else "—"
    return _metric(value) if form == "metric" and is_number(value) else _setting(value)


def elided(text: str, most: int = 48) -> str:
    """A text on one line, cut in its middle where it is longer: both ends of a path tell something."""
    line = " ".join(text.split())
    half = (most - 1) // 2
    return line if len(line) <= most else f"{line[: most - 1 - half]}…{line[-half:]}"


def relation(base: Any, value: Any, form: Form = "setting") -> str:
    """How far a number is from the one it is compared with: `×10`, `÷2`, `+0.012`; empty where that says nothing."""
    if not (is_number(base) and is_number(value)) or same(base, value):
        return ""
    if not (math.isfinite(base) and math.isfinite(value)):
        return ""
    if form == "metric":
        return f"{value - base:+.3g}".replace("-", "−")
    if form not in ("setting", "seconds") or base == 0 or value == 0 or (base < 0) is not (value < 0):
        return ""
    return f"×{value / base:.3g}" if abs(value) > abs(base) else f"÷{base / value:.3g}"


def is_number(value: Any) -> bool:
    """Whether it is a number, which a truth is not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def spoken(seconds: float) -> str:
    """Seconds as a person says them."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s"


def _metric(value: float) -> str:
    return f"{value:.4g}" if abs(value) < 10_000 else f"{value:,.0f}"


def _setting(value: Any) -> str:  # noqa: PLR0911 - a case for every kind of value
    match value:
        case Missing():
            return repr(value)
        case None:
            return "none"
        case bool():
            return "on" if value else "off"
        case float():
            return f"{value:.6g}".replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")
        case Search():
            ends = f"{_setting(value.low)} to {_setting(value.high)}"
            return f"one of {_setting(value.choices)}" if value.choices else f"{ends}{', log' if value.log else ''}"
        case list() | tuple():
            return ", ".join(map(_setting, value)) or "none"
    return str(value) or "“”"
