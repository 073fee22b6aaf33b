"""Going over the network with the arrow keys: along the wires, and moving what is chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from engine.spec import Link
from studio.actions import Action
from studio.canvas.layout.geometry import GRID, neighbor
from studio.canvas.standing import standing

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Walking:
    """Declares what arrow keys do, alone and with Alt.

    Args:
        canvas: where one walks.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._fork: tuple[str, tuple[str, ...]] = ("", ())
        """Where one went, and where one could have gone: the arrows to the side choose among these."""

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
                enabled=self._movable,
            )
            for x, y, key in pushes
        )

    def _movable(self) -> bool:
        selection = self._canvas.selection
        return bool(selection.nodes or selection.frames or selection.point is not None)

    def nudge(self, across: float, down: float) -> None:
        """Move what is chosen by steps of the grid; of a wire, the point that is."""
        selection = self._canvas.selection
        if selection.point is not None:
            self._nudge_point(selection.links[0], selection.point, across, down)
            return
        nodes, frames = standing(self._canvas.network, selection.nodes, selection.frames)
        self._canvas.editing.move(nodes, (across, down), frames=frames, key="nudge")

    def _nudge_point(self, link: Link, point: int, across: float, down: float) -> None:
        x, y = link.via[point]
        via = (*link.via[:point], (x + across, y + down), *link.via[point + 1 :])
        self._canvas.editing.lead(link, via, "Move a point", key="nudge")
        self._canvas.selection.set_point(link.having(via=via), point)

    def walk(self, way: str) -> None:
        """Choose the next node along a wire, or the one beside it; of a wire an end, or the next of its points."""
        canvas = self._canvas
        if len(canvas.selection.links) == 1 and not canvas.selection.nodes:
            self._along_wire(canvas.selection.links[0], way)
            return
        if not canvas.selection.nodes:
            self._go(next(iter(canvas.graph.order), None))
            return
        here = canvas.selection.nodes[0]
        if way == "down":
            self._along(here, [link.target for link in canvas.graph.outgoing[here]])
        elif way == "up":
            self._along(here, [link.source for link in canvas.graph.incoming[here]])
        else:
            self._aside(here, rightward=way == "right")

    def _along_wire(self, link: Link, way: str) -> None:
        if way in ("up", "down"):
            self._go(link.source if way == "up" else link.target)
        elif link.via:
            point, last = self._canvas.selection.point, len(link.via) - 1
            following = 0 if point in (None, last) else (point or 0) + 1
            before = last if point in (None, 0) else (point or 0) - 1
            self._canvas.selection.set_point(link, following if way == "right" else before)

    def _along(self, here: str, ends: list[str]) -> None:
        """Go along a wire: of several the one that leads straightest."""
        nodes = self._canvas.network.nodes
        middle = nodes[here].rect.center().x()
        ways = sorted(dict.fromkeys(ends), key=lambda name: nodes[name].rect.center().x())
        nearest = min(ways, key=lambda name: abs(nodes[name].rect.center().x() - middle), default=None)
        self._fork = (nearest or "", tuple(ways))
        self._go(nearest)

    def _aside(self, here: str, *, rightward: bool) -> None:
        """Go to the end of the next wire of the fork that one came through, or to the box beside."""
        ways = self._fork[1] if self._fork[0] == here else ()
        place = ways.index(here) + (1 if rightward else -1) if here in ways else -1
        if 0 <= place < len(ways) and ways[place] in self._canvas.graph:
            self._fork = (ways[place], ways)
            self._go(ways[place])
            return
        middles = {name: item.rect.center() for name, item in self._canvas.network.nodes.items()}
        self._go(neighbor(middles.pop(here), middles, rightward=rightward))

    def _go(self, node: str | None) -> None:
        if node is not None:
            self._canvas.selection.set([node])
            self._canvas.camera.reveal(self._canvas.network.bounds([node]))
