"""Netloom: a project in a run folder, its journal written, and MLflow told of it by a process beside."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from engine import track
from engine.events import Checkpointed, Message, Started
from engine.runs import RunFolder, Workspace, alive
from engine.track import Record
from engine.track.starting import PROCESS
from engine.train import train_run
from tests.bench.loop.case import Case
from tests.bench.loop.drawn import project

PATIENCE = 60.0  # seconds for what the follower does


class Ours:
    """Trains in a workspace of its own, followed by a process beside."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = Workspace(workspace).prepare()

    def train(self, case: Case, folder: Path) -> float:
        """Train as the case says and return samples per second, from the first step to the last epoch's checkpoint.

        What comes before (opening the data) and behind (the test split, exporting the model) has no counterpart in the
        loops that we are compared with.
        """
        run = self._workspace.new_run(project(case, str(folder)), device="cpu")
        events: list[Message] = []
        with track.followed(self._workspace, events.append) as listener:
            ended = train_run(run, "cpu", on_event=listener)
        assert ended.outcome == "finished", ended.message
        self._await_tracking(run)
        return speed(events)

    def close(self) -> None:
        """Wait until the follower has left, which it does when nothing is new for a while."""
        until(lambda: not alive(self._workspace.process(PROCESS).path), lambda: "the follower stays")

    def _await_tracking(self, run: RunFolder) -> None:
        """Let the follower finish, so that it takes nothing from whoever trains next."""
        log = self._workspace.logs / "track.log"
        until(
            lambda: Record.read(run).up_to_date(run),
            lambda: f"MLflow was not told: {Record.read(run)}, {log.read_text()[-2000:]}",
        )


def until(condition: Callable[[], bool], trouble: Callable[[], str]) -> None:
    """Wait for something that another process does."""
    end = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < end, trouble()
        sleep(0.05)


def speed(events: list[Message]) -> float:
    """Samples per second between the run's start and its last checkpoint."""
    [start] = [one for one in events if isinstance(one, Started)]
    last = [one for one in events if isinstance(one, Checkpointed)][-1]
    return start.samples["train"] * start.epochs / (last.time - start.time)
