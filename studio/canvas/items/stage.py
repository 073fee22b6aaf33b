"""What stands on the scene: only what is in or near sight, since Qt looks at every item in every frame."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

SPARE = 400
"""So many items may be out of sight before they leave."""
LEAVING = 80
"""So many of them leave in one frame."""


class Stage(QGraphicsItem):
    """The parent of all boxes and wires that are drawn one by one; hidden, with all of them, when far away.

    Args:
        scene: where it stands.
    """

    def __init__(self, scene: QGraphicsScene) -> None:
        super().__init__()
        self._present: set[QGraphicsItem] = set()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        scene.addItem(self)

    def __contains__(self, item: object) -> bool:
        return item in self._present

    def enter(self, item: QGraphicsItem) -> None:
        """Let an item be drawn."""
        if item not in self._present:
            self._present.add(item)
            item.setParentItem(self)

    def leave(self, item: QGraphicsItem) -> None:
        """Draw an item no more; one that was not drawn may leave, too."""
        if item in self._present:
            self._present.discard(item)
            self.scene().removeItem(item)

    def clear_beside(self, wanted: Iterable[QGraphicsItem]) -> None:
        """Let some of those leave that are not wanted, if they have become many."""
        wanted = set(wanted)
        if len(self._present) <= len(wanted) + SPARE:
            return
        for item in list(self._present - wanted)[:LEAVING]:
            self.leave(item)

    def boundingRect(self) -> QRectF:
        return QRectF()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Nothing: what stands on it is painted."""
