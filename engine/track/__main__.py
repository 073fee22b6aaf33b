"""`python -m engine.track --workspace W`: tell MLflow of all runs in a workspace, then end."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from engine.runs import TakenError, Workspace
from engine.track.places import tracking_uri
from engine.track.retelling import told_of_all, untold
from engine.track.starting import PROCESS, QUIET

if TYPE_CHECKING:
    from engine.track.follower import Follower


def main(arguments: Sequence[str] | None = None) -> int:
    """Follow the workspace, unless another process does."""
    parser = argparse.ArgumentParser(prog="python -m engine.track", description="Tell MLflow of a workspace's runs.")
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--leftovers", action="store_true", help="end at once where nothing is left to tell")
    given = parser.parse_args(arguments)
    workspace = Workspace(given.workspace)
    if given.leftovers and not _leftovers(workspace):
        return 0  # before MLflow is loaded: the window asks at every start
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.WARNING)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    os.environ.update({name: value for name, value in QUIET.items() if name not in os.environ})
    yield_to_training()
    follower: Follower | None = None
    while True:
        try:
            with workspace.process(PROCESS) as owner:  # before MLflow is loaded: who finds us there loads nothing
                if follower is None or follower.outdated:
                    follower = _follower(workspace)
                heard = follower.follow(owner)
        except TakenError:
            return 0
        waiting = follower.outdated or follower.has_news()  # a run that began while we left found us still there
        if not heard or not waiting:
            return 0


def _leftovers(workspace: Workspace) -> bool:
    uri = tracking_uri(workspace)
    of_all = told_of_all(workspace, uri)
    return any(untold(run, uri, of_all=of_all) for run in workspace.all_runs())


def _follower(workspace: Workspace) -> Follower:
    from engine.track.follower import Follower  # after the environment is set: MLflow reads it when it is imported

    return Follower(workspace, tracking_uri(workspace))


def yield_to_training() -> None:
    """Take only what processor time nobody else wants."""
    process = psutil.Process()
    process.nice(psutil.IDLE_PRIORITY_CLASS if sys.platform == "win32" else 19)
    if sys.platform == "linux" and os.getsid(0) == process.pid:
        # Between sessions Linux shares out by group, whatever each one's processes are worth: a follower in a session
        # of its own took half of the training's time while it imported MLflow.
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text("19")


if __name__ == "__main__":
    sys.exit(main())
