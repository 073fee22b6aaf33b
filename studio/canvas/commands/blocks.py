"""Blocks: made of layers, taken apart, gone into and out of."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from engine.spec import Block
from studio.actions import Action
from studio.blocks import duplicated, grouped, ungrouped
from studio.canvas.showing import network_of

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Blocks:
    """Declares what is done with blocks.

    Args:
        canvas: what they stand on.
        tell: shows a sentence to the person.
    """

    def __init__(self, canvas: Canvas, tell: Callable[[str], object]) -> None:
        self._canvas = canvas
        self._tell = tell

    def actions(self) -> tuple[Action, ...]:
        """All of them, for the window's list."""
        act = partial(Action, group="Network", owner=self._canvas, section="block")
        return (
            act(
                id="block.group",
                text="Group into a block",
                handler=self.group,
                shortcut="Ctrl+G",
                icon="block",
                enabled=lambda: bool(self._canvas.selection.nodes),
            ),
            act(
                id="block.ungroup",
                text="Ungroup",
                handler=self.ungroup,
                shortcut="Ctrl+Shift+G",
                phrase="Ungroup the block",
                enabled=lambda: bool(self._chosen()),
            ),
            act(
                id="block.enter",
                text="Open the block",
                handler=self.enter,
                shortcut="Return; Enter; Ctrl+Down",
                enabled=lambda: self._canvas.showing.can_enter(self._one()),
            ),
            act(
                id="block.leave",
                text="Leave the block",
                handler=self._canvas.showing.leave,
                shortcut="Ctrl+Up",
                enabled=lambda: bool(self._canvas.showing.level.path),
            ),
            act(
                id="block.own",
                text="Give the block a network of its own",
                handler=self.own,
                enabled=lambda: self._canvas.showing.can_enter(self._one()),
            ),
        )

    def group(self) -> None:
        """Make a block of the chosen layers; a sentence says so when they cannot be one."""
        canvas, document = self._canvas, self._canvas.document
        try:
            made = grouped(
                document.project, canvas.editing.network, canvas.selection.nodes, canvas.editing.catalogue.layers
            )
        except ValueError as error:
            self._tell(str(error))
            return
        document.edit("Group", made.project)
        canvas.selection.set([made.block])

    def ungroup(self) -> None:
        """Take the chosen blocks apart, all in one step or none."""
        canvas, document = self._canvas, self._canvas.document
        project, came = document.project, list[str]()
        try:
            for block in self._chosen():
                project, ids = ungrouped(project, canvas.editing.network, block)
                came += ids
        except ValueError as error:
            self._tell(str(error))
            return
        document.edit("Ungroup", project)
        canvas.selection.set(came)

    def enter(self) -> None:
        """Go into the chosen block."""
        self._canvas.showing.enter(self._one())

    def own(self) -> None:
        """Let the chosen block stand for a copy, so that a change inside changes no other block."""
        canvas, document, block = self._canvas, self._canvas.document, self._one()
        network = canvas.editing.network
        project, copy = duplicated(document.project, network_of(document.project, network, block))
        graph = project.networks[network]
        document.edit("Own network", project.with_network(network, graph.replace(graph[block].set(network=copy))))

    def _one(self) -> str:
        """The chosen node, if there is only one."""
        nodes = self._canvas.selection.nodes
        return nodes[0] if len(nodes) == 1 else ""

    def _chosen(self) -> tuple[str, ...]:
        graph = self._canvas.graph
        return tuple(node for node in self._canvas.selection.nodes if graph[node].kind == Block.kind())
