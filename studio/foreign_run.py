"""A run that another tool told MLflow, as the window follows it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any, Literal

from engine.events import Created, Ended, Message, Metrics, Started
from engine.runs import Notes, Summary
from studio.followed import Followed

STATES = {
    "RUNNING": "running",
    "SCHEDULED": "queued",
    "FINISHED": "finished",
    "FAILED": "failed",
    "KILLED": "stopped",
}
SPLITS = re.compile(r"(?P<split>train|training|val|valid|validation|test)[_/.-](?P<name>.+)", re.IGNORECASE)
NAMES = {"training": "train", "val": "validation", "valid": "validation"}
MORE = re.compile(r"acc|f1|auc|r2|score|precision|recall|iou|bleu|dice|reward|return", re.IGNORECASE)
"""Metrics of which more is better, by the words that name them."""
WANTED = ("validation/accuracy", "validation/loss", "validation/", "test/", "loss", "")
"""What decides which step is the best: the first metric that begins like one of these."""
AT_ONCE = 1000
"""Events handed over at a time, so that a long history does not stall the window."""


class ForeignRun(Followed):
    """What MLflow said of it; its history is fetched when somebody wants its curves.

    Metrics are called as ours are where it is plain what they are: `val_loss` is `validation/loss`.

    Args:
        told: the run, as the service tells of it.
        fetch: asks for the history of the run of that id.
    """

    def __init__(self, told: Mapping[str, Any], fetch: Callable[[str], object]) -> None:
        super().__init__(str(told["id"]))
        self.told = told
        self.fetch = fetch
        self.state = STATES.get(str(told["status"]), "finished")
        self._events: list[Message] | None = None
        self._summary = self._brief()

    @property
    def summary(self) -> Summary:
        return self._summary

    @cached_property
    def parameters(self) -> Mapping[str, Any]:
        places = {f"mlflow.{name}": self.told.get(name) for name in ("experiment", "user", "source")}
        return {name: plain(value) for name, value in {**self.told["parameters"], **places}.items() if value != ""}

    @cached_property
    def notes(self) -> Notes:
        """Its note and tags in MLflow, and that it comes from there."""
        tags = (f"{name}: {value}" if value else name for name, value in self.told["tags"].items())
        return Notes(text=str(self.told["note"]), tags=("MLflow", *tags))

    @property
    def fetched(self) -> bool:
        """Whether its history is there."""
        return self._events is not None

    def tail(self) -> History:
        if self._events is None:
            self.fetch(self.id)
        return History(lambda: self._events or [])

    def take(self, history: Mapping[str, Mapping[str, list[float]]]) -> None:
        """Have its history, by metric: `steps`, `times` and `values`."""
        self._events = [*self._beginning(), *measured(history), *self._end()]
        summary = Summary().add(self._events)
        summary.last = {**summary.last, **self._metrics()}
        self._summary = summary

    def _brief(self) -> Summary:
        """What is known without the history."""
        summary = Summary().add([*self._beginning(), *self._end()])
        summary.last = self._metrics()
        return summary

    def _metrics(self) -> dict[str, float]:
        return renamed(self.told["metrics"])

    def _beginning(self) -> Iterator[Message]:
        began, watch = float(self.told["started"]), watched(self._metrics())
        yield Created(time=began, name=str(self.told["name"]))
        goal: Literal["max", "min"] = "max" if MORE.search(watch) else "min"
        yield Started(time=began, device="", pid=0, host="", epochs=0, steps_per_epoch=1, watch=watch, goal=goal)

    def _end(self) -> Iterator[Message]:
        if self.told["ended"] and self.state in {"finished", "failed", "stopped"}:
            yield Ended(time=float(self.told["ended"]), outcome=self.state)  # type: ignore[arg-type]


class History:
    """The events of a run that are there, from the first on.

    Args:
        events: gives all that are there now.
    """

    begun_anew = False

    def __init__(self, events: Callable[[], list[Message]]) -> None:
        self._events = events
        self._told = 0

    def read(self, *, limit: int | None = None) -> list[Message]:
        """The next of them."""
        found = self._events()[self._told : self._told + AT_ONCE]
        self._told += len(found)
        return found

    def behind(self) -> bool:
        """Whether there are more."""
        return self._told < len(self._events())


def measured(history: Mapping[str, Mapping[str, list[float]]]) -> list[Message]:
    """Metrics as events, a step each. Where nobody counted steps, values are numbered in the order of their times."""
    values: dict[int, dict[str, float]] = {}
    times: dict[int, float] = {}
    for name, told in zip(renamed(history), history.values(), strict=True):
        steps = [max(0, int(step)) for step in told["steps"]]
        if len(steps) > 1 and len(set(steps)) == 1:
            steps = list(range(1, len(steps) + 1))
        for step, time, value in zip(steps, told["times"], told["values"], strict=True):
            values.setdefault(step, {})[name] = value
            times[step] = max(time, times.get(step, 0.0))
    return [Metrics(time=times[step], epoch=step, step=step, values=values[step]) for step in sorted(values)]


def renamed(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """The same under names that ours have, where that takes no other's name."""
    found: dict[str, Any] = {}
    for name, value in metrics.items():
        ours = _ours(name)
        found[name if ours in metrics or ours in found else ours] = value
    return found


def watched(metrics: Mapping[str, float]) -> str:
    """The metric that decides which step is the best."""
    return next((name for wanted in WANTED for name in metrics if name.startswith(wanted)), "")


def plain(value: Any) -> Any:
    """A parameter's text as the number or truth value that it spells."""
    if value in {"True", "False"}:
        return value == "True"
    for kind in (int, float):
        with suppress(ValueError, TypeError):
            return found if math.isfinite(found := kind(value)) else value
    return value


def _ours(name: str) -> str:
    found = SPLITS.fullmatch(name)
    if found is None:
        return name
    split = found["split"].lower()
    return f"{NAMES.get(split, split)}/{found['name']}"
