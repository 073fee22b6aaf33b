"""Which network the canvas shows: one of the project's, or one inside blocks that were entered."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.spec import Block, Graph, Project, first_of
from studio.blocks import MAIN

if TYPE_CHECKING:
    from studio.document import Document


@dataclass(frozen=True, slots=True)
class Level:
    """A network as one came to it.

    Args:
        root: the name of the network that one started in.
        path: ids of the blocks that were entered from there, one inside the other.
    """

    root: str = MAIN
    path: tuple[str, ...] = ()

    @property
    def outside(self) -> Level:
        """The network that holds the last block; the root is its own outside."""
        return Level(self.root, self.path[:-1])

    def inside(self, block: str) -> Level:
        """The network of a block that stands here."""
        return Level(self.root, (*self.path, block))


def networks_along(project: Project, level: Level) -> tuple[str, ...]:
    """The names of the networks from the root inward, as far as the path leads."""
    names = [level.root] if level.root in project.networks else []
    for block in level.path if names else ():
        name = network_of(project, names[-1], block)
        if not name or name in names:  # a block that contains itself leads nowhere
            break
        names.append(name)
    return tuple(names)


def network_of(project: Project, network: str, node: str) -> str:
    """The name of the network that a block stands for; empty when the node is no block or names none."""
    graph: Graph = project.networks.get(network, Graph())
    if node not in graph or graph[node].kind != Block.kind():
        return ""
    name = str(first_of(graph[node].parameters.get("network", "")))
    return name if name in project.networks else ""


def level_of(project: Project, network: str) -> Level:
    """The level at which a network is used first, from the main network inward; its own where no block uses it."""
    levels = deque([Level(main_network(project))])
    seen: set[str] = set()
    while levels:
        level = levels.popleft()
        names = networks_along(project, level)
        if names and names[-1] == network:
            return level
        if not names or names[-1] in seen:
            continue
        seen.add(names[-1])
        blocks = [node.id for node in project.networks[names[-1]].of_kind(Block.kind())]
        levels += [level.inside(block) for block in blocks if network_of(project, names[-1], block)]
    return Level(network)


def main_network(project: Project) -> str:
    """The network that one sees first."""
    return MAIN if MAIN in project.networks or not project.networks else next(iter(project.networks))


class Showing(QObject):
    """The level that is shown; it keeps to what the document holds.

    Args:
        document: whose networks they are.
        network: where one starts.
    """

    changed = Signal(object, object)
    """Another level is shown: the one before, and the one now."""

    def __init__(self, document: Document, network: str = MAIN, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.level = Level(network)

    @property
    def network(self) -> str:
        """The name of the network that is shown."""
        names = networks_along(self._document.project, self.level)
        return names[-1] if names else self.level.root

    def show(self, level: Level) -> None:
        """Show this level, or as much of the way to it as there is."""
        self._go(self._held(level))

    def can_enter(self, node: str) -> bool:
        """Whether a node that stands here is a block that can be entered."""
        inner = self.level.inside(node)
        return self._held(inner) == inner

    def enter(self, node: str) -> bool:
        """Go into a block that stands here; return whether it is one that can be entered."""
        can = self.can_enter(node)
        if can:
            self._go(self.level.inside(node))
        return can

    def leave(self) -> bool:
        """Go out of the block that was entered last; return whether there was one."""
        before = self.level
        self._go(before.outside)
        return self.level != before

    def reset(self) -> None:
        """Show what one sees first of a project."""
        self._go(Level(main_network(self._document.project)))

    def keep_up(self, before: Project, after: Project) -> None:
        """The document changed: stay with a network that got another name, leave one that is gone."""
        if before.networks is after.networks:
            return
        level = self.level
        if level.root not in after.networks and (new := _new_name(before, after, level.root)):
            level = Level(new, level.path)
        self._go(self._held(level))

    def _held(self, level: Level) -> Level:
        project = self._document.project
        if level.root not in project.networks:
            return Level(main_network(project))
        return Level(level.root, level.path[: len(networks_along(project, level)) - 1])

    def _go(self, level: Level) -> None:
        before, self.level = self.level, level
        if level != before:
            self.changed.emit(before, level)


def _new_name(before: Project, after: Project, name: str) -> str:
    """What a network that is no longer there is called now, if its place among the networks tells."""
    old, new = list(before.networks), list(after.networks)
    if name not in old or len(old) != len(new):
        return ""
    found = new[old.index(name)]
    return found if found not in old else ""
