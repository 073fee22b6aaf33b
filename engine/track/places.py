"""Where a workspace's runs are told to: its own SQLite file, or the MLflow server that was chosen instead."""

from __future__ import annotations

import os
import shlex

from engine.runs import Workspace, choice

VARIABLE = "MLFLOW_TRACKING_URI"


def tracking_uri(workspace: Workspace) -> str:
    """MLflow's address: the variable MLFLOW_TRACKING_URI, `tracking_uri` in `workspace.json`, or the own file."""
    return os.environ.get(VARIABLE) or choice(workspace, "tracking_uri") or own_uri(workspace)


def own_uri(workspace: Workspace) -> str:
    """The address of the workspace's own SQLite file."""
    return f"sqlite:///{workspace.database.as_posix()}"


def ui_command(workspace: Workspace) -> str:
    """What a person types to look at the runs in MLflow's own pages."""
    uri = tracking_uri(workspace)
    return f"open {uri}" if uri.startswith("http") else f"mlflow ui --backend-store-uri {shlex.quote(uri)}"
