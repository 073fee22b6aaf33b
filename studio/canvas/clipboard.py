"""Part of a network as text, to be copied anywhere and pasted back."""

from __future__ import annotations

import json

from engine.spec import Graph, Project, ProjectError, project_from_json, project_to_json

KIND = "netloom-nodes"


def to_text(graph: Graph) -> str:
    """Nodes and links as JSON text that a person can read."""
    data = project_to_json(Project(networks={"part": graph}))["networks"]["part"]
    return json.dumps({KIND: 1, **data}, indent=1, ensure_ascii=False)


def from_text(text: str) -> Graph:
    """The nodes that a text holds: what `to_text` wrote, or a whole project's first network.

    Raises:
        ValueError: with a sentence, when it holds none.
    """
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise ValueError("The clipboard holds no layers: copy some on a canvas first.") from None
    if not isinstance(data, dict) or (KIND not in data and "networks" not in data):
        raise ValueError("The clipboard holds no layers: copy some on a canvas first.")
    networks = data["networks"] if "networks" in data else {"part": {k: v for k, v in data.items() if k != KIND}}
    try:
        project = project_from_json({**_header(), "networks": networks})
    except ProjectError as error:
        raise ValueError(f"The layers in the clipboard cannot be used: {error}") from None
    found = next((graph for graph in project.networks.values() if graph.nodes), None)
    if found is None:
        raise ValueError("The clipboard holds a network without layers.")
    assert isinstance(found, Graph)
    return found


def _header() -> dict[str, object]:
    empty = project_to_json(Project())
    return {"format": empty["format"], "version": empty["version"]}
