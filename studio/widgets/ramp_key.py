"""The ramp of colors as a legend."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.theme import RADIUS, TYPE, colors_of, font
from studio.widgets.ramp import ramp
from studio.widgets.scale import Dimension

HIGH = 30


class RampKey(QWidget):
    """The ramp of colors, with what stands at its ends."""

    def __init__(self) -> None:
        super().__init__()
        self._dimension: Dimension | None = None
        self.setFixedSize(190, HIGH)
        self.hide()

    def show_dimension(self, dimension: Dimension | None) -> None:
        """Show what colors mean; nothing where there are none."""
        self._dimension = dimension
        self.setVisible(dimension is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._dimension is None:
            return
        painter, colors = QPainter(self), colors_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gradient = QLinearGradient(58, 0, 132, 0)
        for at, color in enumerate(ramp(colors, 8)):
            gradient.setColorAt(at / 7, color)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(58, 11, 74, 8, RADIUS.s, RADIUS.s)
        painter.setFont(font(TYPE.caption))
        painter.setPen(QColor(colors.muted))
        low, high = (self._dimension.said(place) for place in (0.0, 1.0))
        middle = Qt.AlignmentFlag.AlignVCenter
        for place, words, side in ((0, low, Qt.AlignmentFlag.AlignRight), (138, high, Qt.AlignmentFlag.AlignLeft)):
            fitted = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, 52)
            painter.drawText(place, 0, 52, HIGH, middle | side, fitted)
