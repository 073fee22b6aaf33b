"""The names of a chart's curves in their colors; a click hides one or shows it again."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from studio.theme import SPACE
from studio.widgets.flow import Flow

LONGEST = 220


class Chip(QToolButton):
    """One curve's name beside a piece of its line."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setChecked(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(14, 14))
        self.setStyleSheet("QToolButton { padding: 1px 6px 1px 0; } QToolButton:checked { background: transparent; }")
        self.setText(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, LONGEST))
        self.setToolTip(f"{name}\nClick to hide or show this curve")
        self.setAccessibleName(name)

    def set_color(self, color: str) -> None:
        """Paint the piece of line; hollow while the curve is hidden."""
        icon = QIcon()
        for state, pen in ((QIcon.State.On, QPen(QColor(color), 3)), (QIcon.State.Off, QPen(QColor(color), 1))):
            picture = QPixmap(28, 28)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen.setWidthF(pen.widthF() * 2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(5, 14, 23, 14)
            painter.end()
            picture.setDevicePixelRatio(2)
            icon.addPixmap(picture, QIcon.Mode.Normal, state)
        self.setIcon(icon)


class Legend(QWidget):
    """The chips of all curves."""

    toggled = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.chips: dict[str, Chip] = {}
        self._flow = Flow(self, gap=SPACE.xxs)

    def add(self, key: str, name: str) -> None:
        chip = Chip(name)
        chip.toggled.connect(lambda on: self.toggled.emit(key, on))
        self.chips[key] = chip
        self._flow.addWidget(chip)

    def remove(self, key: str) -> None:
        chip = self.chips.pop(key)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
