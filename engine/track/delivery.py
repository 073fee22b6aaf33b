"""Delivering one run: what is new in its journal goes to MLflow, each number once."""

from __future__ import annotations

import getpass
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from engine.events import Continued, Ended, Message, Paused, Started
from engine.runs import RunFolder, alive
from engine.spec import ProjectError, Search, flatten
from engine.track.model import has_model, log_model
from engine.track.points import fresh, points
from engine.track.record import Record
from engine.track.store import MissingError, Store

CHUNK = 1 << 18
"""Bytes of the journal that are delivered between two writes of the record."""
SIP = 1 << 16
"""Bytes that are delivered at one look while the run goes on: a longer burst would be felt by the training."""
STATUS: Mapping[str, str] = {
    "finished": "FINISHED",
    "stopped": "KILLED",
    "failed": "FAILED",
    "interrupted": "KILLED",  # nothing was wrong with it, and it can go on
}
JUST_NOW = 120.0
"""Seconds after a start in which the folder's commit is still taken for the run's."""

Settings: TypeAlias = dict[str, Any]


class Delivery:
    """One run on its way to MLflow."""

    def __init__(self, run: RunFolder, store: Store) -> None:
        self.run = run
        self._store = store
        self._record = Record.read(run)
        self._known = False
        """Whether MLflow was asked, in this life, what it has of the run."""
        self._refused = -1
        """The journal's size when MLflow refused it."""

    @property
    def settled(self) -> bool:
        """Whether MLflow knows all there is to know for now, or will not hear of it."""
        return self._record.up_to_date(self.run) or self._refused == self.run.events.stat().st_size

    @property
    def live(self) -> bool:
        """Whether more is to be expected."""
        return self._record.state in ("running", "paused")

    def advance(self) -> bool:
        """Deliver what is new; return whether there was anything. Raise what MLflow raises: then call again later."""
        owned = alive(self.run.owner.path)  # before reading: whatever a dead owner wrote is read below
        self._recall()
        moved = False
        while found := self._read(SIP if self.live and owned else CHUNK):
            self._deliver(*found)
            moved = True
            if self.live and owned:
                break
        if not owned and self.live:
            self._end(Ended(outcome="interrupted", time=self.run.events.stat().st_mtime))
        if not self.live and not self.settled:
            self._record.settled = True
            self._keep()
        return moved

    def give_up(self, reason: str) -> None:
        """Leave the run alone until something new happens to it, or another follower tries its luck."""
        self._refused = self.run.events.stat().st_size
        self.wait(reason)

    def wait(self, reason: str) -> None:
        """Write down what keeps MLflow from being told, for whoever wonders."""
        if self._record.trouble != reason:
            self._record.trouble = reason
            self._keep()

    def _read(self, limit: int) -> tuple[list[Message], int] | None:
        tail = self.run.tail(offset=self._record.offset)
        messages = tail.read(limit=limit)
        return None if tail.offset == self._record.offset else (messages, tail.offset)

    def _deliver(self, messages: list[Message], offset: int) -> None:
        record = self._record
        record.settled = False
        begun = [one for one in messages if isinstance(one, Started)]
        over = [one for one in messages if isinstance(one, Ended)]
        if record.run or begun or any(one.outcome == "failed" for one in over):  # one taken out of the queue never was
            if not record.run:
                self._open(messages)
            if begun:
                self._begin(begun[-1])
            told = dict(record.steps)
            self._store.measure(record.run, list(fresh(points(messages), told)))
            record.steps = told
        for message in messages:
            self._follow(message)
        if over and record.run and not self.live:
            self._end(over[-1])
        record.offset, record.trouble = offset, ""
        self._keep()

    def _follow(self, message: Message) -> None:
        match message:
            case Started() | Continued():
                self._record.state = "running"
            case Paused():
                self._record.state = "paused"
            case Ended(outcome=outcome):
                self._record.state = outcome

    def _recall(self) -> None:
        """See what MLflow has of the run; one that is told another MLflow, or was forgotten, is told from its start."""
        if self._known:
            return
        if self._record.uri != self._store.uri:
            self._record = Record(uri=self._store.uri)
        if self._record.run:
            try:
                self._catch_up()
            except MissingError:
                self._record = Record(uri=self._store.uri)
        self._known = True

    def _open(self, messages: list[Message]) -> None:
        project = self._settings()
        name = str(project.get("name") or self.run.id)
        start = next((one.time for one in messages if isinstance(one, Started)), messages[0].time)
        self._record.run = self._store.open(self.run.id, experiment=name, name=self.run.id, time=int(start * 1000))
        self._store.describe(self._record.run, parameters=project.get("parameters", {}), tags=project.get("tags", {}))
        self._catch_up()

    def _catch_up(self) -> None:
        for name, step in self._store.steps(self._record.run).items():
            self._record.steps[name] = max(step, self._record.steps.get(name, -1))

    def _settings(self) -> Settings:
        try:
            project = self.run.project()
        except ProjectError:
            return {}
        parameters = {
            name: value.model_dump(exclude_defaults=True) if isinstance(value, Search) else value
            for name, value in flatten(project).items()
        }
        tags = {"netloom.fingerprint": project.fingerprint(), "mlflow.note.content": project.about}
        return {
            "name": project.name,
            "parameters": parameters,
            "tags": {name: one for name, one in tags.items() if one},
        }

    def _begin(self, event: Started) -> None:
        """Tags of this attempt; a run that had ended is running again."""
        if time.time() - event.time < JUST_NOW:
            self._record.commit = _commit(Path(str(self.run.request().get("folder") or self.run.path)))
        tags = {
            "mlflow.source.name": "netloom",
            "mlflow.source.type": "LOCAL",
            "mlflow.user": _user(),
            "mlflow.source.git.commit": self._record.commit,
            "netloom.folder": str(self.run.path),
            "netloom.device": event.device,
            "netloom.host": event.host,
            "netloom.state": "running",
            "netloom.message": "",
            **{f"netloom.version.{name}": version for name, version in event.versions.items()},
        }
        again = bool(self._record.state)  # a tag of the attempt before is written over, if only with nothing
        self._store.describe(self._record.run, tags={name: one for name, one in tags.items() if one or again})
        self._store.state(self._record.run, "RUNNING")

    def _end(self, event: Ended) -> None:
        record = self._record
        files = [self.run.path / name for name in ("project.json", "request.json", "events.jsonl", "statistics.json")]
        self._store.keep(record.run, files)
        if (
            event.outcome == "finished"
            and has_model(self.run.model)
            and event.step not in self._store.models(record.run)
        ):
            log_model(self.run.model, uri=record.uri, run=record.run, step=event.step)
        tags = {"netloom.state": event.outcome, "netloom.message": event.message}
        self._store.describe(record.run, tags={name: one for name, one in tags.items() if one})
        self._store.state(record.run, STATUS[event.outcome], end=int(event.time * 1000))
        record.state = event.outcome

    def _keep(self) -> None:
        self._record.write(self.run)


def _commit(folder: Path) -> str:
    """The commit that a folder's repository stands at, empty where there is none."""
    try:
        found = subprocess.run(
            ["git", "-C", str(folder), "rev-parse", "HEAD"], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return found.stdout.strip() if found.returncode == 0 else ""


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name, as in some containers
        return ""
