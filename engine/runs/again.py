"""A run once more: the very same, or the same for more epochs."""

from __future__ import annotations

from pathlib import Path

from engine.runs.folder import RunFolder
from engine.runs.summary import Summary
from engine.runs.workspace import Workspace, WorkspaceError

CONTINUES = "continues"
"""Where `request.json` names the run whose last checkpoint a new run starts from."""
CHECKPOINT = "last.pt"


def repeat(home: Workspace, run: RunFolder, *, device: str) -> RunFolder:
    """A new run of the same frozen project, with its seed; on the same processor its numbers are equal bit for bit.

    Args:
        home: where it is made.
        run: what is repeated.
        device: where; that on which the run was trained, for equal numbers.

    Raises:
        ProjectError: when the run's project cannot be read.
        WorkspaceError: when the new run cannot be written.
    """
    return home.new_run(run.project(), device=device, folder=start_of(run), name=_name(run), origin=run.id)


def go_on(home: Workspace, run: RunFolder, *, device: str, epochs: int, known: Summary | None = None) -> RunFolder:
    """A new run that goes on from a run's last checkpoint until there are so many epochs in all; the old one stays.

    Its worker copies what it needs of the old run when it starts. Raises as `repeat` does, and `WorkspaceError` where
    there is nothing to go on from, or nothing to do.

    Args:
        home: where the new run is made.
        run: what it goes on from.
        device: where it is trained.
        epochs: how many there are to be in all.
        known: the run's summary, from whoever has it; else its journal is read.
    """
    summary = known or run.summary()
    if not has_checkpoint(run):
        raise WorkspaceError(f"“{summary.name}” has no checkpoint left to go on from. Run it again from the start.")
    if epochs <= summary.epoch:
        raise WorkspaceError(f"“{summary.name}” has {summary.epoch} epochs already; ask for more than that.")
    try:
        project = run.project().set("training.epochs", epochs)
    except ValueError as error:
        raise WorkspaceError(str(error)) from None
    made = home.new_run(project, device=device, folder=start_of(run), name=summary.name, origin=run.id)
    made.write_json("request.json", made.request() | {CONTINUES: run.id})
    return made


def has_checkpoint(run: RunFolder) -> bool:
    """Whether there is something to go on from."""
    return (run.checkpoints / CHECKPOINT).exists()


def continued(run: RunFolder) -> RunFolder | None:
    """The run that this one goes on from, though it may be gone; None for one that started afresh."""
    name = run.request().get(CONTINUES)
    return RunFolder(run.path.parent / name) if isinstance(name, str) and name else None


def start_of(run: RunFolder) -> Path:
    """Where the relative paths of a run's project start."""
    return Path(str(run.request().get("folder") or run.path))


def _name(run: RunFolder) -> str:
    """What the run was called when it was made: its first event says so."""
    from engine.events import Created

    first = run.tail().read(limit=1 << 12)
    return next((one.name for one in first if isinstance(one, Created)), "")
