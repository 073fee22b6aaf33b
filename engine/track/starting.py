"""Starting the follower beside whatever else Netloom does."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.events import Started
from engine.runs import Workspace, alive

PROCESS = "track"
"""The name under which a workspace knows its follower."""

CALM = 10.0
"""Seconds that a run has to itself before its follower is started: loading MLflow takes a core for some seconds, which
is more than a short run lasts. One that ends sooner is told of when it has ended."""

QUIET = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "true",
    "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
    "MLFLOW_MODEL_CATALOG_URI": "",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
    "GIT_PYTHON_REFRESH": "quiet",
    # The follower has a patience of its own: one that waits inside MLflow sees neither new events nor its end.
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "20",
}
"""The environment that keeps MLflow from asking the network for anything but its own server."""


_children: set[int] = set()
"""Followers that were started here and, as far as we know, have not ended."""


@contextmanager
def followed(workspace: Workspace, then: Callable[[Any], None] | None = None) -> Iterator[Callable[[Any], None]]:
    """Have MLflow told of what is trained inside; gives a listener for the events, which passes them on to `then`.

    A follower that is about to leave looks once more for news after letting go of its place. So it is asked for when
    there is some: a moment after the run's start, and behind its end.
    """
    heard, due = False, math.inf

    def listen(event: Any) -> None:
        nonlocal heard, due
        heard = True
        if isinstance(event, Started):
            due = time.monotonic() + CALM
        elif time.monotonic() > due:
            due = math.inf
            start(workspace)
        if then is not None:
            then(event)

    try:
        yield listen
    finally:
        if heard:  # a run that was refused has no news
            start(workspace)


def start(workspace: Workspace) -> bool:
    """See that the workspace has a follower, a process that outlives us; whether one was started."""
    _bury()
    if alive(workspace.process(PROCESS).path):
        return False
    workspace.logs.mkdir(parents=True, exist_ok=True)
    with (workspace.logs / "track.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "engine.track", "--workspace", str(workspace.path)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=Path(__file__).parents[2],  # where `engine` is found, installed or not
            env={**os.environ, **QUIET},
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
            | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    process.returncode = 0  # nobody waits for it, and Python need not warn of that
    _children.add(process.pid)
    return True


def _bury() -> None:
    """Let go of followers that ended while we lived, which would stay zombies until we end too."""
    if os.name != "posix":
        return
    for pid in tuple(_children):
        try:
            ended = os.waitpid(pid, os.WNOHANG)[0] == pid
        except ChildProcessError:  # somebody else waited for it
            ended = True
        if ended:
            _children.discard(pid)
