"""Run folders and workspaces, read and written by window, worker, command line and tracker alike."""

from engine.runs.better import improves, is_better
from engine.runs.folder import RunFolder
from engine.runs.journal import Journal, Tail, append
from engine.runs.notes import Notes
from engine.runs.owner import Owner, TakenError, alive, holder
from engine.runs.summary import State, Summary
from engine.runs.workspace import HOME, Workspace, WorkspaceError

__all__ = [
    "HOME",
    "Journal",
    "Notes",
    "Owner",
    "RunFolder",
    "State",
    "Summary",
    "Tail",
    "TakenError",
    "Workspace",
    "WorkspaceError",
    "alive",
    "append",
    "holder",
    "improves",
    "is_better",
]
