"""A bar of parts that make up a whole, and the list that names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from studio.theme import RADIUS, SPACE, colors_of
from studio.widgets.labels import Label

HEIGHT = 16
GAP = 2
LEAST = 3
"""Pixels that the smallest part has, so that none is overlooked."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part: what it is, how much, how that is said, and which of the series colors it has."""

    name: str
    value: float
    text: str
    color: int
    tip: str = ""


class StackBar(QWidget):
    """Parts one beside the other, as wide as their share; those of nothing are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: tuple[Part, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show these, in this order."""
        self.parts = tuple(parts)
        self.setAccessibleDescription(", ".join(f"{one.name} {one.text}" for one in self.parts))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colors = colors_of(self)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), RADIUS.s, RADIUS.s)
        painter.setClipPath(whole)
        painter.fillRect(self.rect(), QColor(colors.pressed if not self.parts else colors.overlay))
        for part, left, width in widths(self.parts, self.width()):
            painter.fillRect(QRectF(left, 0, width, self.height()), QColor(colors.series[part.color]))


def widths(parts: Sequence[Part], room: float) -> list[tuple[Part, float, float]]:
    """Where each part that is more than nothing lies in so many pixels: itself, its left edge, its width."""
    seen = [one for one in parts if one.value > 0]
    total = sum(one.value for one in seen)
    free = room - GAP * max(0, len(seen) - 1) - LEAST * len(seen)
    placed, left = [], 0.0
    for one in seen:
        width = LEAST + max(0.0, free) * one.value / total
        placed.append((one, left, width))
        left += width + GAP
    return placed


class _Swatch(QWidget):
    """The color of a part."""

    def __init__(self, color: int) -> None:
        super().__init__()
        self._color = color
        self.setFixedSize(10, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors_of(self).series[self._color]))
        painter.drawRoundedRect(self.rect(), 2, 2)


class StackList(QWidget):
    """The parts of a bar by name, in the bar's order, in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.s)
        self._grid.setVerticalSpacing(SPACE.xs)
        self._values: dict[str, Label] = {}

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Name these; labels are kept where the names are the same."""
        if [one.name for one in parts] != list(self._values):
            self._build(parts)
        for one in parts:
            self._values[one.name].setText(one.text)

    def _build(self, parts: Sequence[Part]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._values = {}
        lines = (len(parts) + 1) // 2
        for place, part in enumerate(parts):
            line, left = place % lines, 4 * (place // lines)
            name, value = Label(part.name, "label"), Label("", "number")
            name.setToolTip(part.tip)
            self._grid.addWidget(_Swatch(part.color), line, left)
            self._grid.addWidget(name, line, left + 1)
            self._grid.addWidget(value, line, left + 2, Qt.AlignmentFlag.AlignRight)
            self._values[part.name] = value
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(5, 1)
        self._grid.setColumnMinimumWidth(3, SPACE.l)
