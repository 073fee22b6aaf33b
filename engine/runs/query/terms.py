"""What an expression is made of; each part says of a run whether it holds."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Protocol, TypeAlias

from engine.runs.query.literals import Literal

Value: TypeAlias = float | str | bool


class QueryError(ValueError):
    """What is wrong with an expression, in a sentence, and where it stands in the text."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start, self.end = start, end


class Known(Protocol):
    """A run as expressions ask for it."""

    @property
    def words(self) -> str:
        """All that a plain word is looked for in, in small letters."""

    @property
    def tags(self) -> Collection[str]:
        """Its tags."""

    @property
    def starred(self) -> bool:
        """Whether it has a star."""

    def values(self, name: str) -> Sequence[Value]:
        """What a name in small letters stands for in this run: nothing, a value, or several of that name."""


class Term(Protocol):
    """A part of an expression."""

    def holds(self, run: Known) -> bool:
        """Whether it is so of a run."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that stands somewhere in what is known of the run."""

    text: str

    def holds(self, run: Known) -> bool:
        return self.text in run.words


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that it has."""

    text: str

    def holds(self, run: Known) -> bool:
        return any(tag.casefold() == self.text for tag in run.tags)


@dataclass(frozen=True, slots=True)
class Starred:
    """It has a star."""

    def holds(self, run: Known) -> bool:
        return run.starred


@dataclass(frozen=True, slots=True)
class Has:
    """There is something under a name."""

    name: str

    def holds(self, run: Known) -> bool:
        return any(value != "" for value in run.values(self.name))


@dataclass(frozen=True, slots=True)
class Compare:
    """A value compared; of several with that name one is enough. A run without any does not match.

    `!=` is the opposite of `=`, so that a run without a value matches it.
    """

    name: str
    operator: str
    literal: Literal

    def holds(self, run: Known) -> bool:
        compare, is_opposite = MEANING[self.operator]
        for value in run.values(self.name):  # ten thousand runs are asked while somebody types: no generators here
            if compare(value, self.literal):
                return not is_opposite
        return is_opposite


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    term: Term

    def holds(self, run: Known) -> bool:
        return not self.term.holds(run)


@dataclass(frozen=True, slots=True)
class All:
    """Every one of some."""

    terms: tuple[Term, ...]

    def holds(self, run: Known) -> bool:
        for term in self.terms:  # noqa: SIM110 - as above
            if not term.holds(run):
                return False
        return True


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of some."""

    terms: tuple[Term, ...]

    def holds(self, run: Known) -> bool:
        for term in self.terms:  # noqa: SIM110 - as above
            if term.holds(run):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Query:
    """An expression that was understood.

    Args:
        term: the whole of it.
        names: each name that is compared, as it was written, with its first and last place in the text.
    """

    term: Term
    names: tuple[tuple[str, int, int], ...] = ()

    def matches(self, run: Known) -> bool:
        """Whether a run is among those that are asked for."""
        return self.term.holds(run)


def _equal(value: Value, literal: Literal) -> bool:
    if isinstance(value, bool):
        return literal.text in (("yes", "true", "1") if value else ("no", "false", "0"))
    if isinstance(value, str):
        return value.casefold() == literal.text
    return literal.number is not None and math.isclose(value, literal.number, rel_tol=1e-9)


def _contains(value: Value, literal: Literal) -> bool:
    return literal.text in str(value).casefold()


NO_NUMBERS = (str, bool)


def _ordered(operator: Callable[[float, float], bool]) -> Callable[[Value, Literal], bool]:
    def compare(value: Value, literal: Literal) -> bool:
        number = literal.number
        return number is not None and not isinstance(value, NO_NUMBERS) and operator(value, number)

    return compare


COMPARE: Mapping[str, Callable[[Value, Literal], bool]] = {
    "=": _equal,
    "~": _contains,
    "<": _ordered(lt),
    "<=": _ordered(le),
    ">": _ordered(gt),
    ">=": _ordered(ge),
}
MEANING = {name: (compare, False) for name, compare in COMPARE.items()} | {
    "!=": (_equal, True),
    "!~": (_contains, True),
}
"""What each operator compares by, and whether it means the opposite."""
