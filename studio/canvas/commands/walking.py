"""Going over the network with the arrow keys: along the wires, and moving what is chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studio.actions import Action
from studio.canvas.geometry import GRID, neighbor

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Walking:
    """Declares what arrow keys do, alone and with Alt.

    Args:
        canvas: where one walks.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def actions(self) -> tuple[Action, ...]:
        """All of them, for the window's list."""
        ways = (("down", "Next layer", "Down"), ("up", "Previous layer", "Up"), ("left", "Layer at the left", "Left"))
        walks = tuple(
            Action(
                id=f"network.go_{way}",
                text=text,
                handler=partial(self.walk, way),
                shortcut=key,
                group="Network",
                owner=self._canvas,
                section="walk",
            )
            for way, text, key in (*ways, ("right", "Layer at the right", "Right"))
        )
        pushes = ((0, 1, "Down"), (0, -1, "Up"), (-1, 0, "Left"), (1, 0, "Right"))
        return walks + tuple(
            Action(
                id=f"network.nudge_{key.lower()}",
                text=f"Move {key.lower()}",
                handler=partial(self.nudge, x * GRID, y * GRID),
                shortcut=f"Alt+{key}",
                group="Network",
                owner=self._canvas,
                section="nudge",
                enabled=lambda: bool(self._canvas.selection.nodes),
            )
            for x, y, key in pushes
        )

    def nudge(self, across: float, down: float) -> None:
        """Move what is chosen by steps of the grid."""
        self._canvas.editing.move(self._canvas.selection.nodes, (across, down), key="nudge")

    def walk(self, way: str) -> None:
        """Choose the next node along a wire, or the one beside it."""
        canvas = self._canvas
        if not canvas.selection.nodes:
            self._go(next(iter(canvas.graph.order), None))
            return
        here = canvas.selection.nodes[0]
        if way == "down":
            self._go(next((link.target for link in canvas.graph.outgoing[here]), None))
        elif way == "up":
            self._go(next((link.source for link in canvas.graph.incoming[here]), None))
        else:
            middles = {name: item.rect.center() for name, item in canvas.network.nodes.items()}
            self._go(neighbor(middles.pop(here), middles, rightward=way == "right"))

    def _go(self, node: str | None) -> None:
        if node is not None:
            self._canvas.selection.set([node])
            self._canvas.camera.reveal(self._canvas.network.bounds([node]))
