"""The axes of a chart: quiet lines, and ticks written as a person would write them."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any

import pyqtgraph
from PySide6.QtGui import QColor

from studio.curves import Along
from studio.theme import TYPE, Colors, font
from studio.widgets.chart.words import DAY, clock, compact, hour, number

NICE_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 43200)
NICE_DAYS = (1, 2, 5, 10, 30, 90, 365)


class AlongAxis(pyqtgraph.AxisItem):
    """The axis below: steps, epochs, time spent training, or the time of day; all but the last may be logarithmic."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.along: Along = "step"
        self.setStyle(tickLength=0, tickTextOffset=6, hideOverlappingLabels=False)
        self.enableAutoSIPrefix(False)

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> Any:
        if self.along in {"time", "clock"}:
            wish = max((maxVal - minVal) / max(size / 90, 2), 1)
            nice = (*NICE_SECONDS, *(DAY * days for days in NICE_DAYS))
            found = next((one for one in nice if one >= wish), wish)
            return [(found, -_local_offset(minVal) if self.along == "clock" else 0)]
        spacing = super().tickSpacing(minVal, maxVal, size)
        return [one for one in spacing if one[0] >= 1][:1] or [(1, 0)]  # there is no half step and no half epoch

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Any:
        return _powers(minVal, maxVal) if self.logMode else super().tickValues(minVal, maxVal, size)

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self.along == "clock":
            return [hour(value, apart=spacing) for value in values]
        places = [10**value for value in values] if self.logMode else values
        return [clock(place) if self.along == "time" else compact(round(place, 6)) for place in places]


class ValueAxis(pyqtgraph.AxisItem):
    """The axis at the left, plain or logarithmic."""

    def __init__(self) -> None:
        super().__init__("left")
        self.setStyle(tickLength=0, tickTextOffset=8, hideOverlappingLabels=False)
        self.enableAutoSIPrefix(False)
        self.setWidth(56)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Any:
        return super().tickValues(minVal, maxVal, size)[:1] if not self.logMode else _powers(minVal, maxVal)

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self.logMode:
            return [_plain(10**value) for value in values]
        return [_plain(round(value, 12)) for value in values]


def dress(axis: pyqtgraph.AxisItem, colors: Colors) -> None:
    """Give an axis the theme's colors."""
    axis.setPen(QColor(colors.grid))
    axis.setTextPen(QColor(colors.faint))
    axis.setTickFont(font(TYPE.caption))
    axis.setGrid(255)
    axis.setZValue(-1)  # the grid lies behind the curves


def _local_offset(seconds: float) -> float:
    """Seconds that local time is ahead of UTC, so that ticks stand at whole hours of the day."""
    offset = datetime.fromtimestamp(seconds).astimezone().utcoffset() if seconds > 0 else None
    return offset.total_seconds() if offset is not None else 0.0


def _plain(value: float) -> str:
    return compact(value) if abs(value) >= 1e4 else f"{value:.6g}" if abs(value) >= 1e-3 or not value else number(value)


def _powers(low: float, high: float) -> list[tuple[float, list[float]]]:
    """Whole powers of ten in view, with 2 and 5 between them where few are."""
    first, last = math.floor(low), math.ceil(high)
    stride = max(1, (last - first) // 8)
    between = (1, 2, 5) if last - first <= 3 else (1,)
    places = [power + math.log10(part) for power in range(first, last + 1, stride) for part in between]
    return [(1.0, [place for place in places if low <= place <= high])]
