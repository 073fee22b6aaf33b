"""Classes that are not PyTorch's own: imported where they are published, copied where they belong to a pack."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from torch import nn

from engine.export.errors import ExportError
from engine.export.literals import literal

REMARKS = re.compile(r"[ \t]*# (type: ignore|noqa|pragma)[^\n]*")
"""Notes to our own checkers, which mean nothing elsewhere."""


class Adopted:
    """What the file has to import and to define before its networks.

    Attributes:
        imports: lines.
        definitions: source by name, each behind what it needs.
    """

    def __init__(self) -> None:
        self.imports: set[str] = {"import torch", "from torch import nn"}
        self.definitions: dict[str, str] = {}
        self._adopted: dict[str, object] = {}

    def name(self, kind: type[nn.Module], pack: str) -> str:
        """How a class is called in the file; `pack` is the package whose code goes along."""
        if getattr(nn, kind.__name__, None) is kind:
            return f"nn.{kind.__name__}"
        self._need(kind.__name__, kind, pack)
        return kind.__name__

    def _need(self, name: str, value: object, pack: str) -> None:
        """See that a global name of some code means the same in the file."""
        if isinstance(value, ModuleType):
            self.imports.add(_import(name, value))
            return
        home = getattr(value, "__module__", None)
        if isinstance(value, type | Callable) and home:
            if home.partition(".")[0] == pack:
                self._adopt(name, value, pack)
            else:
                self.imports.add(f"from {home} import {name}")
        else:
            self._define(name, value, lambda: f"{name} = {literal(value)}")

    def _adopt(self, name: str, value: Any, pack: str) -> None:
        def source() -> str:
            text = REMARKS.sub("", textwrap.dedent(inspect.getsource(value))).strip()
            known = vars(inspect.getmodule(value))
            for used in _names(text):
                if used in known and used != name:
                    self._need(used, known[used], pack)
            return text

        self._define(name, value, source)

    def _define(self, name: str, value: object, source: Callable[[], str]) -> None:
        if name in self._adopted:
            if self._adopted[name] is not value:
                raise ExportError(f"Two things that the network is made of are called '{name}'.")
            return
        self._adopted[name] = value
        self.definitions[name] = source()


def _names(source: str) -> Iterator[str]:
    found = (one.id for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Name))
    return iter(dict.fromkeys(found))


def _import(name: str, module: ModuleType) -> str:
    parent, _, last = module.__name__.rpartition(".")
    if last == name:
        return f"from {parent} import {name}" if parent else f"import {name}"
    return f"import {module.__name__} as {name}"
