"""Where one is in the differences of two projects: which network, by which blocks one came, and how it is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSizeF

from engine.compare import NetworkDifference, NodeDifference
from engine.spec import Block, Layer, Node, Project
from studio.canvas.facts.face import Face, face_of
from studio.canvas.layout.geometry import node_size
from studio.pages.runs.network.steps import Names, Step
from studio.pages.runs.network.union import Union, united
from studio.pages.runs.network.words import line_of


class Walk:
    """A way through the networks of two projects.

    Args:
        before: the older project.
        after: the newer one.
        every: the differences of their networks.
        layers: the kinds of layer there are.
    """

    def __init__(
        self,
        before: Project,
        after: Project,
        every: Sequence[NetworkDifference],
        *,
        layers: Mapping[str, type[Layer]],
    ) -> None:
        self._projects = before, after
        self._layers = layers
        self.every: dict[Names, NetworkDifference] = {one.names: one for one in every}
        self.path: tuple[Names, ...] = tuple(self.every)[:1]
        self._united: dict[Names, Union] = {}

    @property
    def here(self) -> Names:
        """The network that one looks at."""
        return self.path[-1] if self.path else ("", "")

    @property
    def union(self) -> Union:
        """Both networks as one."""
        names = self.here
        if names not in self._united:
            self._united[names] = united(self.every[names], self._size)
        return self._united[names]

    def go(self, *path: Names) -> None:
        """Look at the last of these, which one came to by the others."""
        self.path = path

    def enter(self, node: str) -> bool:
        """Go into a block; return whether it is one."""
        inner = self._inside(self.union.nodes[node])
        if inner is None or inner in self.path:
            return False
        self.path = (*self.path, inner)
        return True

    def leave(self) -> bool:
        """Go out of the block that was entered last; return whether there was one."""
        outside = len(self.path) > 1
        self.path = self.path[:-1] if outside else self.path
        return outside

    def place_of(self, step: Step) -> tuple[str, ...]:
        """The ids in the drawing that a step is about; its network must be the one that one looks at."""
        if step.node is not None:
            return tuple(name for name, one in self.union.nodes.items() if one == step.node)
        link = step.link
        if link is None:
            return ()
        pairs = self.every[step.names].pairs
        ends = (link.source, link.target)
        return ends if step.status == "added" else tuple(pairs.get(end, end) for end in ends)

    def face(self, node: Node) -> Face:
        """What stands on the box of a node of the drawing."""
        one = self.union.nodes[node.id]
        face = self._own_face(one)
        line = line_of(one)
        return replace(face, line=line) if line else face

    def _own_face(self, one: NodeDifference) -> Face:
        found, gone = self.every[self.here], one.after is None
        node = one.before if gone else one.after
        assert node is not None, "a difference is of a node"
        graph = found.before if gone else found.after
        return face_of(node, self._projects[not gone], graph, self._layers)

    def _size(self, node: Node, old: bool) -> QSizeF:
        found = self.every[self.here]
        face = face_of(node, self._projects[not old], found.before if old else found.after, self._layers)
        return node_size(len(face.inputs), len(face.outputs))

    def _inside(self, one: NodeDifference) -> Names | None:
        """The networks that a block stands for, before and after; of a new one the newer, whatever it was compared
        with.
        """
        old, new = (_network_of(node) for node in (one.before, one.after))
        fits = (names for names in self.every if names == (old, new))
        alone = (names for names in self.every if (new and names[1] == new) or (not new and old and names[0] == old))
        return next(fits, None) or next(alone, None)


def _network_of(node: Node | None) -> str:
    return str(node.parameters.get("network", "")) if node is not None and node.kind == Block.kind() else ""
