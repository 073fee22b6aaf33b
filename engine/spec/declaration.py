"""What every declared thing has in common: a name, a help text and described parameters."""

from __future__ import annotations

import inspect
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import ConfigDict, ValidationError

from engine.spec.parameter import Parameter, describe
from engine.spec.value import Frozen, FrozenDict, Value

if TYPE_CHECKING:
    from engine.spec.remedy import Remedy


class Component(Value):
    """A declared thing chosen by name, with its parameters as they were written: data, not code."""

    kind: str
    parameters: Frozen = FrozenDict()
    variants: tuple[Component, ...] = ()
    """What else a search may put in its place, each with parameters and search marks of its own."""

    @property
    def title(self) -> str:
        """What tells it from its variants: the kind; for a block, the network that it stands for."""
        return str(self.parameters.get("network") or self.kind) if self.kind == "Block" else self.kind

    @property
    def candidates(self) -> dict[str, Component]:
        """Itself and its variants, by titles that differ: a second of one title is called `Linear 2`."""
        found: dict[str, Component] = {}
        for one in (self, *self.variants):
            title, number = one.title, 2
            while title in found:
                title, number = f"{one.title} {number}", number + 1
            found[title] = one
        return found

    def set(self, **parameters: Any) -> Self:
        """The same choice with some parameters replaced."""
        changed: Self = self.having(parameters=FrozenDict({**self.parameters, **parameters}))
        return changed


class ParameterError(ValueError):
    """A parameter that cannot be used, with the sentence for whoever wrote it, and ways out, the best first."""

    def __init__(self, message: str, *, parameter: str | None = None, remedies: tuple[Remedy, ...] = ()) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.remedies = remedies


class Declaration(Value):
    """A layer, dataset, task, optimizer or schedule: class attributes, fields and one method."""

    # A schema is built when it is first used: a window needs few of a hundred declarations.
    model_config = ConfigDict(protected_namespaces=(), defer_build=True)

    category: ClassVar[str] = ""
    """Where a palette lists it."""
    label: ClassVar[str] = ""
    """What a palette calls it, where that differs from the class name."""
    synonyms: ClassVar[tuple[str, ...]] = ()
    """Other words that a search finds it by."""

    @classmethod
    def kind(cls) -> str:
        """The name that projects know it by: the class name."""
        return cls.__name__

    @classmethod
    def title(cls) -> str:
        """What the window calls it."""
        return cls.label or cls.__name__

    @classmethod
    @cache
    def summary(cls) -> str:
        """The docstring's first line: one sentence a student understands."""
        return (inspect.getdoc(cls) or "").partition("\n")[0]

    @classmethod
    @cache
    def parameters(cls) -> tuple[Parameter, ...]:
        """The declared fields in order, as a form needs them."""
        return tuple(describe(name, info) for name, info in cls.model_fields.items())

    @classmethod
    def made(cls, parameters: dict[str, Any]) -> Any:
        """Build the declaration from written parameters; raise `ParameterError` at the first that cannot be used."""
        try:
            return cls.model_validate(parameters)
        except ValidationError as error:
            raise _in_words(cls, error) from None


def _in_words(cls: type[Declaration], error: ValidationError) -> ParameterError:
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else None
    if first["type"] == "extra_forbidden":
        known = ", ".join(cls.model_fields) or "none"
        return ParameterError(f"{cls.kind()} has no parameter '{name}'. It has: {known}.", parameter=name)
    if first["type"] == "missing":
        return ParameterError(f"{cls.kind()} needs a value for '{name}'.", parameter=name)
    reason = str(first["msg"]).removeprefix("Value error, ").removeprefix("Input ").rstrip(".")
    if name is None:
        return ParameterError(f"{cls.kind()}: {reason}.")
    return ParameterError(f"{cls.kind()}.{name} is {first['input']!r}, but {reason}.", parameter=name)
