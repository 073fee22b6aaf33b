"""The networks of a project: what they are called, which uses which, and edits of them as functions of projects."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from engine.spec import Component, Exposed, FrozenDict, Graph, Node, Project
from studio.blocks.standing import calling, names_of, standing_for, used_by, with_blocks

MAIN = "model"
"""The network that is trained, which tasks know by this name."""


def free_name(stem: str, taken: Iterable[str]) -> str:
    """A network's name that is not taken: the stem itself, or with a number behind it (`stage_2`)."""
    stem = re.sub(r"\W+", "_", stem).strip("_") or "block"
    stem = f"block_{stem}" if stem[0].isdigit() else stem
    used, base = set(taken), re.sub(r"_\d+$", "", stem)
    name, number = stem, 2
    while name in used:
        name, number = f"{base}_{number}", number + 1
    return name


def users_of(project: Project, name: str) -> Iterator[tuple[str, str]]:
    """The blocks that stand for a network, or may in a search: the network that each is in, and its id."""
    for network, graph in project.networks.items():
        for node in standing_for(graph, name):
            yield network, node.id


def needed_by(project: Project, *names: str) -> tuple[str, ...]:
    """These networks and all that are used inside them; those that are used come before those that use them."""
    found: dict[str, None] = {}

    def visit(name: str, within: tuple[str, ...]) -> None:
        if name in project.networks and name not in found and name not in within:
            for inner in used_by(project.networks[name]):
                visit(inner, (*within, name))
            found[name] = None

    for name in names:
        visit(name, ())
    return tuple(found)


def circle(project: Project) -> tuple[str, ...]:
    """The names of networks that contain each other, from one around to itself; empty where none does."""
    done: set[str] = set()
    uses = {name: used_by(graph) for name, graph in project.networks.items()}

    def visit(name: str, within: tuple[str, ...]) -> tuple[str, ...]:
        if name in within:
            return (*within[within.index(name) :], name)
        if name in done or name not in uses:
            return ()
        for inner in uses[name]:
            if found := visit(inner, (*within, name)):
                return found
        done.add(name)
        return ()

    return next((found for name in uses if (found := visit(name, ()))), ())


def refusal(before: Project, after: Project) -> str:
    """Why an edit is refused, in a sentence; empty where it is welcome. A circle that was there may stay."""
    if before.networks is after.networks or not (found := circle(after)) or circle(before):
        return ""
    if len(found) == 2:
        return f"The block “{found[0]}” cannot stand inside itself: it would never end."
    way = " in ".join(f"“{name}”" for name in found[-2::-1])
    return f"This would put “{found[0]}” inside itself ({way}), and it would never end."


# Edits


def added(project: Project, graph: Graph, stem: str) -> tuple[Project, str]:
    """The project with one more network, and the name that it has."""
    name = free_name(stem, project.networks)
    return project.with_network(name, graph), name


def duplicated(project: Project, name: str) -> tuple[Project, str]:
    """The project with a copy of a network, standing after it."""
    copy = free_name(name, project.networks)
    order = list(project.networks)
    place = order.index(name) + 1
    whole = project.with_network(copy, project.networks[name])
    return reordered(whole, [*order[:place], copy, *order[place:]]), copy


def renamed(project: Project, old: str, new: str) -> Project:
    """The project with another name for a network, in every block that uses it as well.

    Raises:
        ValueError: with a sentence, when it cannot be called so.
    """
    if new == old:
        return project
    if old == MAIN:
        raise ValueError(f"The network that is trained is called “{MAIN}”: tasks find it by this name.")
    if not new.isidentifier():
        raise ValueError(f"“{new}” cannot name a network: use letters, digits and _, and start with a letter.")
    if new in project.networks:
        raise ValueError(f"There is already a network called “{new}”.")
    changed = _with_blocks(project, old, lambda node: calling(node, {old: new}))
    return _having(changed, {(new if name == old else name): graph for name, graph in changed.networks.items()})


def removed(project: Project, name: str) -> Project:
    """The project without a network.

    Raises:
        ValueError: with a sentence, when it is the one that is trained, or a block uses it.
    """
    if name == MAIN:
        raise ValueError(f"“{MAIN}” is the network that is trained; the others can be deleted.")
    users = [f"“{node}” in “{network}”" for network, node in users_of(project, name)]
    if users:
        more = f" and {len(users) - 1} more" if len(users) > 1 else ""
        raise ValueError(f"“{name}” is used by {users[0]}{more}. Delete or ungroup what uses it first.")
    return _having(project, {one: graph for one, graph in project.networks.items() if one != name})


def reordered(project: Project, names: Iterable[str]) -> Project:
    """The project with its networks in this order."""
    order = list(names)
    assert set(order) == set(project.networks), "every network has its place"
    return _having(project, {name: project.networks[name] for name in order})


def without_unused(project: Project, *names: str) -> Project:
    """The project without those of these networks that no block uses, nor anything that only they used."""
    for name in reversed(needed_by(project, *names)):
        if name != MAIN and not any(users_of(project, name)):
            project = removed(project, name)
    return project


def with_settings(
    project: Project, name: str, change: Callable[[dict[str, object]], dict[str, object]], exposed: tuple[Exposed, ...]
) -> Project:
    """The project where a network exposes these, and each block that uses it has its settings changed along."""
    project = project.with_network(name, project.networks[name].expose(*exposed))

    def changed(block: Component) -> Component:
        if name not in names_of(block):
            return block
        made: Component = block.having(parameters=FrozenDict(change(dict(block.parameters))))
        return made

    return _with_blocks(project, name, lambda node: with_blocks(node, changed))


def _with_blocks(project: Project, name: str, change: Callable[[Node], Node]) -> Project:
    """The project where every block that stands for a network is changed."""
    for network, graph in project.networks.items():
        blocks = list(standing_for(graph, name))
        if blocks:
            project = project.with_network(network, graph.replace(*(change(node) for node in blocks)))
    return project


def _having(project: Project, networks: dict[str, Graph]) -> Project:
    changed: Project = project.having(networks=FrozenDict(networks))
    return changed
