"""Places of the canvas that one key brings back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from engine.spec import Bookmark
from studio.actions import Action

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

KEYS = range(1, 10)


class Bookmarks:
    """Declares the nine bookmarks: Shift and a digit sets one, the digit alone goes there.

    Args:
        canvas: whose places they are.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def actions(self) -> tuple[Action, ...]:
        """All of them, for the window's list."""
        act = partial(Action, group="View", owner=self._canvas, section="bookmarks")
        setting = tuple(
            act(
                id=f"view.bookmark_{key}",
                text=f"Set bookmark {key}",
                handler=partial(self.set, key),
                shortcut=f"Shift+{key}",
                submenu="Set bookmark",
            )
            for key in KEYS
        )
        going = tuple(
            act(
                id=f"view.go_{key}",
                text=f"Bookmark {key}",
                phrase=f"Go to bookmark {key}",
                handler=partial(self.go, key),
                shortcut=str(key),
                enabled=partial(self._is_set, key),
                submenu="Go to bookmark",
            )
            for key in KEYS
        )
        return setting + going

    def set(self, key: int) -> None:
        """Keep what is in sight under a digit."""
        canvas = self._canvas
        center = canvas.camera.sight().center()
        place = (round(center.x(), 1), round(center.y(), 1))
        mark = Bookmark(key=key, center=place, zoom=round(canvas.camera.zoom, 3))
        canvas.editing.commit(f"Set bookmark {key}", canvas.graph.mark(mark))

    def go(self, key: int) -> None:
        """Bring into sight what was kept under a digit."""
        mark = next((one for one in self._canvas.graph.bookmarks if one.key == key), None)
        if mark is not None:
            self._canvas.camera.zoom_to(mark.zoom)
            self._canvas.camera.center(QPointF(*mark.center))

    def _is_set(self, key: int) -> bool:
        return any(one.key == key for one in self._canvas.graph.bookmarks)
