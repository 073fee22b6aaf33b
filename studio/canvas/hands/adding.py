"""Adding layers: where one looks, after the one that is chosen, or at the end of a wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QCursor

from studio.canvas.editing.joining import End
from studio.canvas.hands.tools import Place

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Adding:
    """Puts new layers on the canvas and chooses them.

    Args:
        canvas: where they are put.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def ask(self, at: QPoint | None = None, *, wire: End | None = None) -> None:
        """Open the search at a point of the view; what is chosen is put there, on the wire if there is one."""
        canvas = self._canvas
        place = canvas.viewport().rect().center() if at is None else at
        spot = canvas.mapToScene(place)

        def add(kind: str) -> None:
            if wire is not None:
                made = canvas.making.add_at(kind, spot, wire)
            elif at is None:
                made = self._added(kind)
            else:
                made = canvas.making.add(kind, spot)
            canvas.selection.set([made])

        canvas.popup.ask(place, add, wire=wire)
        if wire is not None:
            canvas.fits(wire, lambda fits: canvas.popup.narrow(wire, fits.kinds))

    def ask_here(self) -> None:
        """Open the search for a layer after the chosen one, else at the pointer."""
        self.ask(self._pointer() if len(self._canvas.selection.nodes) != 1 else None)

    def spot(self) -> QPoint:
        """Where one looks: the pointer, or the middle of the view where that is elsewhere."""
        return self._pointer() or self._canvas.viewport().rect().center()

    def _pointer(self) -> QPoint | None:
        canvas = self._canvas
        at = canvas.viewport().mapFromGlobal(QCursor.pos())
        return at if canvas.viewport().rect().contains(at) and canvas.underMouse() else None

    def add(self, kind: str) -> None:
        """Add a layer after the chosen one, or in the middle of what is in sight."""
        canvas = self._canvas
        canvas.selection.set([self._added(kind)])
        canvas.camera.reveal(canvas.network.bounds(canvas.selection.nodes))

    def begin_place(self, kind: str, at: QPoint) -> None:
        """Let the ghost of a new layer follow the pointer; `at` is a point of the view."""
        self._canvas.hands.begin(Place(self._canvas, QPointF(at), kind=kind))

    def _added(self, kind: str) -> str:
        canvas = self._canvas
        if len(canvas.selection.nodes) == 1:
            return canvas.making.add_after(kind, canvas.selection.nodes[0])
        return canvas.making.add(kind, canvas.camera.sight().center())
