"""Trials of a study as everybody outside of Optuna sees them: values that can be sent as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, TypeAlias

TrialState: TypeAlias = Literal["waiting", "running", "finished", "pruned", "infeasible", "failed", "stopped"]
"""`infeasible` broke a limit or ran out of memory; `stopped` was ended by a person and counts for nothing."""
DONE: frozenset[TrialState] = frozenset({"finished", "pruned", "infeasible", "failed", "stopped"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One point of a search space and what came of it."""

    number: int
    """From 0, in the order in which they were begun."""
    state: TrialState
    values: tuple[float, ...] = ()
    """One for each objective, once it is finished."""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """What was tried, by the variable's name; variables that did not matter are missing."""
    reports: tuple[tuple[int, float], ...] = ()
    """Epoch (from 1) and value of the first objective, as the pruner was shown them."""
    began: float = 0.0
    """Seconds since 1970; 0 where it did not."""
    ended: float = 0.0
    """Seconds since 1970; 0 while it is not over."""
    runs: tuple[str, ...] = ()
    """Ids of its runs, one for each seed; in the workspace of the machine that trained them."""
    worker: str = ""
    """Who trains it: host and place of the worker there, such as `tower cpu 1`."""
    costs: Mapping[str, float] = field(default_factory=dict)
    """`engine.spec.COSTS` by name, as far as they are known."""
    message: str = ""
    """Why it is infeasible, failed, pruned or stopped, in the user's words."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Trial:
        """Read what `to_json` wrote; fields of a later version are passed over."""
        known = {one.name: data[one.name] for one in fields(cls) if one.name in data}
        for name in ("values", "runs"):
            known[name] = tuple(known.get(name, ()))
        known["reports"] = tuple((int(epoch), float(value)) for epoch, value in known.get("reports", ()))
        return cls(**known)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON; what says nothing is left out."""
        return {name: value for name, value in asdict(self).items() if name in ("number", "state") or value}
