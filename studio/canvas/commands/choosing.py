"""Choosing many nodes at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from studio.actions import Action
from studio.canvas.editing.joining import upstream

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Choosing:
    """Declares what changes the selection: all, the others, what is joined to it, what is like it.

    Args:
        canvas: where one chooses.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def actions(self) -> tuple[Action, ...]:
        """All of them, for the window's list."""
        act = partial(Action, group="Edit", owner=self._canvas, section="choose")
        more = partial(act, submenu="Select", enabled=self._some)
        return (
            act(id="edit.select_all", text="Select all", handler=self.every, shortcut="Ctrl+A"),
            act(
                id="edit.select_none",
                text="Select nothing",
                handler=self.none,
                submenu="Select",
                shortcut="Ctrl+Shift+A",
            ),
            act(
                id="edit.select_others",
                text="Invert selection",
                handler=self.others,
                submenu="Select",
                shortcut="Ctrl+I",
            ),
            more(id="edit.select_linked", text="Select all that is joined", handler=self.linked, shortcut="Ctrl+L"),
            more(id="edit.select_before", text="Select all before", handler=self.before, shortcut="Shift+Up"),
            more(id="edit.select_after", text="Select all after", handler=self.after, shortcut="Shift+Down"),
            more(id="edit.select_same", text="Select all of this kind", handler=self.same, shortcut="Shift+G"),
        )

    def every(self) -> None:
        """Choose all nodes and frames."""
        graph = self._canvas.graph
        self._canvas.selection.set(graph.index, (), (frame.id for frame in graph.frames))

    def none(self) -> None:
        self._choose(())

    def others(self) -> None:
        """Choose what was not, and no longer what was."""
        chosen = set(self._canvas.selection.nodes)
        self._choose(node.id for node in self._canvas.graph.nodes if node.id not in chosen)

    def linked(self) -> None:
        """Add whatever hangs together with what is chosen, in any direction."""
        graph = self._canvas.graph
        found, waiting = set[str](), list(self._canvas.selection.nodes)
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting += [link.source for link in graph.incoming[node]]
                waiting += [link.target for link in graph.outgoing[node]]
        self._choose(found)

    def before(self) -> None:
        """Add whatever data comes from."""
        self._choose(upstream(self._canvas.graph, *self._canvas.selection.nodes))

    def after(self) -> None:
        """Add whatever data goes to."""
        self._choose(self._canvas.graph.downstream(*self._canvas.selection.nodes))

    def same(self) -> None:
        """Add the other nodes of the chosen kinds."""
        graph = self._canvas.graph
        kinds = {graph[name].kind for name in self._canvas.selection.nodes}
        self._choose(node.id for node in graph.nodes if node.kind in kinds)

    def _choose(self, nodes: Iterable[str]) -> None:
        self._canvas.selection.set(nodes)

    def _some(self) -> bool:
        return bool(self._canvas.selection.nodes)
