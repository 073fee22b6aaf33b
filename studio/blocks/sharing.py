"""Blocks on their way between projects: as a file that holds a network and all that it uses."""

from __future__ import annotations

from collections.abc import Mapping

from engine.spec import FrozenDict, Graph, Project
from studio.blocks.networks import MAIN, free_name, needed_by
from studio.blocks.standing import blocks_of, calling, used_by


def block_file(project: Project, name: str, *, title: str = "", about: str = "") -> Project:
    """A project that holds a network, first, and after it all that it uses."""
    names = (name, *(one for one in reversed(needed_by(project, name)) if one != name))
    networks = FrozenDict({one: project.networks[one] for one in names})
    return Project(name=title or name, about=about, networks=networks)


def tops(project: Project) -> tuple[str, ...]:
    """The networks of a project that no other one of it uses: what somebody who adds the project's blocks wants."""
    used = {inner for graph in project.networks.values() for inner in used_by(graph)}
    filled = [name for name, graph in project.networks.items() if graph.nodes]
    return tuple(name for name in filled if name not in used) or tuple(filled[:1])


def brought(project: Project, other: Project, *names: str) -> tuple[Project, Mapping[str, str]]:
    """The project with networks of another one and all that they use; and what each is called here.

    A network that is here already, equal in all, is used as it is; a name that is taken by something else gets a
    number. The network that is trained in the other project is called after that project.
    """
    called: dict[str, str] = {}
    for name in needed_by(other, *names):
        graph = _calling(other.networks[name], called)
        stem = other.name if name == MAIN else name
        called[name] = _equal(project, stem, graph) or free_name(stem, project.networks)
        if called[name] not in project.networks:
            project = project.with_network(called[name], graph)
    return project, called


def _calling(graph: Graph, called: Mapping[str, str]) -> Graph:
    """The network with its blocks standing for networks by their names here."""
    blocks = [node for node in graph.nodes if blocks_of(node)]
    return graph.replace(*(calling(node, called) for node in blocks)) if blocks else graph


def _equal(project: Project, name: str, graph: Graph) -> str:
    """The network here that is the same, of several the one of the same name."""
    found = [one for one, here in project.networks.items() if here == graph and one != MAIN]
    return name if name in found else next(iter(found), "")
