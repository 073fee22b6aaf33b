"""What is done to the chosen layers: deleting, muting, taking them out of their wires."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studio.actions import Action

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Changing:
    """Declares the edits of layers and wires.

    Args:
        canvas: what they act on.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def actions(self) -> tuple[Action, ...]:
        """All of them, for the window's list."""
        canvas = self._canvas
        act = partial(Action, group="Edit", owner=canvas, section="canvas", enabled=self._nodes)
        net = partial(Action, group="Network", owner=canvas, section="canvas")
        return (
            net(id="network.add", text="Add layer…", handler=canvas.adding.ask_here, shortcut="Tab", icon="add"),
            net(
                id="network.arrange",
                text="Arrange",
                wording=lambda: "Arrange what is chosen" if canvas.arranging.partly else "Arrange",
                handler=canvas.arranging.start,
                shortcut="L",
                icon="arrange",
            ),
            act(
                id="edit.delete",
                text="Delete",
                handler=self.delete,
                shortcut="Del; Backspace",
                icon="delete",
                enabled=self._some,
            ),
            act(
                id="edit.delete_gap",
                text="Delete with wires",
                handler=self.delete_with_wires,
                shortcut="Ctrl+Del; Shift+Del",
            ),
            act(
                id="edit.mute",
                text="Mute",
                wording=lambda: "Unmute" if self._all_muted() else "Mute",
                handler=self.mute,
                shortcut="M",
                icon="eye-off",
            ),
            act(id="edit.detach", text="Take out of the wires", handler=self.detach, shortcut="Ctrl+Shift+D"),
        )

    def delete(self) -> None:
        """Delete what is chosen and join the neighbors where it is clear which; of a wire's points, the one taken."""
        chosen = self._canvas.selection
        if chosen.point is not None and len(chosen.links) == 1:
            (link,), point = chosen.links, chosen.point
            self._canvas.editing.lead(link, link.via[:point] + link.via[point + 1 :], "Remove a point")
        else:
            self._canvas.editing.delete(chosen, heal=True)

    def delete_with_wires(self) -> None:
        """Delete, and leave a gap."""
        self._canvas.editing.delete(self._canvas.selection)

    def mute(self) -> None:
        """Let data pass the chosen layers by, or through them again if it passes all of them."""
        self._canvas.editing.mute(self._canvas.selection.nodes, muted=not self._all_muted())

    def detach(self) -> None:
        """Take the chosen layers out of their wires and join the neighbors."""
        self._canvas.editing.detach(self._canvas.selection.nodes)

    def _some(self) -> bool:
        return bool(self._canvas.selection)

    def _nodes(self) -> bool:
        return bool(self._canvas.selection.nodes)

    def _all_muted(self) -> bool:
        graph, chosen = self._canvas.graph, self._canvas.selection.nodes
        return bool(chosen) and all(graph[name].muted for name in chosen)
