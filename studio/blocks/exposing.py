"""What a block lets one set from outside: which parameters inside take a value under which name."""

from __future__ import annotations

import re

from engine.spec import RESERVED, Exposed, Graph, Project
from studio.blocks.networks import with_settings
from studio.blocks.standing import standing_for


def exposed_by(graph: Graph, node: str, parameter: str) -> Exposed | None:
    """What sets a parameter from outside, if anything does."""
    return next((one for one in graph.exposed if (node, parameter) in one.targets), None)


def expose(project: Project, network: str, node: str, parameter: str, *, name: str = "") -> Project:
    """The project where a parameter inside can be set from outside: under the name of another one, or its own."""
    graph: Graph = project.networks[network]
    if exposed_by(graph, node, parameter) is not None:
        return project
    names = [one.name for one in graph.exposed]
    if name in names:
        exposed = [
            one.having(targets=(*one.targets, (node, parameter))) if one.name == name else one for one in graph.exposed
        ]
    else:
        made = Exposed(name=_free(name or parameter, node, names), targets=((node, parameter),))
        exposed = [*graph.exposed, made]
    return project.with_network(network, graph.expose(*exposed))


def unexpose(project: Project, network: str, node: str, parameter: str) -> Project:
    """The project where a parameter inside keeps its own value; a name that sets nothing any more goes."""
    graph: Graph = project.networks[network]
    found = exposed_by(graph, node, parameter)
    if found is None:
        return project
    if len(found.targets) == 1:
        return remove_exposed(project, network, found.name)
    left = found.having(targets=tuple(target for target in found.targets if target != (node, parameter)))
    return project.with_network(network, graph.expose(*(left if one is found else one for one in graph.exposed)))


def rename_exposed(project: Project, network: str, old: str, new: str) -> Project:
    """The project with another name for what is exposed, in every block that sets it as well.

    Raises:
        ValueError: with a sentence, when it cannot be called so.
    """
    graph: Graph = project.networks[network]
    exposed = tuple(one.having(name=new) if one.name == old else one for one in graph.exposed)
    graph.expose(*exposed)  # a name that cannot be is refused before anything else is changed
    project = with_settings(
        project,
        network,
        lambda settings: {(new if name == old else name): value for name, value in settings.items()},
        exposed,
    )
    return _retargeted(project, network, old, new)


def remove_exposed(project: Project, network: str, name: str) -> Project:
    """The project where nothing is set under this name any more; blocks forget the values that they gave."""
    graph: Graph = project.networks[network]
    exposed = tuple(one for one in graph.exposed if one.name != name)
    project = with_settings(
        project, network, lambda settings: {one: value for one, value in settings.items() if one != name}, exposed
    )
    return _retargeted(project, network, name, "")


def move_exposed(project: Project, network: str, name: str, *, down: int) -> Project:
    """The project with what is exposed in another order: so many places further down, or up if negative."""
    graph: Graph = project.networks[network]
    order = list(graph.exposed)
    place = next(place for place, one in enumerate(order) if one.name == name)
    one = order.pop(place)
    order.insert(min(max(place + down, 0), len(order)), one)
    return project.with_network(network, graph.expose(*order))


def _free(name: str, node: str, taken: list[str]) -> str:
    name = name if name not in RESERVED else f"{node}_{name}"
    if name not in taken:
        return name
    stem = re.sub(r"\W", "_", f"{node}_{name}")
    found, number = stem, 2
    while found in taken:
        found, number = f"{stem}_{number}", number + 1
    return found


def _retargeted(project: Project, network: str, old: str, new: str) -> Project:
    """The project where networks that expose this parameter of their blocks follow its name, or let go of it."""
    for name, graph in project.networks.items():
        blocks = {one.id for one in standing_for(graph, network)}
        exposed = tuple(_renamed(one, blocks, old, new) for one in graph.exposed)
        if exposed != graph.exposed:
            for lost in [one.name for one in exposed if not one.targets]:
                project = remove_exposed(project, name, lost)
            kept: Graph = project.networks[name]
            project = project.with_network(name, kept.expose(*(one for one in exposed if one.targets)))
    return project


def _renamed(exposed: Exposed, blocks: set[str], old: str, new: str) -> Exposed:
    targets = ((node, new if node in blocks and parameter == old else parameter) for node, parameter in exposed.targets)
    changed: Exposed = exposed.having(targets=tuple(target for target in targets if target[1]))
    return changed
