"""Orders to a study: kept in its storage, so that workers on other machines obey them too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.spec import Study

# Names of a study's user attributes. One for each order: two people who order at once undo nothing of each other's.
PAUSED = "paused"
TRIALS = "trials"
TIMEOUT = "timeout"
EXHAUSTED = "exhausted"
SINCE = "since"
TROUBLE = "trouble"
STOPPED = "stopped:"
DELETED = "deleted:"


@dataclass(frozen=True, kw_only=True)
class Orders:
    """What a study was told since it was made."""

    paused: bool = False
    trials: int = 0
    """Budget in trials, with what it was extended by; 0 is none."""
    timeout: float = 0.0
    """Budget in seconds, likewise."""
    since: int = 0
    """The trial from which on failures in a row count: somebody asked for more after those before."""
    exhausted: bool = False
    """Whether everything that there is to try was tried."""
    trouble: str = ""
    """Why nothing more can be searched, in the user's words."""
    stopped: frozenset[int] = field(default=frozenset())
    """Numbers of trials that should end."""
    deleted: frozenset[int] = field(default=frozenset())

    @classmethod
    def of(cls, attributes: Mapping[str, Any], study: Study) -> Orders:
        """Read the attributes of a study in its storage; what they do not say is as the project has it."""
        return cls(
            paused=bool(attributes.get(PAUSED, False)),
            trials=int(attributes.get(TRIALS, study.trials)),
            timeout=float(attributes.get(TIMEOUT, study.timeout)),
            since=int(attributes.get(SINCE, 0)),
            exhausted=bool(attributes.get(EXHAUSTED, False)),
            trouble=str(attributes.get(TROUBLE, "")),
            stopped=_numbers(attributes, STOPPED),
            deleted=_numbers(attributes, DELETED),
        )


def _numbers(attributes: Mapping[str, Any], start: str) -> frozenset[int]:
    return frozenset(int(name.removeprefix(start)) for name, on in attributes.items() if on and name.startswith(start))
