"""The names of a chart's curves in their colors; a click hides one or shows it again."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLayout, QLayoutItem, QToolButton, QWidget

from studio.theme import SPACE

LONGEST = 220


class Flow(QLayout):
    """Widgets in lines, as words in a paragraph."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), apply=False)

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.geometry().width(), 200)))

    def minimumSize(self) -> QSize:
        return QSize(0, 0)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, apply=True)

    def _arrange(self, rect: QRect, *, apply: bool) -> int:
        across, down, line = rect.x(), rect.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if across + size.width() > rect.right() + 1 and across > rect.x():
                across, down = rect.x(), down + line
            if apply:
                item.setGeometry(QRect(QPoint(across, down), size))
            across, line = across + size.width() + SPACE.xs, size.height()
        return down + line - rect.y()


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
        self._flow = Flow(self)

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
