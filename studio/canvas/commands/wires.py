"""Wires from the keyboard: choosing one, and leading it through points."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from engine.spec import Link
from studio.actions import Action
from studio.canvas.hands.tools import add_point

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Wires:
    """Declares what chooses the wires of a layer one after the other, and what puts points on the chosen one.

    Args:
        canvas: where they are.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._node = ""
        """The layer whose wires are gone through."""

    def actions(self) -> tuple[Action, ...]:
        """All of them, for the window's list."""
        act = partial(Action, group="Network", owner=self._canvas, section="wires")
        return (
            act(
                id="network.wire",
                text="Choose a wire of the layer",
                wording=lambda: "Choose the layer's next wire" if self._link else "Choose a wire of the layer",
                handler=self.choose,
                shortcut="E",
                enabled=lambda: bool(self._link or self._canvas.selection.nodes),
            ),
            act(
                id="network.point",
                text="Add a point to the wire",
                handler=self.bend,
                shortcut="P",
                enabled=lambda: self._link is not None,
            ),
        )

    @property
    def _link(self) -> Link | None:
        """The only thing that is chosen, if that is a wire."""
        selection = self._canvas.selection
        return selection.links[0] if len(selection.links) == 1 and not selection.nodes else None

    def choose(self) -> None:
        """Choose the first wire that leaves the chosen layer, then the next, and those that come in after them."""
        graph, link, nodes = self._canvas.graph, self._link, self._canvas.selection.nodes
        if link is None:
            self._node = nodes[0]
        elif self._node not in (link.source, link.target):
            self._node = link.source
        wires = (*graph.outgoing[self._node], *graph.incoming[self._node])
        if wires:
            place = wires.index(link) + 1 if link in wires else 0
            self._canvas.selection.set((), [wires[place % len(wires)]])
            self._canvas.camera.reveal(self._canvas.network.links[wires[place % len(wires)]].path().boundingRect())

    def bend(self) -> None:
        """Lead the chosen wire through one more point: in its middle, or half way on from the point that is chosen."""
        canvas, link = self._canvas, self._link
        if link is None:
            return
        path = canvas.network.links[link].path()
        spot = path.pointAtPercent(0.5)
        if canvas.selection.point is not None and link.via:
            ends = [QPointF(*place) for place in link.via] + [canvas.network.wiring.ends_of(link)[1]]
            spot = (ends[canvas.selection.point] + ends[canvas.selection.point + 1]) / 2
        add_point(canvas, link, spot)
