"""The ground of a row in a list that paints its rows by hand."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle

from studio.theme import RADIUS, Colors


def paint_row_ground(
    painter: QPainter, place: QRect, state: QStyle.StateFlag, colors: Colors, *, radius: float = RADIUS.m
) -> None:
    """Round and in the color of what is chosen or pointed at; nothing for any other row."""
    chosen = state & QStyle.StateFlag.State_Selected
    if chosen or state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.selected if chosen else colors.hover))
        painter.drawRoundedRect(place, radius, radius)
