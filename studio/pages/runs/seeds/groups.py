"""Which of the selected runs are the same but for the seed, and what each of them came to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.runs import Spread, spread
from studio.states import LIVELY

if TYPE_CHECKING:
    from studio.live import Live

SEED = "training.seed"


@dataclass(frozen=True, kw_only=True)
class Member:
    """A run of a group: its metrics at its best epoch, and those of the test split."""

    run: str
    seed: int
    state: str
    values: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Runs of one project over several seeds.

    Args:
        key: tells it from others.
        name: what it is called.
        members: its runs, one for each seed, the lowest seed first.
        repeats: runs left out since a newer one has their seed.
        watch: the metric by which epochs are judged.
        goal: whether it should be low or high.
    """

    key: str
    name: str
    members: tuple[Member, ...]
    repeats: int = 0
    watch: str = ""
    goal: str = "min"

    @property
    def finished(self) -> tuple[Member, ...]:
        """Those that are done, and count."""
        return tuple(one for one in self.members if one.state == "finished")

    @property
    def lively(self) -> tuple[Member, ...]:
        """Those that are still to come."""
        return tuple(one for one in self.members if one.state in LIVELY)

    def values(self, metric: str) -> list[tuple[Member, float]]:
        """What each finished run has of a metric."""
        return [(one, one.values[metric]) for one in self.finished if metric in one.values]

    def spread(self, metric: str) -> Spread:
        """Mean and interval of a metric."""
        return spread(value for _, value in self.values(metric))


def groups_of(live: Live, runs: Iterable[str]) -> tuple[Group, ...]:
    """The selected runs and the others of their groups, put together by group, else by settings but for the seed."""
    selected = [run for run in runs if live.state(run)]  # one that was just queued is not known at once
    wanted = {group for run in selected if (group := live.summary(run).group)}
    others = [run for run in live.runs if live.summary(run).group in wanted] if wanted else []
    kinds: dict[object, list[str]] = {}
    for run in dict.fromkeys([*selected, *others]):
        kinds.setdefault(_kind(live, run), []).append(run)
    return tuple(_group(live, several) for several in kinds.values())


def metrics_of(groups: Sequence[Group]) -> list[str]:
    """What can be compared: the watched metric first, then the test split's, then the rest."""
    watches = [group.watch for group in groups]
    names = dict.fromkeys(name for group in groups for one in group.finished for name in one.values)
    split = {"test": 0, "validation": 1}
    return sorted(names, key=lambda name: (name not in watches, split.get(name.partition("/")[0], 2)))


def _kind(live: Live, run: str) -> object:
    group = live.summary(run).group
    if group:
        return group
    settings = live.parameters(run)
    return frozenset((name, str(value)) for name, value in settings.items() if name != SEED) if settings else run


def _group(live: Live, runs: Sequence[str]) -> Group:
    """A group of runs, of which the newest of each seed counts (finished ones before others)."""
    newest: dict[int, Member] = {}
    for run in sorted(runs, key=lambda run: (live.state(run) == "finished", live.summary(run).created)):
        member = _member(live, run)
        newest[member.seed] = member
    first = live.summary(runs[0])
    name = first.group or first.name or runs[0]
    return Group(
        key=first.group or runs[-1],
        name=name,
        members=tuple(newest[seed] for seed in sorted(newest)),
        repeats=len(runs) - len(newest),
        watch=first.watch,
        goal=first.goal,
    )


def _member(live: Live, run: str) -> Member:
    summary, seed = live.summary(run), live.parameters(run).get(SEED, 0)
    rest = {name: value for name, value in summary.last.items() if name not in summary.best}
    return Member(
        run=run,
        seed=seed if isinstance(seed, int) else 0,
        state=live.state(run),
        values={**summary.best, **rest},
    )
