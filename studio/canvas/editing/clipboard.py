"""Part of a network as text, to be copied anywhere and pasted back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.spec import Graph, Project, ProjectError, project_from_json, project_to_json
from studio.blocks import needed_by, used_by

KIND = "netloom-nodes"
VERSION = 2
"""The second holds frames, and the networks that blocks stand for."""
PART = "the part"
"""What the part is called among the networks: no name that a network can have."""
LARGEST = 8_000_000
"""Characters; a network of ten thousand layers is less, and more would take the window's breath away."""
NOTHING = "The clipboard holds no layers: copy some on a canvas first."


@dataclass(frozen=True, slots=True)
class Part:
    """Nodes, links and frames, with what they need to be used elsewhere.

    Args:
        graph: the nodes, links and frames.
        home: a project that holds the networks which blocks among them stand for.
    """

    graph: Graph
    home: Project = field(default_factory=Project)


def to_text(part: Part) -> str:
    """A part as JSON text that a person can read."""
    names = needed_by(part.home, *used_by(part.graph))
    networks = {PART: part.graph, **{name: part.home.networks[name] for name in names}}
    data = project_to_json(Project(networks=networks))["networks"]
    used = {name: graph for name, graph in data.items() if name != PART}
    whole = {KIND: VERSION, **data[PART], **({"networks": used} if used else {})}
    return json.dumps(whole, indent=1, ensure_ascii=False)


def from_text(text: str) -> Part:
    """The part that a text holds: what `to_text` wrote, or a whole project's first network; words around it are let be.

    Raises:
        ValueError: with a sentence, when it holds none.
    """
    if len(text) > LARGEST:
        raise ValueError(f"The clipboard holds {len(text) / 1e6:.0f} million characters, too many to be layers.")
    data = _object_in(text)
    if KIND in data:
        if data[KIND] not in range(1, VERSION + 1):
            raise ValueError(
                "The layers in the clipboard were copied by a newer Netloom. Update Netloom to paste them."
            )
        body = {name: value for name, value in data.items() if name not in (KIND, "networks")}
        others = data.get("networks", {})
        networks = {PART: body, **(others if isinstance(others, dict) else {})}
    elif isinstance(data.get("networks"), dict):
        networks = data["networks"]
    else:
        raise ValueError(NOTHING)
    return _part(networks)


def _object_in(text: str) -> dict[str, Any]:
    """The JSON object in a text, which may be fenced or have words around it as in a chat."""
    start, end = text.find("{"), text.rfind("}")
    try:
        data = json.loads(text[start : end + 1]) if start >= 0 else None
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, dict):
        return data
    raise ValueError(NOTHING)


def _part(networks: Mapping[str, Any]) -> Part:
    try:
        project = project_from_json({**_header(), "networks": networks})
    except ProjectError as error:
        raise ValueError(f"The layers in the clipboard cannot be used: {error}") from None
    filled = (graph for graph in project.networks.values() if graph.nodes or graph.frames)
    found = project.networks.get(PART) or next(filled, None)
    if found is None or not (found.nodes or found.frames):
        raise ValueError("The clipboard holds a network without layers.")
    if not all(abs(axis) < 1e7 for node in found.nodes for axis in node.position):
        raise ValueError("The layers in the clipboard stand where no canvas reaches.")
    return Part(found, project)


def _header() -> dict[str, object]:
    empty = project_to_json(Project())
    return {"format": empty["format"], "version": empty["version"]}
