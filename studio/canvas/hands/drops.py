"""Files that are dropped on the canvas."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from engine.spec import SUFFIX

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Drops(QObject):
    """Hands every project file that is dropped to whoever adds it, with the place where it fell.

    Args:
        canvas: where files are dropped.
        add: takes a file and a point of the canvas.
    """

    def __init__(self, canvas: Canvas, add: Callable[[Path, QPointF], object]) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._add = add
        canvas.setAcceptDrops(True)
        canvas.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent | QDragMoveEvent):
            if files_of(event):
                event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent):
            spot = self._canvas.mapToScene(event.position().toPoint())
            for number, path in enumerate(files_of(event)):
                self._add(path, spot + QPointF(240.0 * number, 0))
            event.acceptProposedAction()
            return True
        return False


def files_of(event: QDropEvent) -> list[Path]:
    """The project files among what is dragged."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix == SUFFIX]
