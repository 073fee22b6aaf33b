"""A card that lies over the window for a moment: Escape or a click elsewhere puts it away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from studio.theme import SPACE
from studio.widgets.surfaces import Surface


class Popover(Surface):
    """The card, hidden at first.

    Args:
        title: what it is, for readers of the screen.
        parent: the window that it lies on.
        width: in pixels.
    """

    def __init__(self, title: str, parent: QWidget, *, width: int) -> None:
        super().__init__("overlay", parent=parent)
        self._window = parent
        self._before: QWidget | None = None
        self.setAccessibleName(title)
        self.setFixedWidth(width)
        self.hide()

    def open_at(self, corner: QPoint) -> None:
        """Show it with its upper right corner here, in the window's pixels, or as near as it fits."""
        self._before = self._window.focusWidget()
        self._place(corner)
        self.show()
        self.raise_()
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def leave(self) -> None:
        """Hide it and give the focus back."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.hide()
        (self._before or self._window).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave at a click elsewhere."""
        pressed = watched if event.type() is QEvent.Type.MouseButtonPress and isinstance(watched, QWidget) else self
        if pressed is not self and not self.isAncestorOf(pressed):
            self.leave()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # else it would be a click on what lies below

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _place(self, corner: QPoint) -> None:
        self.adjustSize()
        room = self._window.size()
        left = max(SPACE.s, min(corner.x(), room.width() - SPACE.s) - self.width())
        self.move(left, max(SPACE.s, min(corner.y(), room.height() - self.height() - SPACE.s)))
