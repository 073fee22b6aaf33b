"""`netloom export`: a network as PyTorch."""

from __future__ import annotations

import sys
from pathlib import Path

from engine.api import load, to_pytorch
from engine.cli.saying import console
from engine.runs import Workspace
from engine.spec import SUFFIX, write_atomically


def export_to(what: str, to: Path | None, *, network: str = "model", workspace: Path | None = None) -> int:
    """Write the network of a project file or of a run; without a place to write to, print it."""
    if Path(what).is_file() or what.endswith(SUFFIX):
        text = to_pytorch(load(what), folder=Path(what).absolute().parent, network=network)
        weights = None
    else:
        run = (Workspace(workspace) if workspace else Workspace.default()).find_run(what)
        text = to_pytorch(run.project(), folder=str(run.request().get("folder") or run.path), network=network)
        places = (run.model / "model.safetensors", run.checkpoints / "best.safetensors")
        weights = next((one for one in places if one.exists()), None)
    if to is None:
        sys.stdout.write(text)
        return 0
    write_atomically(to, text)
    console.print(f"Written to {to}.", markup=False)
    if weights is not None and network == "model":
        console.print(f"Its weights: {weights}", markup=False)
    return 0
