"""`netloom compare`: what differs between runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from engine.cli.saying import console, errors, say_json
from engine.compare import (
    MISSING,
    UNKNOWN,
    Comparison,
    Line,
    NetworkDifference,
    NodeDifference,
    Subject,
    elided,
    read_subject,
)
from engine.runs import Workspace
from engine.spec import Catalogue, Link, Search

SIGNS = {
    "added": ("+", "cyan"),
    "removed": ("−", "magenta"),
    "changed": ("~", "yellow"),
    "inside": ("~", "yellow"),
    "moved": ("↕", "yellow"),
    "renamed": ("=", "default"),
}
"""How a difference is marked, by sign and color."""


def compare_runs(names: Sequence[str], workspace: Path | None, *, every: bool = False, json: bool = False) -> int:
    """Lay runs beside each other; the first is what the others are compared with.

    Raise WorkspaceError for a run that is not there, and ValueError for fewer than two.
    """
    home = Workspace(workspace) if workspace else Workspace.default()
    found = [home.find_run(name) for name in names]
    twice = next((run.id for at, run in enumerate(found) if run in found[:at]), "")
    if twice:
        raise ValueError(f"The run '{twice}' is named twice, and a run does not differ from itself. Name another.")
    if len(found) < 2:
        raise ValueError("Name two runs or more; `netloom runs` lists them.")
    compared = Comparison([read_subject(run) for run in found], Catalogue.load())
    if json:
        say_json(as_json(compared))
    else:
        _show(compared, every=every)
    return 0


def as_json(compared: Comparison) -> dict[str, Any]:
    """A comparison for programs: every line, and the networks of each run against those of the first."""
    others = range(1, len(compared.subjects))
    return {
        "runs": [{"run": one.id, "name": one.name} for one in compared.subjects],
        "remarks": list(compared.remarks),
        "lines": [_line_json(line) for line in compared.lines],
        "networks": [
            {"run": compared.subjects[at].id, **_network_json(one)}
            for at in others
            for one in compared.networks(0, at)
            if one.differs or one.differing
        ],
    }


def _line_json(line: Line) -> dict[str, Any]:
    values = [_plain(value) for value in line.values]
    return {"section": line.place.section, "name": line.place.name, "values": values, "differs": line.differs}


def _network_json(one: NetworkDifference) -> dict[str, Any]:
    links = {"added": one.added_links, "removed": one.removed_links}
    return {
        "network": one.name,
        "nodes": [_node_json(node) for node in one.differing],
        "links": {what: [_link(link) for link in found] for what, found in links.items()},
    }


def _node_json(node: NodeDifference) -> dict[str, Any]:
    changes = {change.name or "kind": [_plain(change.before), _plain(change.after)] for change in node.changes}
    before, after = (None if one is None else one.id for one in (node.before, node.after))
    return {"status": node.status, "kind": node.kind, "before": before, "after": after, "changes": changes}


def _plain(value: Any) -> Any:
    """JSON has no word for what is not there, nor for a number that is none."""
    if value in (MISSING, UNKNOWN) or (isinstance(value, float) and not isfinite(value)):
        return None
    return value.model_dump(exclude_defaults=True) if isinstance(value, Search) else value


def _link(link: Link) -> str:
    return f"{link.source}.{link.output} → {link.target}.{link.input}"


# For people


def _show(compared: Comparison, *, every: bool) -> None:
    for remark in compared.remarks:
        errors.print(remark)
    lines = compared.lines if every else compared.differences
    if lines:
        console.print(table(compared.subjects, lines))
    else:
        console.print("Nothing differs.")
    for at in range(1, len(compared.subjects)):
        differing = [one for one in compared.networks(0, at) if one.differs or one.differing]
        if differing:
            console.print(networks(compared.subjects[0], compared.subjects[at], differing))


def table(subjects: Sequence[Subject], lines: Sequence[Line]) -> Table:
    """A line for each setting and a column for each run; what departs from the first run is bold."""
    made = Table("", *(escape(one.title) for one in subjects), show_edge=False, pad_edge=False)
    section = ""
    for line in lines:
        if line.place.section != section:
            section = line.place.section
            made.add_section()
            made.add_row(Text(section, style="bold cyan"))
        made.add_row(escape(line.place.name), *(_cell(line, column) for column in range(len(subjects))))
    return made


def _cell(line: Line, column: int) -> Text:
    departs = line.departs(column, 0)
    cell = Text(elided(line.text(column)), style="bold" if departs else "")
    return cell.append(f"  {line.relation(column, 0)}".rstrip(), style="dim not bold") if departs else cell


def networks(before: Subject, after: Subject, differing: Sequence[NetworkDifference]) -> RenderableType:
    """What became of the networks of one run in another, a line for each node and link."""
    title = Text(f"\nThe networks of {after.title}, compared with {before.title}")
    return Group(title, *(line for one in differing for line in _network(one)))


def _network(one: NetworkDifference) -> Iterator[Text]:
    yield Text(f"{one.name}{'' if all(one.names) else ' (new)' if one.names[1] else ' (gone)'}", style="bold")
    for node in one.differing:
        sign, color = SIGNS[node.status]
        yield (
            Text(f"  {sign} ", style=color)
            .append(f"{node.id}  ", style="default")
            .append(elided("; ".join(node.words), 100), style="dim")
        )
    for sign, links in (("+", one.added_links), ("−", one.removed_links)):
        for link in links:
            yield Text(f"  {sign} {_link(link)}", style="dim")
