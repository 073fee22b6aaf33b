"""Asking MLflow on somebody's behalf who waits: quickly, or with a sentence that says why not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from engine.runs import RunFolder, Workspace
from engine.track.places import own_uri, tracking_uri
from engine.track.record import Record
from engine.track.starting import QUIET
from engine.track.trouble import in_words

IMPATIENT = {"MLFLOW_HTTP_REQUEST_MAX_RETRIES": "0", "MLFLOW_HTTP_REQUEST_TIMEOUT": "5"}
"""A person waits: a server that says nothing for so many seconds counts as dead."""
LOCKED = 5.0
"""Seconds that a person waits for a file that another program holds."""


class TrackingError(ValueError):
    """MLflow cannot do it; the sentence says why."""


class Asking:
    """A workspace's MLflow, as it is chosen now.

    Args:
        workspace: whose runs.
        patience: seconds after which a file that another program holds counts as locked.
    """

    def __init__(self, workspace: Workspace, *, patience: float = LOCKED) -> None:
        self.workspace = workspace
        self._patience = patience

    @property
    def uri(self) -> str:
        """MLflow's address."""
        return tracking_uri(self.workspace)

    @property
    def empty(self) -> bool:
        """Whether there cannot be anything yet: asking would only make an empty database."""
        return self.uri == own_uri(self.workspace) and not self.workspace.database.exists()

    @contextmanager
    def client(self) -> Iterator[Any]:
        """MLflow's client; whatever fails within is raised as `TrackingError`, in words."""
        for name, value in (QUIET | IMPATIENT).items():
            os.environ.setdefault(name, value)
        uri = self.uri
        from mlflow import MlflowClient

        from engine.track.patience import wait_at_most

        wait_at_most(self._patience)
        try:
            yield MlflowClient(uri, registry_uri=uri)
        except TrackingError:
            raise
        except Exception as error:
            raise TrackingError(in_words(error, uri)) from error

    def id_of(self, run: str) -> str:
        """The id that one of our runs has in MLflow, or that of another tool's run; empty where it has none yet."""
        folder = RunFolder(self.workspace.runs / run)
        if not folder.path.exists():
            return run
        record = Record.read(folder)
        return record.run if record.uri == self.uri else ""

    def why_unknown(self, run: str) -> str:
        """Why one of our runs has no id in this MLflow."""
        record = Record.read(RunFolder(self.workspace.runs / run))
        if record.run and record.uri != self.uri:
            return f"This run was told to another MLflow ({record.uri}), and its model is there."
        return record.trouble or "MLflow has not heard of this run yet. Try again in a moment."
