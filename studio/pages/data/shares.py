"""Painted pictures of how much there is of what: splits, classes, and the spread of a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.theme import RADIUS, SPACE, TYPE, Colors, colors_of, font, mono

SPLITS = ("train", "validation", "test")
MOST = 40
"""Classes shown; the rest are counted."""
ROW = 22
MIDDLE = Qt.AlignmentFlag.AlignVCenter
RIGHT = MIDDLE | Qt.AlignmentFlag.AlignRight


def split_color(colors: Colors, name: str) -> str:
    """A split's color, the same in every picture."""
    return colors.series[SPLITS.index(name) if name in SPLITS else 3]


class Painted(QWidget):
    """A widget that is as high as its content and as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def content_height(self) -> int:
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        return QSize(240, self.content_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.content_height())

    def shown_anew(self) -> None:
        """The content changed."""
        self.updateGeometry()
        self.update()

    def brush(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter


class SplitsBar(Painted):
    """One bar in as many parts as there are splits, with their names, counts and shares below."""

    def __init__(self) -> None:
        super().__init__()
        self.splits: dict[str, int] = {}

    def show_splits(self, splits: Mapping[str, int]) -> None:
        self.splits = dict(splits)
        self.setAccessibleName(", ".join(f"{name} {count}" for name, count in splits.items()))
        self.shown_anew()

    def content_height(self) -> int:
        return 64

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter, whole = colors_of(self), self.brush(), sum(self.splits.values())
        if not whole:
            return
        bar = QRectF(0, 0, self.width(), 14)
        shape = QPainterPath()
        shape.addRoundedRect(bar, RADIUS.s, RADIUS.s)
        painter.setClipPath(shape)
        left = 0.0
        for name, count in self.splits.items():
            width = bar.width() * count / whole
            painter.fillRect(QRectF(left, 0, max(width - 2, 1), 14), QColor(split_color(colors, name)))
            left += width
        painter.setClipping(False)
        stride = min(self.width() // max(len(self.splits), 1), 200)
        for place, (name, count) in enumerate(self.splits.items()):
            self._paint_name(painter, QRect(place * stride, 24, stride, 40), name, f"{count:,}", count / whole)

    def _paint_name(self, painter: QPainter, place: QRect, name: str, count: str, share: float) -> None:
        colors = colors_of(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(split_color(colors, name)))
        painter.drawEllipse(QPointF(place.left() + 4, place.top() + 9), 4, 4)
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(colors.muted))
        painter.drawText(place.adjusted(14, 0, 0, -22), MIDDLE, name)
        painter.setFont(font(TYPE.title, weight=font().Weight.DemiBold))
        painter.setPen(QColor(colors.text))
        painter.drawText(place.adjusted(14, 18, 0, 0), MIDDLE, count)
        past = painter.fontMetrics().horizontalAdvance(count) + 22
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(colors.faint))
        painter.drawText(place.adjusted(past, 18, 0, 0), MIDDLE, f"{share:.0%}")


class Balance(Painted):
    """A bar for each class, in the colors of the splits that its samples are in."""

    def __init__(self) -> None:
        super().__init__()
        self.classes: dict[str, dict[str, int]] = {}

    def show_balance(self, balance: Mapping[str, Mapping[str, int]]) -> None:
        """Show samples by split and class."""
        names = dict.fromkeys(name for counts in balance.values() for name in counts)
        self.classes = {name: {split: counts.get(name, 0) for split, counts in balance.items()} for name in names}
        self.shown_anew()

    def content_height(self) -> int:
        return ROW * (min(len(self.classes), MOST) + (len(self.classes) > MOST))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.classes:
            return
        painter, colors = self.brush(), colors_of(self)
        metrics = self.fontMetrics()
        names = min(max(metrics.horizontalAdvance(name) for name in self.classes), self.width() // 3) + SPACE.m
        counts = max(metrics.horizontalAdvance(f"{sum(one.values()):,}") for one in self.classes.values()) + SPACE.m
        most = max(sum(one.values()) for one in self.classes.values()) or 1
        line = QRect(0, 0, self.width(), ROW)
        for name, parts in list(self.classes.items())[:MOST]:
            painter.setFont(font(TYPE.small))
            painter.setPen(QColor(colors.text))
            label = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, names - SPACE.m)
            painter.drawText(line, MIDDLE, label)
            painter.setFont(mono(TYPE.small))
            painter.setPen(QColor(colors.muted))
            painter.drawText(line, RIGHT, f"{sum(parts.values()):,}")
            self._paint_parts(painter, line.adjusted(names, 6, -counts, -6), parts, most)
            line.translate(0, ROW)
        if len(self.classes) > MOST:
            painter.setFont(font(TYPE.small))
            painter.drawText(line, MIDDLE, f"and {len(self.classes) - MOST:,} more classes")

    def _paint_parts(self, painter: QPainter, place: QRect, parts: Mapping[str, int], most: int) -> None:
        colors, left = colors_of(self), float(place.left())
        for split, count in parts.items():
            width = place.width() * count / most
            if count:
                box = QRectF(left, place.top(), max(width - 1, 1), place.height())
                painter.fillRect(box, QColor(split_color(colors, split)))
            left += width


class Histogram(Painted):
    """How the values of a number to predict are spread, stacked by split."""

    def __init__(self) -> None:
        super().__init__()
        self.edges: Sequence[float] = ()
        self.counts: Mapping[str, Sequence[int]] = {}

    def show_histogram(self, edges: Sequence[float], counts: Mapping[str, Sequence[int]]) -> None:
        self.edges, self.counts = edges, counts
        self.shown_anew()

    def content_height(self) -> int:
        return 180

    def paintEvent(self, event: QPaintEvent) -> None:
        if len(self.edges) < 2 or not self.counts:
            return
        painter, colors = self.brush(), colors_of(self)
        place = QRectF(0, 4, self.width(), self.height() - 26)
        bins = len(self.edges) - 1
        most = max(sum(one[at] for one in self.counts.values()) for at in range(bins)) or 1
        width = place.width() / bins
        for at in range(bins):
            top = place.bottom()
            for split, counts in self.counts.items():
                height = place.height() * counts[at] / most
                top -= height
                bar = QRectF(at * width + 1, top, max(width - 2, 1), height)
                painter.fillRect(bar, QColor(split_color(colors, split)))
        painter.setPen(QColor(colors.border_strong))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        painter.setFont(mono(TYPE.caption))
        painter.setPen(QColor(colors.faint))
        below = QRect(0, self.height() - 18, self.width(), 18)
        painter.drawText(below, MIDDLE, f"{self.edges[0]:,.6g}")
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"{self.edges[bins // 2]:,.6g}")
        painter.drawText(below, RIGHT, f"{self.edges[-1]:,.6g}")
