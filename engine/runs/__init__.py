"""Run folders and workspaces, read and written by window, worker, command line and tracker alike."""

from engine.runs.better import improves, is_better
from engine.runs.choices import choice, choose
from engine.runs.folder import RunFolder
from engine.runs.git import commit_of
from engine.runs.journal import Journal, Tail, append
from engine.runs.notes import Notes
from engine.runs.owner import Owner, TakenError, alive, holder
from engine.runs.statistics import Comparison, Effect, Spread, compare, spread
from engine.runs.study_folder import StudyFolder
from engine.runs.summary import State, Summary
from engine.runs.trials import DONE, Trial, TrialState
from engine.runs.workspace import HOME, Workspace, WorkspaceError

__all__ = [
    "DONE",
    "HOME",
    "Comparison",
    "Effect",
    "Journal",
    "Notes",
    "Owner",
    "RunFolder",
    "Spread",
    "State",
    "StudyFolder",
    "Summary",
    "Tail",
    "TakenError",
    "Trial",
    "TrialState",
    "Workspace",
    "WorkspaceError",
    "alive",
    "append",
    "choice",
    "choose",
    "commit_of",
    "compare",
    "holder",
    "improves",
    "is_better",
    "spread",
]
