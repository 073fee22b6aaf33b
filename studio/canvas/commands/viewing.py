"""Going over the canvas: zooming and fitting."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studio.actions import Action
from studio.canvas.camera import STEP

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Viewing:
    """Declares what changes the view and leaves the network alone.

    Args:
        canvas: what is seen.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def actions(self) -> tuple[Action, ...]:
        """All of them, for the window's list."""
        camera = self._canvas.camera
        act = partial(Action, group="View", owner=self._canvas, section="canvas")
        return (
            act(id="view.fit", text="Fit network", handler=self._canvas.fit, shortcut="F; Home", icon="fit"),
            act(
                id="view.fit_chosen",
                text="Zoom to what is chosen",
                handler=self._canvas.fit_chosen,
                shortcut="Shift+F",
                icon="focus",
                enabled=lambda: bool(self._canvas.selection.nodes),
            ),
            act(
                id="view.zoom_in",
                text="Zoom in",
                handler=lambda: camera.zoom_by(STEP),
                shortcut="Ctrl++; Ctrl+=; +",
                icon="zoom-in",
            ),
            act(
                id="view.zoom_out",
                text="Zoom out",
                handler=lambda: camera.zoom_by(1 / STEP),
                shortcut="Ctrl+-; -",
                icon="zoom-out",
            ),
            act(
                id="view.zoom_whole",
                text="Zoom to 100 %",
                handler=lambda: camera.zoom_to(1.0),
                shortcut="Ctrl+0; 0",
            ),
        )
