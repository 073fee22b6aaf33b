"""A ramp of colors for a number, from the theme's tokens, and how colors are mixed."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor

from studio.theme import Colors

STEPS = 32


@lru_cache(maxsize=16)
def ramp(colors: Colors, steps: int = STEPS) -> tuple[QColor, ...]:
    """Colors for low to high, in so many steps."""
    stops = [QColor(one) for one in colors.ramp]
    return tuple(_between(stops, at / max(steps - 1, 1)) for at in range(steps))


def mixed(front: str, back: str, share: float) -> QColor:
    """So much of one color before another."""
    one, other = QColor(front), QColor(back)
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(share * a + (1 - share) * b) for a, b in pairs))


def _between(stops: list[QColor], place: float) -> QColor:
    at = min(place, 1.0) * (len(stops) - 1)
    first = min(int(at), len(stops) - 2)
    return mixed(stops[first + 1].name(), stops[first].name(), at - first)
