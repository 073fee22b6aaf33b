"""A range as it is being written: what stands in the fields, and the `Search` that it means."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import ValidationError

from engine.spec import Parameter, Search, offered
from studio.widgets.fields.words import read, write, write_choice

Way = Literal["uniform", "log", "steps", "choices"]
WAYS: dict[Way, str] = {"uniform": "Uniform", "log": "Log", "steps": "Steps", "choices": "Choices"}
MULTIPLIER = Search(low=0.5, high=2.0, log=True)
"""What a value is first multiplied by."""
AROUND = (0.5, 1.0, 2.0)
"""The same as choices."""
_ENDS = re.compile(r"(.+?)(?:…|\.\.+|\bto\b|–)(.+?)(?:\s+(log)|\s+by\s+(.+))?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What is written of a range; what is not asked for at the moment is kept.

    Args:
        way: how values are taken from it.
        low: its ends and its step, as texts.
        choices: values that are tried in place of a range.
        value: what stands there outside of a search, as a text; `standing` is the value itself where it is none.
        name: the variable that it belongs to; empty is one of its own.
        relative: whether what is tried multiplies the value.
    """

    way: Way
    low: str = ""
    high: str = ""
    step: str = ""
    choices: tuple[Any, ...] = ()
    standing: Any = None
    name: str = ""
    relative: bool = False

    @classmethod
    def of(cls, search: Search) -> Draft:
        """The draft that means this."""
        return cls(
            way="choices" if search.choices else "log" if search.log else "steps" if search.step else "uniform",
            low=write(search.low),
            high=write(search.high),
            step=write(search.step),
            choices=search.choices,
            standing=search.first(),
            name=search.name,
            relative=search.relative,
        )

    def search(self, parameter: Parameter) -> Search:
        """What it means.

        Raises:
            ValueError: with a sentence for the person, where it means nothing.
        """
        form = tried(parameter, relative=self.relative)
        rest = {"value": self.standing, "name": self.name.strip(), "relative": self.relative}
        if self.way == "choices":
            if not self.choices:
                raise ValueError("Add at least one value to try.")
            return _made(choices=self.choices, **rest)
        low, high = _end(form, self.low, "from"), _end(form, self.high, "to")
        step = _end(free(form), self.step, "step") if self.way == "steps" else None
        return _made(low=low, high=high, step=step, log=self.way == "log", **rest)

    def turned(self, way: Way, parameter: Parameter) -> Draft:
        """The same, taken in another way; what it lacks for that comes from what would be offered."""
        around = _around(parameter, self)
        changed = replace(self, way=way)
        if way == "choices":
            return changed if self.choices else replace(changed, choices=_some(self, parameter))
        if not (self.low and self.high):
            changed = replace(changed, low=write(around.low), high=write(around.high))
        if way == "steps" and not self.step:
            whole = parameter.type == "int" and not self.relative
            wide = (around.high or 0) - (around.low or 0)
            changed = replace(changed, step=write(around.step or (1 if whole else float(f"{wide / 4:.2g}"))))
        return changed

    def multiplying(self, parameter: Parameter, *, on: bool) -> Draft:
        """The same value, multiplied by what is tried or replaced by it."""
        if on == self.relative:
            return self
        if on:
            made = replace(Draft.of(MULTIPLIER), standing=self.standing, name=self.name, relative=True)
            return replace(made, way="choices", choices=AROUND) if self.way == "choices" else made
        return replace(Draft.of(offered(parameter, self.standing)), name=self.name)


def tried(parameter: Parameter, *, relative: bool) -> Parameter:
    """What a value that is tried may be: what the parameter allows, or any number above 0 that multiplies it."""
    return Parameter(name=parameter.name, type="float", above=0) if relative else parameter


def free(parameter: Parameter) -> Parameter:
    """The form of a step: a number of the same kind without the parameter's bounds."""
    return Parameter(name=parameter.name, type=parameter.type)


def ranges(parameter: Parameter) -> bool:
    """Whether a range of it can be tried, besides choices."""
    return parameter.type in ("int", "float")


def read_range(parameter: Parameter, text: str, old: Search) -> Search:
    """The range that a line means, `16 … 64 by 16`, `1e-4 … 1e-2 log`, or its choices, `relu, gelu`.

    Everything else is as in the old one.

    Raises:
        ValueError: with a sentence for the person.
    """
    words = text.strip().removeprefix("×").strip().removeprefix("one of").strip()
    draft, ends = Draft.of(old), _ENDS.fullmatch(words)
    if ends is not None and ranges(parameter):
        low, high, log, step = (part.strip() if part else "" for part in ends.groups())
        way: Way = "log" if log else "steps" if step else "uniform"
        return replace(draft, way=way, low=low, high=high, step=step).search(parameter)
    choices = read_choices(tried(parameter, relative=old.relative), words)
    return replace(draft, way="choices", choices=choices).search(parameter)


def read_choices(parameter: Parameter, text: str) -> tuple[Any, ...]:
    """Values to try, with commas between; each of several numbers stands in parentheses where there are more such.

    Raises:
        ValueError: with a sentence for the person, where one is none that the parameter can have.
    """
    several = parameter.type in ("ints", "floats") and "(" not in text
    words = [text] if several else re.findall(r"\s*(\([^)]*\)|[^,;]+)", text)
    found = (read_choice(parameter, word) for word in words if word.strip())
    return tuple(dict.fromkeys(found))


def read_choice(parameter: Parameter, text: str) -> Any:
    """One value to try.

    Raises:
        ValueError: with a sentence for the person, where it is none that the parameter can have.
    """
    word = text.strip()
    known = {write_choice(one): one for one in _declared(parameter)}
    if word in known:
        return known[word]
    if parameter.type in ("bool", "choice"):
        raise ValueError(f"“{word}” is none of {', '.join(known)}.")
    if not word:
        raise ValueError("Write a value to try.")
    return read(parameter, word)


def _declared(parameter: Parameter) -> tuple[Any, ...]:
    choices = (True, False) if parameter.type == "bool" else parameter.choices
    return (None, *choices) if parameter.optional else choices


def _end(parameter: Parameter, text: str, what: str) -> Any:
    if not text.strip():
        raise ValueError(f"Write a number at “{what}”.")
    return read(parameter.having(several=False, optional=False), text)


def _made(**settings: Any) -> Search:
    try:
        return Search(**settings)
    except ValidationError as error:
        sentence = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        raise ValueError(f"{sentence[:1].upper()}{sentence[1:]}.") from None


def _around(parameter: Parameter, draft: Draft) -> Search:
    found = MULTIPLIER if draft.relative else offered(parameter, draft.standing)
    return found if found.low is not None else offered(parameter, parameter.min or 1)


def _some(draft: Draft, parameter: Parameter) -> tuple[Any, ...]:
    """Choices in place of a range: its ends, and the value between them."""
    if draft.relative:
        return AROUND
    try:
        search = draft.search(parameter)
    except ValueError:
        return (draft.standing,)
    return tuple(sorted({search.low, draft.standing, search.high}))
