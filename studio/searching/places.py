"""Where marks stand: the parameter that a path leads to, and the node that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping

from engine.spec import Catalogue, Component, Declaration, Graph, Node, Parameter, Project, Training, get, parameters_of


def parameter_at(project: Project, path: str, catalogue: Catalogue) -> Parameter | None:
    """What is declared of the setting at a path; None where nobody declares it."""
    place, _, name = path.rpartition(".")
    return next((one for one in _parameters(project, place, catalogue) if one.name == name), None)


def node_at(project: Project, path: str) -> tuple[str, str]:
    """The network and the node that a path leads into; two empty words for what belongs to no node."""
    network, _, rest = path.partition(".")
    node = rest.partition(".")[0].partition("[")[0]
    graph: Graph = project.networks.get(network, Graph())
    return (network, node) if node in graph else ("", "")


def _parameters(project: Project, place: str, catalogue: Catalogue) -> tuple[Parameter, ...]:
    if place == "training":
        return parameters_of(Training)
    try:
        found = get(project, place)
    except ValueError:
        return ()
    network, node = node_at(project, place)
    if node and isinstance(found, Component):
        whole: Node = project.networks[network][node]
        return project.parameters_of(
            whole.having(kind=found.kind, parameters=found.parameters, variants=()), catalogue.layers
        )
    declared = _families(place, catalogue).get(found.kind) if isinstance(found, Component) else None
    return declared.parameters() if declared else ()


def _families(place: str, catalogue: Catalogue) -> Mapping[str, type[Declaration]]:
    stem = place.partition("[")[0].rpartition(".")[2]
    return {
        "optimizer": catalogue.optimizers,
        "schedule": catalogue.schedules,
        "task": catalogue.tasks,
        "dataset": catalogue.datasets,
    }.get(stem, {})
