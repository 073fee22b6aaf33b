"""Studies as the window knows them: asked of the service while somebody looks, or while one is searched."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.runs import Trial
from engine.spec import Search
from engine.spec.search import read_parameters

if TYPE_CHECKING:
    from studio.service import Service

SOON = 500
"""Milliseconds between an answer and the next question while a study is searched in sight."""
LATER = 3000
"""The same while nothing is searched, or nobody looks."""
SEARCHING = frozenset({"new", "running"})


@dataclass(frozen=True, kw_only=True)
class Objective:
    """What trials are judged by, and which way is better."""

    name: str
    goal: str = "min"


@dataclass(frozen=True, kw_only=True)
class Budget:
    """How much is to be tried and how much was: finished trials, and seconds that workers spent; 0 is no limit."""

    trials: int = 0
    timeout: float = 0.0
    done: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Worker:
    """Who is there, and the number of the trial that it trains; None while it trains none."""

    name: str
    trial: int | None = None


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A line of the list of studies."""

    id: str
    name: str
    project: str = ""
    created: float = 0.0
    state: str = ""
    trials: int = 0
    best: float | None = None
    metric: str = ""
    goal: str = ""
    trouble: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Listed:
        """Read a line of the service's answer."""
        return cls(**{name: data[name] for name in cls.__dataclass_fields__ if name in data})


@dataclass(frozen=True, kw_only=True)
class _Order:
    study: str
    order: str
    arguments: Mapping[str, Any]
    then: Callable[[], object] | None


class StudyModel(QObject):
    """The studies of the workspace, and all of the one that is looked at.

    At most one question of each kind is under way, and the next one is asked half a second after its answer. What was
    known stays when the storage cannot be reached: `trouble` says so.

    Args:
        service: what is asked.
    """

    changed = Signal()
    """The study that is looked at: its trials, state, budget or trouble."""
    chosen = Signal(str)
    """Another study is looked at."""
    listed = Signal()
    """The list of studies."""
    refused = Signal(str)
    """An order could not be handed on; the sentence says why."""

    def __init__(self, service: Service, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._watched = False
        self._asked = {"studies": False, "study": False}
        self._orders: deque[_Order] = deque()
        self.studies: tuple[Listed, ...] = ()
        """The newest first."""
        self.known = False
        """Whether the list was ever answered."""
        self._forget("")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.ask)

    @property
    def line(self) -> Listed | None:
        """What the list says of the study that is looked at."""
        return next((one for one in self.studies if one.id == self.study), None)

    def watch(self, *, on: bool) -> None:
        """Somebody looks, or nobody does any more."""
        self._watched = on
        if on:
            self.ask()
        else:
            self._wait()

    def choose(self, study: str) -> None:
        """Look at another study; none where it is empty."""
        if study != self.study:
            self._forget(study)
            self.chosen.emit(study)
            self.changed.emit()
            self._ask_study()

    def order(self, order: str, *, then: Callable[[], object] | None = None, **arguments: Any) -> None:
        """Hand an order to the study that is looked at; orders are handed on one after the other."""
        assert self.study, "an order needs a study"
        self._orders.append(_Order(study=self.study, order=order, arguments=arguments, then=then))
        if len(self._orders) == 1:
            self._hand_on()

    def ask(self) -> None:
        """Ask for what is new."""
        self._timer.stop()
        self._ask("studies", {}, self._list)
        self._ask_study()

    def close(self) -> None:
        """Ask no more."""
        self._watched = False
        self._timer.stop()

    def _forget(self, study: str) -> None:
        self.study = study
        """The id of the study that is looked at, empty for none."""
        self.trials: tuple[Trial, ...] = ()
        """In the order of their numbers."""
        self.objectives: tuple[Objective, ...] = ()
        self.variables: Mapping[str, Search] = {}
        self.budget = Budget()
        self.workers: tuple[Worker, ...] = ()
        self.message = ""
        """Why nothing further is tried, empty while something is."""
        self.revision = 0
        """Counts news of trials."""
        self.state = ""
        self.trouble = ""
        self.read = not study
        """Whether all of its trials are here."""
        self._revision = ""
        self._found: dict[int, Trial] = {}
        self._asked["study"] = False

    def _ask_study(self) -> None:
        if study := self.study:
            self._ask("study", {"id": study, "since": self._revision}, lambda answer: self._take(study, answer), study)

    def _ask(self, method: str, params: dict[str, Any], then: Callable[[Any], object], study: str = "") -> None:
        if self._asked[method]:
            return
        self._asked[method] = True
        self._service.ask(method, params, then=then, failed=lambda reason: self._failed(method, study, reason))

    def _list(self, answer: list[dict[str, Any]]) -> None:
        self._asked["studies"] = False
        found = tuple(map(Listed.from_json, answer))
        news, self.studies, self.known = found != self.studies or not self.known, found, True
        if news:
            self.listed.emit()
        self._wait()

    def _take(self, study: str, answer: Mapping[str, Any]) -> None:
        if study != self.study:
            return
        self._asked["study"] = False
        self._revision = str(answer["revision"])
        for one in answer["trials"]:
            trial = Trial.from_json(one)
            self._found[trial.number] = trial
        for number in answer.get("gone", ()):
            self._found.pop(number, None)
        if not answer.get("whole", True):
            self._ask_study()
            return
        self._show(answer)
        self._wait()

    def _show(self, answer: Mapping[str, Any]) -> None:
        before = self._facts()
        self.objectives = tuple(Objective(name=one["name"], goal=one["goal"]) for one in answer["objectives"])
        wrapped = {name: {"search": search} for name, search in answer["variables"].items()}
        self.variables = read_parameters(wrapped)
        self.budget = Budget(**answer["budget"])
        self.workers = tuple(Worker(name=one["name"], trial=one["trial"]) for one in answer["workers"])
        self.message = str(answer.get("message", ""))
        self.state, self.trouble, self.read = str(answer["state"]), "", True
        news = bool(answer["trials"]) or bool(answer.get("gone")) or len(self._found) != len(self.trials)
        if news:
            self.trials = tuple(self._found[number] for number in sorted(self._found))
            self.revision += 1
        if news or before != self._facts():
            self.changed.emit()

    def _facts(self) -> tuple[Any, ...]:
        facts = self.objectives, self.variables, self.budget, self.workers
        return *facts, self.state, self.message, self.trouble, self.read

    def _failed(self, method: str, study: str, reason: str) -> None:
        if method == "study" and study != self.study:
            return
        self._asked[method] = False
        if method == "study" and reason != self.trouble:
            self.trouble = reason
            self.changed.emit()
        self._wait()

    def _wait(self) -> None:
        """Ask again in a while, unless an answer is still to come."""
        if any(self._asked.values()):
            return
        searched = self.state in SEARCHING and not self.trouble
        if self._watched or searched:
            self._timer.start(SOON if self._watched and searched else LATER)
        else:
            self._timer.stop()

    def _hand_on(self) -> None:
        one = self._orders[0]
        params = {"id": one.study, "order": one.order, "arguments": dict(one.arguments)}
        self._service.ask("study_order", params, then=lambda _: self._obeyed(), failed=self._disobeyed)

    def _obeyed(self) -> None:
        done = self._orders.popleft()
        if done.then is not None:
            done.then()
        self._next()

    def _disobeyed(self, reason: str) -> None:
        self._orders.popleft()
        self.refused.emit(reason)
        self._next()

    def _next(self) -> None:
        if self._orders:
            self._hand_on()
        else:
            self.ask()
