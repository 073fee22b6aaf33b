"""`netloom new`: a project from a template, or the list of templates."""

from __future__ import annotations

import json as reading
from pathlib import Path

from rich.table import Table

from engine.cli.saying import console, say_json
from engine.cli.window import TEMPLATES
from engine.spec import SUFFIX, Project, read_project, write_project


def list_templates(*, json: bool = False) -> int:
    """Print the templates, by category."""
    rows = [
        {"template": name, "category": category, "parameters": parameters, "about": _template(name).about}
        for category, names in _listed().items()
        for name, parameters in names.items()
    ]
    if json:
        say_json(rows)
        return 0
    table = Table("template", "category", "parameters", "what it is")
    for row in rows:
        table.add_row(str(row["template"]), str(row["category"]), f"{row['parameters']:,}", str(row["about"]))
    console.print(table)
    console.print("`netloom new TEMPLATE --to FILE` starts a project from one.")
    return 0


def new_file(name: str, to: Path | None, *, json: bool = False) -> int:
    """Write a project that begins as a template; raise ValueError where there is no such, or the file exists."""
    known = [one for names in _listed().values() for one in names]
    if name not in known:
        raise ValueError(f"There is no template '{name}'. There are: {', '.join(known)}.")
    path = to if to is not None else Path(f"{name}{SUFFIX}")
    if path.exists():
        raise ValueError(f"'{path}' is there already; name another file with --to.")
    write_project(path, _template(name))
    if json:
        say_json({"template": name, "file": str(path)})
    else:
        console.print(f"{path} is written. `netloom {path}` opens it, `netloom train {path}` trains it.")
    return 0


def _listed() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = reading.loads((TEMPLATES / "gallery.json").read_text("utf-8"))
    return found


def _template(name: str) -> Project:
    return read_project(TEMPLATES / f"{name}{SUFFIX}")
