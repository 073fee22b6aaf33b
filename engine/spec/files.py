"""Project files: JSON text with a format version, saved whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from engine.spec.declaration import Component
from engine.spec.graph import Graph
from engine.spec.project import Project
from engine.spec.search import read_parameters, write_parameters
from engine.spec.study import Study
from engine.spec.value import FrozenDict, Value
from engine.spec.writing import component_from_json, component_to_json

FORMAT = "netloom"
VERSION = 3
SUFFIX = ".netloom"

UPGRADES: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {
    1: dict,  # the second knows frames, bookmarks, muted nodes, led wires and exposed parameters, all of them optional
    2: dict,  # the third knows studies, variants, optional nodes and marks of the training, all of them optional
}
"""From a version to the next: what turns an older file's object into a newer one's."""
BODY = ("dataset", "task")
SECTIONS = {"training": ("optimizer", "schedule"), "study": ("sampler", "pruner")}
"""Where a project's components stand, besides those in networks."""


class ProjectError(ValueError):
    """A project file that cannot be used, in the user's words."""


def read_project(path: Path) -> Project:
    """Read a project file of this or an older version; raise `ProjectError` with file, place and reason."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ProjectError(f"There is no file '{path}'.") from None
    except IsADirectoryError:
        raise ProjectError(f"'{path}' is a folder, not a project file.") from None
    except UnicodeDecodeError:
        raise ProjectError(f"'{path.name}' is not a Netloom project: it is not text.") from None
    except OSError as error:
        raise ProjectError(f"'{path}' cannot be read: {error.strerror}.") from None
    try:
        return parse_project(text)
    except ProjectError as error:
        raise ProjectError(f"'{path.name}' cannot be opened: {error}") from None


def write_project(path: Path, project: Project) -> None:
    """Save a project; the old file stays whole until the new one is on the disk. Raise `ProjectError` on failure."""
    try:
        write_atomically(path, format_project(project))
    except OSError as error:
        raise ProjectError(
            f"'{path}' could not be saved: {error.strerror}. Nothing was overwritten; try another place."
        ) from None


def parse_project(text: str) -> Project:
    """The project that a file's text describes; raise `ProjectError` when it describes none."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        hint = (
            "the file is empty or was cut off"
            if error.pos >= len(text.rstrip())
            else f"line {error.lineno} is not JSON ({error.msg})"
        )
        raise ProjectError(f"{hint}.") from None
    except RecursionError:
        raise ProjectError("it is nested too deeply to be a project.") from None
    return project_from_json(data)


def format_project(project: Project) -> str:
    """A project as file text: readable, one node or link to a line, and the same for equal projects."""
    return _pretty(project_to_json(project)) + "\n"


def project_from_json(data: Any) -> Project:
    """The project in a decoded JSON object, upgraded where it is older; raise `ProjectError` when there is none."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ProjectError("it is not a Netloom project.")
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ProjectError("its format version is missing.")
    if version > VERSION:
        raise ProjectError(
            f"it was saved by a newer Netloom (format {version}; this one reads up to {VERSION}). "
            "Update Netloom to open it."
        )
    for older in range(version, VERSION):
        data = UPGRADES[older](data)
    try:
        return _read(data)
    except ValidationError as error:
        raise ProjectError(_in_words(error)) from None
    except (AttributeError, KeyError, TypeError, RecursionError):
        raise ProjectError("its parts are not where they belong; it may have been edited by hand.") from None


def project_to_json(project: Project) -> dict[str, Any]:
    """A project as plain JSON: what `project_from_json` reads back equal."""
    return {**_body(project), "networks": {name: _graph_to_json(graph) for name, graph in project.networks.items()}}


def project_text(project: Project) -> str:
    """`project_to_json` as text without line breaks, in the time of what was edited since it was written last."""
    networks = (f"{json.dumps(name)}: {_graph_text(graph)}" for name, graph in project.networks.items())
    return json.dumps(_body(project))[:-1] + ', "networks": {' + ", ".join(networks) + "}}"


def write_atomically(path: Path, text: str, *, flush: bool = True) -> None:
    """Write text beside the file, flush it to the disk and rename it over; on OSError the old file stays.

    What can be made again need not be flushed, which takes milliseconds; it is lost where the machine loses its power.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            if flush:
                os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _read(data: dict[str, Any]) -> Project:
    body = {key: value for key, value in data.items() if key not in ("format", "version", "networks")}
    sections = {name: dict(body[name]) for name in ("training", "study") if name in body}
    for owner, names in ((body, BODY), *((section, SECTIONS[name]) for name, section in sections.items())):
        owner |= {name: component_from_json(owner[name]) for name in names if owner.get(name) is not None}
    if "marks" in (training := sections.get("training", {})):
        training["marks"] = FrozenDict(read_parameters(training["marks"]))
    networks = {str(name): _graph_from_json(name, graph) for name, graph in data.get("networks", {}).items()}
    return Project.model_validate({**body, **sections, "networks": FrozenDict(networks)})


def _graph_from_json(name: str, data: Mapping[str, Any]) -> Graph:
    nodes = [
        {
            **node,
            "parameters": FrozenDict(read_parameters(node.get("parameters", {}))),
            "variants": tuple(component_from_json(one) for one in node.get("variants", ())),
        }
        for node in data.get("nodes", [])
    ]
    try:
        return Graph.model_validate({**data, "nodes": nodes})
    except ValidationError as error:
        raise ProjectError(f"in the network '{name}', {_in_words(error)}") from None


def _graph_to_json(graph: Graph) -> dict[str, Any]:
    return {
        "nodes": [node.data() for node in graph.nodes],
        "links": [link.data() for link in graph.links],
        **_extras(graph),
    }


def _graph_text(graph: Graph) -> str:
    nodes, links = ", ".join(node.text for node in graph.nodes), ", ".join(link.text for link in graph.links)
    extras = (f', "{name}": {json.dumps(found)}' for name, found in _extras(graph).items())
    return f'{{"nodes": [{nodes}], "links": [{links}]{"".join(extras)}}}'


def _extras(graph: Graph) -> dict[str, Any]:
    """What few networks have: a file says nothing that goes without saying."""
    found = {name: getattr(graph, name) for name in ("exposed", "frames", "bookmarks")}
    return {name: [one.model_dump(mode="json") for one in some] for name, some in found.items() if some}


def _body(project: Project) -> dict[str, Any]:
    parts = {name: _plain(getattr(project, name)) for name in Project.model_fields if name != "networks"}
    if project.study == Study():
        del parts["study"]
    return {"format": FORMAT, "version": VERSION, **parts}


def _plain(value: Any) -> Any:
    if isinstance(value, Component):
        return component_to_json(value)
    if isinstance(value, Value):
        found = {name: _plain(getattr(value, name)) for name in type(value).model_fields}
        return {name: one for name, one in found.items() if name != "marks" or one}
    if isinstance(value, FrozenDict):
        return write_parameters(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _pretty(value: Any, depth: int = 0) -> str:
    """JSON with two spaces of indent, where an object or list of the fourth level and deeper stays on its line."""
    if depth >= 4 or not isinstance(value, dict | list) or not value:
        return json.dumps(value, ensure_ascii=False)
    pad = "  " * (depth + 1)
    if isinstance(value, dict):
        rows = [
            f"{pad}{json.dumps(str(key), ensure_ascii=False)}: {_pretty(one, depth + 1)}" for key, one in value.items()
        ]
        return "{\n" + ",\n".join(rows) + "\n" + "  " * depth + "}"
    return "[\n" + ",\n".join(pad + _pretty(one, depth + 1) for one in value) + "\n" + "  " * depth + "]"


def _in_words(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    reason = str(first["msg"]).removeprefix("Value error, ").removeprefix("Input ").rstrip(".")
    return f"'{place}': {reason}." if place else f"{reason}."
