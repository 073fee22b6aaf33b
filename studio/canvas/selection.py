"""Which nodes, links and frames are chosen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from engine.spec import Graph, Link
from studio.canvas.scene import NetworkScene


class Selection(QObject):
    """The chosen nodes, links and frames, in the order of the graph, and one point of a chosen wire.

    Args:
        scene: whose items show that they are chosen.
    """

    changed = Signal()

    def __init__(self, scene: NetworkScene, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._nodes: frozenset[str] = frozenset()
        self._links: frozenset[Link] = frozenset()
        self._frames: frozenset[str] = frozenset()
        self._ordered: tuple[Graph, frozenset[str], tuple[str, ...]] = (scene.graph, self._nodes, ())
        """The answer of `nodes`, which many ask for, and what it was the answer for."""
        self.point: int | None = None
        """Which point of the only chosen wire was taken last, if one was."""

    @property
    def nodes(self) -> tuple[str, ...]:
        graph = self._scene.graph
        if self._ordered[0] is not graph or self._ordered[1] is not self._nodes:
            ids = tuple(node.id for node in graph.nodes if node.id in self._nodes) if self._nodes else ()
            self._ordered = (graph, self._nodes, ids)
        return self._ordered[2]

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(link for link in self._scene.graph.links if link in self._links) if self._links else ()

    @property
    def frames(self) -> tuple[str, ...]:
        return tuple(frame.id for frame in self._scene.graph.frames if frame.id in self._frames)

    def __contains__(self, node: object) -> bool:
        return node in self._nodes

    def __bool__(self) -> bool:
        return bool(self._nodes or self._links or self._frames)

    def set(self, nodes: Iterable[str] = (), links: Iterable[Link] = (), frames: Iterable[str] = ()) -> None:
        """Choose exactly these, as far as they are there."""
        scene = self._scene
        new_nodes = frozenset(nodes) & scene.nodes.keys()
        new_links = frozenset(links) & scene.links.keys()
        new_frames = frozenset(frames) & scene.frames.keys()
        self._choose_point(new_links, None)
        if (new_nodes, new_links, new_frames) == (self._nodes, self._links, self._frames):
            return
        for name in (new_nodes ^ self._nodes) & scene.nodes.keys():
            scene.nodes[name].set_selected(name in new_nodes)
        for link in (new_links ^ self._links) & scene.links.keys():
            scene.links[link].set_selected(link in new_links)
        for name in (new_frames ^ self._frames) & scene.frames.keys():
            scene.frames[name].set_selected(name in new_frames)
        self._nodes, self._links, self._frames = new_nodes, new_links, new_frames
        self.changed.emit()

    def turn_to(self, scene: NetworkScene) -> None:
        """Choose in another scene from now on; nothing is chosen there yet."""
        self.set()
        self._scene = scene

    def set_point(self, link: Link, point: int) -> None:
        """Choose one point of a wire, and the wire with it."""
        self.set((), [link])
        self._choose_point(self._links, point)
        self.changed.emit()

    def _choose_point(self, links: Iterable[Link], point: int | None) -> None:
        self.point = point
        for link in links:
            if link.via:
                self._scene.links[link].points.choose(point)

    def toggle(self, node: str) -> None:
        """Add a node to what is chosen, or take it away."""
        self.set(self._nodes ^ {node}, self._links, self._frames)

    def add(self, *nodes: str) -> None:
        """Add nodes to what is chosen."""
        self.set(self._nodes | set(nodes), self._links, self._frames)

    def keep_up(self) -> None:
        """Forget what is no longer there; a wire that was led another way is still the same."""
        chosen = {link.ends for link in self._links}
        links = (link for link in self._scene.graph.links if link.ends in chosen) if chosen else ()
        self.set(self._nodes, links, self._frames)
