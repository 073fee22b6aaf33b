"""What was chosen for a workspace: `workspace.json` in its folder."""

from __future__ import annotations

import json
from typing import Any

from engine.runs.workspace import Workspace
from engine.spec import write_atomically

FILE = "workspace.json"


def choice(workspace: Workspace, name: str) -> str:
    """What was chosen, empty for nothing.

    There is `tracking_uri`, MLflow's address; `experiment`, a name for all runs; and `told_of_all`, the address of the
    MLflow that is to know the runs, too, that another was told of before.
    """
    return str(_read(workspace).get(name) or "")


def choose(workspace: Workspace, **chosen: str) -> None:
    """Choose; what else the file says stays. Raise OSError where it cannot be written."""
    kept = {name: value for name, value in {**_read(workspace), **chosen}.items() if value}
    write_atomically(workspace.path / FILE, json.dumps(kept, indent=1))


def _read(workspace: Workspace) -> dict[str, Any]:
    try:
        found = json.loads((workspace.path / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
