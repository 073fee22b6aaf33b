"""What a network's class is made of, before it is known what the class is called and which of it varies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from engine.flow import Flow


@dataclass(frozen=True, slots=True)
class Given:
    """An argument of a constructor, as source."""

    name: str
    text: str
    keyword: bool
    default: str = ""
    """The source of its default value, so that it may be left out; empty where it has none."""
    type: str = ""
    """Its Python type, where a class that is handed it can say so."""


@dataclass(frozen=True, slots=True)
class Call:
    """A constructor's call."""

    callee: str
    arguments: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """An attribute of a module: one submodule, or the copies of a block one after the other."""

    name: str
    node: str
    calls: tuple[Call, ...]
    block: bool = False
    chained: bool = False
    """Whether each copy takes what the one before gives, and nothing else."""


@dataclass(eq=False, slots=True)
class Value:
    """A tensor in `forward`; what its variable is called is settled when all its uses are known."""

    hint: str
    name: str = ""


Parts: TypeAlias = list["str | Value"]
"""A piece of source with variables in it."""


@dataclass(slots=True)
class Statement:
    """A line of `forward`: what it sets, and to what."""

    targets: list[Value]
    parts: Parts
    after: Parts = field(default_factory=list)
    """More lines that belong to it."""
    remark: str = ""

    def uses(self) -> set[Value]:
        """The values that it reads."""
        return {one for one in (*self.parts, *self.after) if isinstance(one, Value) and one not in self.targets}


@dataclass(slots=True)
class Body:
    """A network's submodules and its `forward`."""

    flow: Flow
    members: list[Member] = field(default_factory=list)
    inputs: list[Value] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    outputs: list[Value] = field(default_factory=list)
