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
    settings = [live.parameters(run) for run in runs]
    paths = dict.fromkeys(path for one in settings for path in one)
    return found | {path: path for path in paths if _differs(settings, path)}


def grouped(live: Live, runs: Sequence[str], by: str) -> dict[str, list[str]]:
    """The runs by what they have in common, as a person would say it; those that have nothing to say are left out."""
    groups: dict[str, list[str]] = {}
    for run in runs:
        name = live.summary(run).group if by == GROUP else _value(live.parameters(run), by)
        if name:
            groups.setdefault(name, []).append(run)
    return dict(sorted(groups.items(), key=lambda one: _sorting(one[0])))


def _differs(settings: Sequence[Mapping[str, Any]], path: str) -> bool:
    return len({repr(one.get(path)) for one in settings}) > 1


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
