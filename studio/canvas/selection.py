"""Which nodes and links are chosen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from engine.spec import Link
from studio.canvas.scene import NetworkScene


class Selection(QObject):
    """The chosen nodes and links, in the order of the graph.

    Args:
        scene: whose items show that they are chosen.
    """

    changed = Signal()

    def __init__(self, scene: NetworkScene, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._nodes: frozenset[str] = frozenset()
        self._links: frozenset[Link] = frozenset()

    @property
    def nodes(self) -> tuple[str, ...]:
        return tuple(node.id for node in self._scene.graph.nodes if node.id in self._nodes)

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(link for link in self._scene.graph.links if link in self._links)

    def __contains__(self, node: object) -> bool:
        return node in self._nodes

    def __bool__(self) -> bool:
        return bool(self._nodes or self._links)

    def set(self, nodes: Iterable[str] = (), links: Iterable[Link] = ()) -> None:
        """Choose exactly these, as far as they are there."""
        new_nodes = frozenset(nodes) & self._scene.nodes.keys()
        new_links = frozenset(links) & self._scene.links.keys()
        if (new_nodes, new_links) == (self._nodes, self._links):
            return
        for name in (new_nodes ^ self._nodes) & self._scene.nodes.keys():
            self._scene.nodes[name].set_selected(name in new_nodes)
        for link in (new_links ^ self._links) & self._scene.links.keys():
            self._scene.links[link].set_selected(link in new_links)
        self._nodes, self._links = new_nodes, new_links
        self.changed.emit()

    def toggle(self, node: str) -> None:
        """Add a node to what is chosen, or take it away."""
        self.set(self._nodes ^ {node}, self._links)

    def keep_up(self) -> None:
        """Forget what is no longer there; a wire that was led another way is still the same."""
        chosen = {link.ends for link in self._links}
        self.set(self._nodes, (link for link in self._scene.graph.links if link.ends in chosen) if chosen else ())
