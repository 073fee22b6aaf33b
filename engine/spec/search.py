"""Search marks: a range that stands where a parameter's value would."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from pydantic import model_validator

from engine.spec.value import Value


class Search(Value):
    """Values to try: a range (`low` to `high`, both included, in steps or on a log scale) or a list of choices."""

    low: float | int | None = None
    high: float | int | None = None
    log: bool = False
    step: float | int | None = None
    choices: tuple[Any, ...] = ()
    value: Any = None
    """What stands here outside of a search, and is tried first; none is the first choice, or the low end."""
    name: str = ""
    """Marks of one name are one variable: they all get the same value. Empty is a variable of its own."""
    relative: bool = False
    """Whether what is tried multiplies `value`, as a width multiplier does, in place of replacing it."""

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
        elif self.step is not None and self.step <= 0:
            raise ValueError(f"the step of a range must be above 0, and {self.step} is not")
        elif self.log and self.step is not None:
            raise ValueError("a log range has no steps; leave out one of the two")
        if self.relative and not _is_number(self.value):
            raise ValueError("a multiplier needs a number that it multiplies")
        return self

    @property
    def whole(self) -> bool:
        """Whether its range has whole numbers alone."""
        return isinstance(self.low, int) and isinstance(self.high, int) and not isinstance(self.step, float)

    @property
    def count(self) -> int | None:
        """How many different values it has; None where they are as many as the numbers between its ends."""
        if self.choices:
            return len(self.choices)
        assert self.low is not None and self.high is not None, "a range has ends"  # noqa: PT018 - one rule
        step = self.step or (1 if self.whole else None)
        return None if step is None else int((self.high - self.low) / step + 1e-9) + 1

    def first(self) -> Any:
        """The value that stands in for the whole range where one is needed, such as on the canvas."""
        if self.value is not None:
            return self.value
        return self.choices[0] if self.choices else self.low

    def standing(self, found: Any) -> Any:
        """What stands at the mark when its variable is `found`: a multiple of its value, where it is relative."""
        if not self.relative:
            return found
        product = self.value * found
        return max(1, round(product)) if isinstance(self.value, int) else product


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
        return Search.model_validate({name: _tupled(one) for name, one in value["search"].items()})
    return tuple(value) if isinstance(value, list) else value


def _write(value: Any) -> Any:
    if isinstance(value, Search):
        return {"search": value.model_dump(exclude_defaults=True)}
    return list(value) if isinstance(value, tuple) else value


def _tupled(value: Any) -> Any:
    """JSON knows lists alone; parameters of several numbers are tuples."""
    return tuple(_tupled(one) for one in value) if isinstance(value, list) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
