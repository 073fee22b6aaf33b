"""A layout that fills lines, as words in a paragraph."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from studio.theme import SPACE


class Flow(QLayout):
    """Widgets in lines, as words in a paragraph."""

    def __init__(self, parent: QWidget, *, gap: int = SPACE.xs) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
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
                across, down, line = rect.x(), down + line + self._gap, 0
            if apply:
                item.setGeometry(QRect(QPoint(across, down), size))
            across, line = across + size.width() + self._gap, max(line, size.height())
        return down + line - rect.y()
