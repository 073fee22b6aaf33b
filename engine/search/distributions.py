"""Search marks as Optuna knows them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from optuna import Trial
from optuna.distributions import (
    BaseDistribution,
    CategoricalChoiceType,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)

from engine.spec import Search
from engine.spec.filling import Ask


def distribution_of(search: Search) -> BaseDistribution:
    """What Optuna draws from; choices that it does not store, such as tuples, are drawn by their JSON text."""
    if search.choices:
        return CategoricalDistribution([stored(one) for one in search.choices])
    assert search.low is not None and search.high is not None, "a range has ends"  # noqa: PT018 - one rule
    if search.whole:
        step = int(search.step or 1)
        high = int(search.low) + (int(search.high) - int(search.low)) // step * step
        return IntDistribution(int(search.low), high, log=search.log, step=step)
    return FloatDistribution(float(search.low), _last(search), log=search.log, step=_step(search))


def stored(value: Any) -> CategoricalChoiceType:
    """A choice as Optuna stores it."""
    return value if value is None or isinstance(value, bool | int | float | str) else json.dumps(value, default=str)


def found(search: Search, value: Any) -> Any:
    """The value of a search that Optuna stored so."""
    return next((one for one in search.choices if _same(stored(one), value)), value)


def parameters_of(variables: Mapping[str, Search], parameters: Mapping[str, Any]) -> dict[str, Any]:
    """What a trial tried, as it stands in the project and goes over the service."""
    return {name: _plain(variables, name, value) for name, value in parameters.items()}


def asking(trial: Trial) -> Ask:
    """Gives `engine.spec.filling.fill` the values of a trial, each suggested when it is asked for."""

    def ask(name: str, search: Search) -> Any:
        return found(search, _suggested(trial, name, distribution_of(search)))

    return ask


def _suggested(trial: Trial, name: str, distribution: BaseDistribution) -> Any:
    match distribution:
        case IntDistribution():
            return trial.suggest_int(
                name, distribution.low, distribution.high, step=distribution.step, log=distribution.log
            )
        case FloatDistribution():
            return trial.suggest_float(
                name, distribution.low, distribution.high, step=distribution.step, log=distribution.log
            )
        case CategoricalDistribution():
            return trial.suggest_categorical(name, distribution.choices)
    raise AssertionError(f"no mark has the distribution {distribution}")


def _plain(variables: Mapping[str, Search], name: str, value: Any) -> Any:
    value = found(variables[name], value) if name in variables else value
    return list(value) if isinstance(value, tuple) else value


def _same(one: Any, other: Any) -> bool:
    """Whether they are one choice: True is not 1."""
    return type(one) is type(other) and bool(one == other)


def _step(search: Search) -> float | None:
    return None if search.step is None else float(search.step)


def _last(search: Search) -> float:
    """The high end, brought down to the last step: Optuna warns of ends that no step reaches."""
    if search.step is None:
        return float(search.high or 0)
    low, high, step = (Decimal(str(one)) for one in (search.low, search.high, search.step))
    return float(low + (high - low) // step * step)
