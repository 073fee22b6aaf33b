"""The calls that made modules, observed while they are made: so any pack's layer can be written, whatever it builds."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import FrameType
from typing import Any

import torch
from torch import nn

UNSET = inspect.Parameter.empty


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument as it was given, or as it is by default."""

    name: str
    value: Any
    keyword: bool
    """Whether it has to be named."""
    default: Any = UNSET


@dataclass(frozen=True, slots=True)
class Construction:
    """The class of a module, and what it was made with."""

    made: type[nn.Module]
    arguments: tuple[Argument, ...]


Constructions = Mapping[int, Construction]
"""By the module's `id`, for as long as it lives."""


def observed(make: Callable[[], nn.Module]) -> tuple[nn.Module, Constructions]:
    """Make a module without data, and say of it and of every module within how each was made.

    The interpreter is asked to tell of every `__init__`, in this thread alone; no class is touched.
    """
    found: dict[int, Construction] = {}
    kept: list[nn.Module] = []  # so that no two have the same id

    def look(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event != "call" or code.co_name != "__init__" or not code.co_varnames:
            return
        given = frame.f_locals
        module = given.get(code.co_varnames[0])
        if isinstance(module, nn.Module) and id(module) not in found:  # the outermost: others are its base classes'
            found[id(module)] = Construction(type(module), tuple(_arguments(type(module), given)))
            kept.append(module)

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        with torch.device("meta"), torch.no_grad():
            made = make()
    finally:
        sys.setprofile(before)
    return made, found


def _arguments(kind: type[nn.Module], given: Mapping[str, Any]) -> Iterator[Argument]:
    parameters = list(inspect.signature(kind.__init__).parameters.values())[1:]
    for one in parameters:
        value = given.get(one.name, UNSET)
        if one.kind is one.VAR_POSITIONAL:
            yield from (Argument(f"{one.name}_{place}", each, keyword=False) for place, each in enumerate(value))
        elif one.kind is one.VAR_KEYWORD:
            yield from (Argument(name, each, keyword=True) for name, each in value.items())
        else:
            keyword = one.kind is one.KEYWORD_ONLY or one.default is not UNSET
            yield Argument(one.name, value, keyword=keyword, default=one.default)
