"""The settings of a study as its form shows them: in units that people think in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.spec import Limits, Parameter, Study, parameters_of

MIB = 1024.0**2


@dataclass(frozen=True, kw_only=True)
class Field:
    """One setting.

    Args:
        path: where it stands in the project.
        parameter: how the form shows it.
        scale: what one of the form's unit is in the project's.
    """

    path: str
    parameter: Parameter
    scale: float = 1.0

    def shown(self, value: Any) -> Any:
        """A value of the project as the form has it."""
        return value if self.scale == 1 or value is None else value / self.scale

    def written(self, value: Any) -> Any:
        """A value of the form as the project has it."""
        if self.scale == 1 or value is None:
            return value
        whole = self.path in ("study.limits.memory", "study.limits.flops")
        return round(value * self.scale) if whole else value * self.scale


def _study(name: str, label: str, **changes: Any) -> Field:
    scale = float(changes.pop("scale", 1.0))
    return Field(path=f"study.{name}", parameter=_STUDY[name].having(label=label, **changes), scale=scale)


def _limit(name: str, label: str, **changes: Any) -> Field:
    scale = float(changes.pop("scale", 1.0))
    return Field(path=f"study.limits.{name}", parameter=_LIMITS[name].having(label=label, **changes), scale=scale)


_STUDY: Mapping[str, Parameter] = {one.name: one for one in parameters_of(Study)}
_LIMITS: Mapping[str, Parameter] = {one.name: one for one in parameters_of(Limits)}

BUDGET = (
    _study("trials", "Trials"),
    _study(
        "timeout", "Time", unit="min", scale=60.0, help="Minutes after which no further trial begins; 0 is no limit."
    ),
    _study("workers", "Workers"),
    _study("seeds", "Seeds per trial"),
    _study("current_first", "Current values first"),
    _study("retries", "Retries"),
    _study("seed", "Seed"),
)
LIMITS = (
    _limit("parameters", "Parameters", help="Most learned numbers that a network may have; empty is no limit."),
    _limit(
        "flops",
        "FLOPs",
        type="float",
        unit="M",
        scale=1e6,
        help="Most millions of FLOPs of one sample's forward pass; empty is no limit.",
    ),
    _limit(
        "memory",
        "Memory",
        type="float",
        unit="MB",
        scale=MIB,
        min=None,
        above=0,
        help="Most that a training step may take of the device's memory; empty is no limit.",
    ),
    _limit(
        "step_seconds", "Step", unit="ms", scale=1e-3, help="Longest that a training step may take; empty is no limit."
    ),
)
STORAGE = (_study("storage", "Storage", advanced=False),)
