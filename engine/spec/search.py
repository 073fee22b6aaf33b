"""Search marks: a range that stands where a parameter's value would."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from pydantic import model_validator

from engine.spec.value import Value


class Search(Value):
    """Values to try: a range (`low` to `high`, in steps or on a log scale) or a list of choices."""

    low: float | int | None = None
    high: float | int | None = None
    log: bool = False
    step: float | int | None = None
    choices: tuple[Any, ...] = ()

    @model_validator(mode="after")
    def _is_a_space(self) -> Self:
        if self.choices:
            if self.low is not None or self.high is not None:
                raise ValueError("a search has either choices or a range, not both")
        elif self.low is None or self.high is None:
            raise ValueError("a search needs choices, or a low and a high end")
        elif self.low >= self.high:
            raise ValueError(f"the range is empty: low {self.low} is not below high {self.high}")
        elif self.log and self.low <= 0:
            raise ValueError(f"a log range must start above 0, and {self.low} does not")
        return self

    def first(self) -> Any:
        """The value that stands in for the whole range where one is needed, such as on the canvas."""
        return self.choices[0] if self.choices else self.low


def first_of(value: Any) -> Any:
    """The value itself, or the one that stands in for the range it is marked with."""
    return value.first() if isinstance(value, Search) else value


def read_parameters(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Turn `{"search": {...}}` objects of a project file into `Search` values, leaving all else as it is."""
    return {name: _read(value) for name, value in parameters.items()}


def write_parameters(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The reverse of `read_parameters`."""
    return {name: _write(value) for name, value in parameters.items()}


def _read(value: Any) -> Any:
    if isinstance(value, Mapping) and value.keys() == {"search"}:
        return Search.model_validate(value["search"])
    return tuple(value) if isinstance(value, list) else value


def _write(value: Any) -> Any:
    if isinstance(value, Search):
        return {"search": value.model_dump(exclude_defaults=True)}
    return list(value) if isinstance(value, tuple) else value
