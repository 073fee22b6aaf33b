"""Packages that can be called as the function of their name: `from engine import train` gives the one or the other."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any


def call_as_api(package: str) -> None:
    """Let a package `engine.NAME` be called as `engine.api.NAME`, whichever of the two was imported first."""
    name = package.rpartition(".")[2]

    class Callable(ModuleType):
        """A package that hands calls on."""

        def __call__(self, *arguments: Any, **options: Any) -> Any:
            return getattr(importlib.import_module("engine.api"), name)(*arguments, **options)

    sys.modules[package].__class__ = Callable
