"""Telling of a search while it goes on: a line for every trial that is over, and at last the best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from types import TracebackType
from typing import Any, Protocol, Self

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from engine.cli.saying import console, duration, number, say_json
from engine.compare.values import written
from engine.runs import DONE, StudyFolder, Trial

MOST = 6
"""Parameters of a trial that stand on its line."""


class Teller(Protocol):
    """Tells of one study."""

    def __enter__(self) -> Any: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def tell(self, trials: Sequence[Trial], best: Sequence[Trial]) -> None:
        """Tell of trials that changed; `best` is the best one so far, or the front of several objectives."""
        ...

    def conclude(self, state: str, trials: Sequence[Trial], best: Sequence[Trial]) -> None:
        """Tell how it stands, and what was best."""
        ...


class Lines:
    """A JSON object for the study, for every trial that is over, and for the result."""

    def __init__(self, study: StudyFolder, objectives: Sequence[str]) -> None:
        self._study = study
        self._objectives = objectives
        self._told: set[int] = set()

    def __enter__(self) -> Self:
        objectives = list(self._objectives)
        say_json({"type": "study", "study": self._study.id, "folder": str(self._study.path), "objectives": objectives})
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def tell(self, trials: Sequence[Trial], best: Sequence[Trial]) -> None:
        for trial in trials:
            if trial.state in DONE and trial.number not in self._told:
                self._told.add(trial.number)
                say_json({"type": "trial", "study": self._study.id, **plain(trial)})

    def conclude(self, state: str, trials: Sequence[Trial], best: Sequence[Trial]) -> None:
        counts = counted(trials)
        found = [plain(one) for one in best]
        say_json({"type": "result", "study": self._study.id, "state": state, "trials": counts, "best": found})


class Words:
    """A bar over the budget, a line for every trial that is over, and a table of the best."""

    def __init__(self, study: StudyFolder, objectives: Sequence[str], *, budget: int) -> None:
        self._study = study
        self._objectives = objectives
        self._told: set[int] = set()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task("trials", total=budget or None)

    def __enter__(self) -> Self:
        console.print(f"Study [bold]{escape(self._study.id)}[/bold] in {escape(str(self._study.path))}")
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def tell(self, trials: Sequence[Trial], best: Sequence[Trial]) -> None:
        for trial in trials:
            if trial.state in DONE and trial.number not in self._told:
                self._told.add(trial.number)
                star = " [bold]best so far[/bold]" if any(one.number == trial.number for one in best) else ""
                self._bar.console.print(escape(sentence(trial)) + star)
        self._bar.update(self._task, completed=len(self._told))

    def conclude(self, state: str, trials: Sequence[Trial], best: Sequence[Trial]) -> None:
        self._bar.stop()
        words = ", ".join(f"{count} {name}" for name, count in counted(trials).items())
        console.print(f"The study is {state}: {words or 'no trials'}.")
        if best:
            console.print(table(best, self._objectives))
        if state != "finished":
            console.print(escape(f"Go on with: netloom search --resume {self._study.id}"))


def sentence(trial: Trial) -> str:
    """A trial that is over, on one line."""
    took = f"  ({duration(trial.ended - trial.began)})" if trial.began and trial.ended else ""
    values = "  ".join(number(value) for value in trial.values)
    shown = [f"{_short(name)}={written(value)}" for name, value in trial.parameters.items()]
    more = f" and {len(shown) - MOST} more" if len(shown) > MOST else ""
    reason = f"  {trial.message}" if trial.message and not values else ""
    return f"trial {trial.number:>3}  {trial.state:<10} {values}{reason}  {', '.join(shown[:MOST])}{more}{took}"


def table(best: Sequence[Trial], objectives: Sequence[str]) -> Table:
    """The best trial, or the trials of the front, with what was tried in each."""
    made = Table("", *(f"trial {one.number}" for one in best))
    for place, name in enumerate(objectives):
        made.add_row(escape(name), *(number(one.values[place]) for one in best), style="bold")
    for name in dict.fromkeys(name for one in best for name in one.parameters):
        cells = (written(one.parameters[name]) if name in one.parameters else "—" for one in best)
        made.add_row(escape(name), *map(escape, cells))
    made.add_row("run", *(escape(", ".join(one.runs)) for one in best))
    return made


def counted(trials: Sequence[Trial]) -> dict[str, int]:
    """How many trials are in each state, in the order in which the states were met."""
    states = dict.fromkeys(one.state for one in trials)
    return {state: sum(one.state == state for one in trials) for state in states}


def plain(trial: Trial) -> dict[str, Any]:
    """A trial for a program: JSON has no word for a number that is none."""
    return {name: _finite(value) for name, value in trial.to_json().items()}


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {name: _finite(one) for name, one in value.items()}
    return [_finite(one) for one in value] if isinstance(value, list | tuple) else value


def _short(path: str) -> str:
    """The last two parts of a path tell most of it."""
    return ".".join(path.split(".")[-2:])
