"""Numbers on a chart as a person would write them: pure functions."""

from __future__ import annotations

import math
from datetime import datetime

MINUTE, DAY = 60, 86_400


def number(value: float) -> str:
    """A measured value with four figures: `0.9712`, `12.35`, `4.1e-6`; a dash for a missing one."""
    if not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    size = abs(value)
    if size < 1e-3 or size >= 1e6:
        digits, power = f"{value:.2e}".split("e")
        return f"{digits}e{int(power)}"
    decimals = 3 - math.floor(math.log10(size))
    return f"{value:,.{max(decimals, 0)}f}"


def setting(value: float) -> str:
    """A chosen number as short as it can be said with four figures: `0.001`, `4.217e-4`."""
    if value and abs(value) < 1e-3:
        digits, power = f"{value:.3e}".split("e")
        return f"{digits.rstrip('0').rstrip('.')}e{int(power)}"
    return f"{value:.4g}"


def compact(value: float) -> str:
    """A count for a tick: `0`, `500`, `12k`, `1.5M`."""
    for limit, mark in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= limit:
            return f"{value / limit:.4g}{mark}"
    return f"{value:.4g}"


def clock(seconds: float) -> str:
    """A duration: `0:07`, `3:05`, `1:02:09`."""
    whole = max(round(seconds), 0)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def date(seconds: float) -> str:
    """A time of day, in seconds since 1970, with its day: `25 Nov 14:05:09`."""
    when = datetime.fromtimestamp(seconds).astimezone()
    return f"{when.day} {when:%b %H:%M:%S}"


def hour(seconds: float, *, apart: float) -> str:
    """A time of day for a tick: with seconds, or only the day, as the distance between ticks asks for."""
    when = datetime.fromtimestamp(seconds).astimezone()
    if apart >= DAY or (when.hour, when.minute, when.second) == (0, 0, 0):
        return f"{when.day} {when:%b}"
    return f"{when:%H:%M}" if apart >= MINUTE else f"{when:%H:%M:%S}"
