"""A study as the window, the command line and its workers hold it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

import optuna
from optuna.trial import FrozenTrial

from engine.runs import StudyFolder
from engine.runs.front import best_trials
from engine.runs.trials import DONE, Trial
from engine.search.attributes import Who, read
from engine.search.budget import Budget
from engine.search.distributions import stored
from engine.search.errors import StudyError
from engine.search.living import is_attended, is_here, running
from engine.search.objectives import Judged, objectives_of
from engine.search.orders import DELETED, PAUSED, SINCE, STOPPED, TIMEOUT, TRIALS, TROUBLE, Orders
from engine.search.storage import shut
from engine.spec import Catalogue, Project, Search
from engine.spec.space import space_of

StudyState: TypeAlias = Literal["new", "running", "paused", "finished", "interrupted"]


class Handle:
    """An open study. Ask it from one thread.

    Args:
        study: in its storage.
        folder: here.
        project: with its marks.
        catalogue: what it is made of.
    """

    def __init__(self, study: optuna.Study, folder: StudyFolder, project: Project, catalogue: Catalogue) -> None:
        self.study = study
        self.folder = folder
        self.project = project
        self.variables: Mapping[str, Search] = space_of(project).variables
        self.objectives: tuple[Judged, ...] = objectives_of(project, catalogue)
        self._revision = time.time_ns() // 1_000_000  # above all that an earlier handle gave
        self._known: dict[int, tuple[int, Trial]] = {}

    def trials(self, changed_since: int = -1) -> tuple[int, list[Trial]]:
        """A revision, and the trials that changed since another one: all of them since -1.

        Raises:
            optuna.exceptions.StorageInternalError: among others, when the storage does not answer (`is_trouble`).
        """
        deleted = self.orders().deleted
        changed = [one for one in self._frozen() if self._is_open(one.number)]
        fresh = {one.number: read(one, self.variables) for one in changed if one.number not in deleted}
        news = {number: one for number, one in fresh.items() if self._seen(number) != one}
        if news or any(number in self._known for number in deleted):
            self._revision += 1
        self._known |= {number: (self._revision, one) for number, one in news.items()}
        for number in deleted:
            self._known.pop(number, None)
        return self._revision, [one for revision, one in self._known.values() if revision > changed_since]

    def best(self) -> list[Trial]:
        """The best trial, or of several objectives those that no other beats in everything; empty without any."""
        trials = sorted(self.trials()[1], key=lambda one: one.number)
        return best_trials(trials, [one.goal for one in self.objectives])

    def close(self) -> None:
        """Let go of the storage; a question after that opens it again."""
        shut(self.study._storage)

    def orders(self) -> Orders:
        """What the study was told since it was made."""
        return Orders.of(self.study.user_attrs, self.project.study)

    def budget(self) -> Budget:
        """What of it is used."""
        return Budget.of(self._frozen(), self.orders())

    def state(self) -> StudyState:
        """What it does: `interrupted` where it should run, and nobody is there."""
        orders, trials = self.orders(), self._frozen()
        busy = running(trials)
        if self.folder.workers() or any(is_attended(one, self.folder) for one in busy):
            return "paused" if orders.paused and not busy else "running"
        budget = Budget.of(trials, orders)
        if (budget.enough or orders.trouble) and not busy:
            return "finished"
        if orders.paused:
            return "paused"
        return "interrupted" if any(one.datetime_start is not None for one in trials) else "new"

    def message(self) -> str:
        """Why nothing further is tried, in the user's words; empty while something is."""
        return self.orders().trouble or self.budget().enough

    def workers(self) -> list[dict[str, Any]]:
        """Who is there: `name`, and the number of the `trial` that it trains, None while it trains none."""
        attended = [(one, who) for one in running(self._frozen()) if (who := Who.of(one)) is not None]
        busy = {who.words: one.number for one, who in attended if is_attended(one, self.folder)}
        here = [Who(place=one, home="", pid=0, started=0).words for one in self.folder.workers()]
        away = [who.words for one, who in attended if not is_here(who, self.folder) and who.words in busy]
        return [{"name": name, "trial": busy.get(name)} for name in dict.fromkeys((*here, *away))]

    # Orders: written where all workers look.

    def pause(self) -> None:
        """Let running trials write a checkpoint and wait."""
        self.study.set_user_attr(PAUSED, True)

    def resume(self) -> None:
        """Let it go on; somebody has to start workers where none are left."""
        self.study.set_user_attr(PAUSED, False)
        self.study.set_user_attr(TROUBLE, "")
        self.study.set_user_attr(SINCE, len(self._frozen()))

    def extend(self, *, trials: int = 0, timeout: float = 0.0) -> None:
        """Give it so many trials, or seconds, more than it has, or than it has used where that is more."""
        orders, budget = self.orders(), self.budget()
        if trials:
            self.study.set_user_attr(TRIALS, max(orders.trials, budget.trials) + trials)
        if timeout:
            self.study.set_user_attr(TIMEOUT, max(orders.timeout, budget.seconds) + timeout)
        if orders.trials and not trials and budget.trials >= orders.trials:
            self.study.set_user_attr(TRIALS, 0)  # time alone was asked for, and no trial is left to use it

    def stop_trial(self, number: int) -> None:
        """End a trial that runs or waits; it counts for nothing."""
        self.study.set_user_attr(f"{STOPPED}{number}", True)

    def delete_trial(self, number: int) -> None:
        """Let nobody see a trial any more, ending it where it runs. The sampler goes on learning of it."""
        self.stop_trial(number)
        self.study.set_user_attr(f"{DELETED}{number}", True)

    def restore_trial(self, number: int) -> None:
        """Let a deleted trial be seen again."""
        self.study.set_user_attr(f"{DELETED}{number}", False)

    def enqueue(self, parameters: Mapping[str, Any]) -> None:
        """Let a point be tried next; what it does not say is chosen by the sampler."""
        unknown = [name for name in parameters if name not in self.variables]
        if unknown:
            raise StudyError(f"The study varies no '{unknown[0]}'. It varies: {', '.join(self.variables)}.")
        self.study.enqueue_trial({name: _stored(value) for name, value in parameters.items()})

    def order(self, name: str, **details: Any) -> None:
        """One of the orders above by its name, for those who send them."""
        orders: Mapping[str, Callable[..., None]] = {
            "pause": self.pause,
            "resume": self.resume,
            "extend": self.extend,
            "stop_trial": self.stop_trial,
            "delete_trial": self.delete_trial,
            "restore_trial": self.restore_trial,
            "enqueue": self.enqueue,
        }
        if name not in orders:
            raise StudyError(f"A study knows no order '{name}'.")
        orders[name](**details)

    def _frozen(self) -> list[FrozenTrial]:
        return self.study.get_trials(deepcopy=False)

    def _is_open(self, number: int) -> bool:
        """Whether a trial may still change."""
        found = self._seen(number)
        return found is None or found.state not in DONE

    def _seen(self, number: int) -> Trial | None:
        return self._known[number][1] if number in self._known else None


def _stored(value: Any) -> Any:
    return stored(tuple(value) if isinstance(value, list) else value)
