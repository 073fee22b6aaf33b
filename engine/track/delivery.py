"""Delivering one run: what is new in its journal goes to MLflow, each number once."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from engine.events import Continued, Created, Ended, Message, Paused, Started
from engine.runs import RunFolder, alive
from engine.track.description import attempt_tags, data_set, description, note_tags, origin_tags
from engine.track.figures import draw
from engine.track.model import has_model, log_model
from engine.track.points import fresh, points
from engine.track.record import Record, stamp
from engine.track.store import MissingError, Store

CHUNK = 1 << 18
"""Bytes of the journal that are delivered between two writes of the record."""
SIP = 1 << 16
"""Bytes that are delivered at one look while the run goes on: a longer burst would be felt by the training."""
STATUS: Mapping[str, str] = {
    "finished": "FINISHED",
    "pruned": "KILLED",
    "stopped": "KILLED",
    "failed": "FAILED",
    "interrupted": "KILLED",  # nothing was wrong with it, and it can go on
}
KEPT = ("project.json", "request.json", "events.jsonl", "statistics.json", "model.py")
"""The files of a run folder that MLflow keeps copies of."""


class Delivery:
    """One run on its way to MLflow.

    Args:
        run: its folder.
        store: where it goes.
        experiment: the experiment of a run that MLflow does not know yet; the project's name if empty.
    """

    def __init__(self, run: RunFolder, store: Store, *, experiment: str = "") -> None:
        self.run = run
        self._store = store
        self._experiment = experiment
        self._record = Record.read(run)
        self._known = False
        """Whether MLflow was asked, in this life, what it has of the run."""
        self._refused = (-1, -1)
        """The run's stamp when MLflow refused it."""

    @property
    def settled(self) -> bool:
        """Whether MLflow knows all there is to know for now, or will not hear of it."""
        return self._record.up_to_date(self.run) or self._refused == stamp(self.run)

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
        moved = self._tell_notes() or moved
        if not self.live and not self._record.settled:
            self._record.settled = True
            self._keep()
        return moved

    def give_up(self, reason: str) -> None:
        """Leave the run alone until something new happens to it, or another follower tries its luck."""
        self._refused = stamp(self.run)
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
        known = description(self.run)
        name = self._experiment or known.name or self.run.id
        start = next((one.time for one in messages if isinstance(one, Started)), messages[0].time)
        self._record.run = self._store.open(self.run.id, experiment=name, name=self.run.id, time=int(start * 1000))
        created = self._created()
        tags = origin_tags(created)
        written = {name: one for name, one in note_tags(self.run, known.about).items() if one}
        self._store.describe(self._record.run, parameters=known.parameters, tags={**known.tags, **tags, **written})
        if created.group:
            self._store.join(self._record.run, group=created.group, time=int(start * 1000))
        self._catch_up()

    def _created(self) -> Created:
        """What the first line says: where the run comes from."""
        told = self.run.tail().read(limit=1)
        return told[0] if told and isinstance(told[0], Created) else Created(name="")

    def _catch_up(self) -> None:
        for name, step in self._store.steps(self._record.run).items():
            self._record.steps[name] = max(step, self._record.steps.get(name, -1))

    def _begin(self, event: Started) -> None:
        """Tags of this attempt; a run that had ended is running again."""
        again = bool(self._record.state)  # a tag of the attempt before is written over, if only with nothing
        tags = attempt_tags(self.run, event)
        self._store.describe(self._record.run, tags={name: one for name, one in tags.items() if one or again})
        if (found := data_set(self.run)) is not None:
            self._store.learn_from(self._record.run, name=found[0], digest=found[1])
        self._store.state(self._record.run, "RUNNING")
        self._settle(event)

    def _end(self, event: Ended) -> None:
        record = self._record
        with tempfile.TemporaryDirectory(prefix="netloom-figures-") as folder:
            self._store.keep(record.run, draw(self.run, Path(folder)), under="figures")
        self._store.keep(record.run, [self.run.path / name for name in KEPT])
        if (
            event.outcome == "finished"
            and has_model(self.run.model)
            and event.step not in self._store.models(record.run)
        ):
            log_model(self.run.model, uri=record.uri, run=record.run, step=event.step)
        tags = {"netloom.state": event.outcome, "netloom.message": event.message}
        self._store.describe(record.run, tags={name: one for name, one in tags.items() if one})
        self._store.state(record.run, STATUS[event.outcome], end=int(event.time * 1000))
        self._settle(event)
        record.state = event.outcome

    def _settle(self, event: Message) -> None:
        if self._created().group:
            self._store.settle(self._record.run, time=int(event.time * 1000))

    def _tell_notes(self) -> bool:
        """Pass on what a person wrote since; whether there was anything."""
        written = stamp(self.run)[1]
        if self._record.notes == written:
            return False
        if self._record.run:
            notes, about = self.run.notes(), description(self.run).about
            self._store.describe(self._record.run, tags=note_tags(self.run, about))
            self._store.rename(self._record.run, notes.name or self.run.id)
        self._record.notes = written
        self._keep()
        return True

    def _keep(self) -> None:
        self._record.write(self.run)
