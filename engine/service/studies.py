"""Questions about studies, and orders to them. Optuna keeps what is told here; it is loaded by the first question."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.runs import StudyFolder, Trial, Workspace
from engine.runs.front import best_trials
from engine.runs.study_folder import STORAGE
from engine.runs.trials import DONE
from engine.service.part import Answer, Methods, Part
from engine.spec import Catalogue
from engine.spec.search import write_parameters

if TYPE_CHECKING:
    from engine.search import Handle

AT_ONCE = 500
"""Trials of one answer at most: so many are read by the window within a frame."""
KEPT = 4
"""Studies that stay open for the list."""
LATER = 30.0
"""Seconds between two looks at a study whose storage is elsewhere."""


class Studies(Part):
    """Tells of studies what changed, and hands them orders.

    Args:
        workspace: whose studies they are.
        catalogue: what samplers and pruners there are.
    """

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        super().__init__(workspace, catalogue)
        self._told: dict[str, Told] = {}
        self._lines: dict[str, tuple[Any, dict[str, Any]]] = {}
        self._open: OrderedDict[str, Handle] = OrderedDict()

    @property
    def methods(self) -> Methods:
        return {
            "studies": (self.studies, "looking for studies"),
            "study": (self.study, "reading the study"),
            "study_order": (self.order, "handing on what you asked the study"),
        }

    def studies(self) -> Answer:
        """Every study, the newest first: `id`, `name`, `project`, `created`, `state`, `trials`, `best`, `trouble`.

        `trials` counts those that are over; `best` is None while there is none; `trouble` says why a study cannot be
        read, and is empty where it can.
        """
        return [self._line(folder) for folder in self.workspace.all_studies()]

    def study(self, id: str, since: str = "") -> Answer:  # noqa: A002 - what it is called in the question
        """A study as it is, and those of its trials that are others since an earlier answer.

        Args:
            id: the study's.
            since: `revision` of that answer; empty for all trials.

        The answer has `revision`, `whole` (false while more trials are to be asked for), `state`, `message`, `budget`,
        `objectives` (`name`, `goal`), `variables` (a search by name), `trials`, `gone` (numbers of deleted trials) and
        `workers` (`name`, `trial`).

        Raises:
            ValueError: in words, where its storage cannot be read.
        """
        folder = self._folder(id)
        with in_words():
            told = self._told.get(id)
            if told is None:
                self._told = {id: Told(_opened(folder, self.catalogue))}  # one is looked at at a time
                told = self._told[id]
            description = described(told.handle)  # first: a study that is said to be finished then has all its trials
            told.read()
            return {**told.answer(since), **description}

    def order(self, id: str, order: str, arguments: Mapping[str, Any] | None = None) -> Answer:  # noqa: A002
        """Hand an order to a study: pause, resume, extend, stop_trial, delete_trial, restore_trial or enqueue.

        Raises:
            ValueError: in words, where its storage cannot be written.
        """
        with in_words():
            _opened(self._folder(id), self.catalogue).order(order, **(arguments or {}))
        return {"ordered": order}

    def _folder(self, name: str) -> StudyFolder:
        folder = StudyFolder(self.workspace.studies / name)
        if not (folder.path / "study.json").exists():
            self._told.pop(name, None)
            raise ValueError("This study is gone: its folder is no longer in the workspace.")
        return folder

    def _line(self, folder: StudyFolder) -> dict[str, Any]:
        """What the list says of a study; one whose files are as they were is not read again."""
        stamp = _stamp(folder)
        known = self._lines.get(folder.id)
        if known is None or known[0] != stamp:
            self._lines[folder.id] = (stamp, self._read_line(folder))
        return self._lines[folder.id][1]

    def _read_line(self, folder: StudyFolder) -> dict[str, Any]:
        line = {
            "id": folder.id,
            "name": folder.title or folder.id,
            "project": "",
            "created": folder.details().get("created", 0.0),
        }
        line |= {"state": "", "trials": 0, "best": None, "trouble": ""}
        try:
            line["project"] = folder.project().name
            line["name"] = folder.title or _named(line["project"], line["created"])
            with in_words():
                handle = self._handle(folder)
                line["state"] = handle.state()
                _, trials = handle.trials()
                line["trials"] = sum(one.state in DONE for one in trials)
                best = best_trials(trials, [one.goal for one in handle.objectives])
                line["best"] = best[0].values[0] if best else None
        except (ValueError, OSError) as error:
            self._open.pop(folder.id, None)
            line["trouble"] = str(error)
        return line

    def _handle(self, folder: StudyFolder) -> Handle:
        """The study, kept open while it is one of those that were read last."""
        if folder.id not in self._open:
            self._open[folder.id] = _opened(folder, self.catalogue)
        self._open.move_to_end(folder.id)
        while len(self._open) > KEPT:
            self._open.popitem(last=False)
        return self._open[folder.id]


class Told:
    """What is known of a study's trials, in the order in which they became so.

    Args:
        handle: the study.
    """

    def __init__(self, handle: Handle) -> None:
        self.handle = handle
        self._session = secrets.token_hex(4)
        self._revision = -1
        self._counter = 0
        self._trials: dict[int, tuple[int, Trial]] = {}
        self._gone: list[int] = []

    def read(self) -> None:
        """Read what changed in the storage."""
        self._revision, changed = self.handle.trials(self._revision)
        for trial in changed:
            self._counter += 1
            self._trials.pop(trial.number, None)
            self._trials[trial.number] = (self._counter, trial)  # those that changed last stand last
        self._gone = sorted(self.handle.orders().deleted)
        for number in self._gone:
            self._trials.pop(number, None)

    def answer(self, since: str) -> dict[str, Any]:
        """The next trials after an earlier answer; one that another session gave counts as none."""
        session, _, number = since.partition(":")
        last = int(number) if session == self._session and number.isdecimal() else 0
        newer: list[tuple[int, Trial]] = []
        for place, trial in reversed(self._trials.values()):
            if place <= last:
                break
            newer.append((place, trial))
        newer.reverse()
        sent = newer[:AT_ONCE]
        return {
            "revision": f"{self._session}:{sent[-1][0] if sent else last}",
            "whole": len(sent) == len(newer),
            "trials": [trial.to_json() for _, trial in sent],
            "gone": self._gone,
        }


def described(handle: Handle) -> dict[str, Any]:
    """What a study is and does, without its trials."""
    budget = handle.budget()
    used = {"done": budget.trials, "seconds": budget.seconds}
    variables = write_parameters(handle.variables)
    return {
        "state": handle.state(),
        "message": handle.message(),
        "budget": {"trials": budget.most_trials, "timeout": budget.most_seconds, **used},
        "objectives": [{"name": one.name, "goal": one.goal} for one in handle.objectives],
        "variables": {name: one["search"] for name, one in variables.items()},
        "workers": handle.workers(),
    }


@contextmanager
def in_words() -> Iterator[None]:
    """Let a storage that does not answer be a sentence."""
    from engine.search import is_trouble, reason_of

    try:
        yield
    except Exception as error:
        if isinstance(error, ValueError) or not is_trouble(error):
            raise
        text = f"The study's storage does not answer: {reason_of(error)}. It is asked again by itself; nothing is lost."
        raise ValueError(text) from None


def _named(project: str, created: float) -> str:
    """What a study is called that nobody named: its project, and when it began."""
    when = datetime.fromtimestamp(created).astimezone()
    return f"{project}, {when.day} {when:%b %H:%M}"


def _opened(folder: StudyFolder, catalogue: Catalogue) -> Handle:
    from engine.search import open_study

    return open_study(folder, catalogue)


def _stamp(folder: StudyFolder) -> tuple[Any, ...]:
    """What tells whether a study's files are others than they were; of a storage elsewhere that is not known."""
    files = ("study.json", STORAGE, f"{STORAGE}-wal", "workers")
    found = [_seen(folder.path / name) for name in files]
    away = None if not folder.details().get("storage") else int(time.time() / LATER)
    return (*found, folder.workers(), away)


def _seen(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
