"""Giving a node another name, on its box."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

LEAST = (160, 30)


class NameEditor(QLineEdit):
    """A line over a box: Return or a click elsewhere takes the name, Esc leaves the old one.

    Args:
        canvas: whose nodes are named.
        tell: shows a sentence to the person.
    """

    def __init__(self, canvas: Canvas, tell: Callable[[str], object]) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._tell = tell
        self._node = ""
        self.setAccessibleName("Name of the layer")
        self.installEventFilter(self)
        canvas.document.changed.connect(self.hide)
        self.hide()

    def open(self, node: str) -> None:
        """Name this node."""
        self._node = node
        box = self._canvas.mapFromScene(self._canvas.network.nodes[node].rect).boundingRect()
        self.resize(max(box.width(), LEAST[0]), LEAST[1])
        self.move(box.left(), box.center().y() - LEAST[1] // 2)
        self.setText(node)
        self.show()
        self.raise_()
        self.setFocus()
        self.selectAll()

    def take(self) -> None:
        """Give the node the name that is written here."""
        if self.isHidden():
            return
        self.hide()
        new = self.text().strip()
        if new == self._node or self._node not in self._canvas.graph:
            return
        try:
            self._canvas.editing.rename(self._node, new)
        except ValueError as error:
            self._tell(f"{str(error)[:1].upper()}{str(error)[1:]}.")
        else:
            self._canvas.selection.set([new])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.take()
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        else:
            return False
        self._canvas.setFocus()
        return True
