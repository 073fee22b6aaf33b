"""A layout of equal columns, as many as have room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from studio.theme import SPACE


class Columns(QLayout):
    """Widgets of one height in equal columns, line after line; those that are hidden leave no gap.

    Args:
        parent: the widget that is laid out.
        least: pixels that a column has at least.
    """

    def __init__(self, parent: QWidget, *, least: int, gap: int = SPACE.m) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._least = least
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        shown = self._shown()
        rows = -(-len(shown) // self.columns(width))
        return rows * self._height(shown) + max(rows - 1, 0) * self._gap

    def columns(self, width: int) -> int:
        """How many columns have room."""
        return max(1, (width + self._gap) // (self._least + self._gap))

    def sizeHint(self) -> QSize:
        return QSize(self._least, self.heightForWidth(max(self.geometry().width(), self._least)))

    def minimumSize(self) -> QSize:
        return QSize(self._least, 0)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        shown = self._shown()
        columns, height = self.columns(rect.width()), self._height(shown)
        width = (rect.width() - (columns - 1) * self._gap) // columns
        for place, item in enumerate(shown):
            corner = QPoint(place % columns * (width + self._gap), place // columns * (height + self._gap))
            item.setGeometry(QRect(rect.topLeft() + corner, QSize(width, height)))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _height(self, shown: list[QLayoutItem]) -> int:
        return max((item.sizeHint().height() for item in shown), default=0)
