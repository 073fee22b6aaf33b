"""Which runs belong together: those of one group, or of one value of a setting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studio.live import Live

GROUP = "group"


def ways(live: Live, runs: Sequence[str]) -> dict[str, str]:
    """By what the runs can be grouped, and what that is called: a setting in which they differ, or their group."""
    found = {GROUP: "group"} if any(live.summary(run).group for run in runs) else {}
    return found | {path: path for path in differing([live.parameters(run) for run in runs])}


def grouped(live: Live, runs: Sequence[str], by: str) -> dict[str, list[str]]:
    """The runs by what they have in common, as a person would say it; those that have nothing to say are left out."""
    groups: dict[str, list[str]] = {}
    for run in runs:
        name = live.summary(run).group if by == GROUP else _value(live.parameters(run), by)
        if name:
            groups.setdefault(name, []).append(run)
    return dict(sorted(groups.items(), key=lambda one: _sorting(one[0])))


def differing(settings: Sequence[Mapping[str, Any]]) -> list[str]:
    """The paths at which not all of some runs have the same."""
    first, *others = settings or [{}]
    shared = set(first).intersection(*others)
    found = {path for one in others for path, value in one.items() if path in shared and not _same(value, first[path])}
    every = dict.fromkeys(path for one in settings for path in one)
    return [path for path in every if path in found or path not in shared]


def _same(one: object, other: object) -> bool:
    return one is other or (type(one) is type(other) and one == other)


def _value(settings: Mapping[str, Any], path: str) -> str:
    if path not in settings:
        return ""
    name, value = path.rpartition(".")[2], settings[path]
    return f"{name} = {value:g}" if isinstance(value, float) else f"{name} = {value}"


def _sorting(name: str) -> tuple[float, str]:
    """Numbers by their size, before words."""
    try:
        return float(name.rpartition("= ")[2]), name
    except ValueError:
        return float("inf"), name
