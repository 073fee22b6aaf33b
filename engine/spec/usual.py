"""What settings are that nobody wrote: the values that they are declared with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from engine.spec.catalogue import Catalogue
from engine.spec.declaration import Declaration

SECTIONS = ("training", "split", "dataset", "task")
"""What a path begins with that leads into no network."""


@cache
def usual(declaration: type[Declaration]) -> Mapping[str, Any]:
    """The parameters that need not be written, with the values that they have then."""
    return {one.name: one.default for one in declaration.parameters() if not one.required}


def filled(settings: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    """Settings by path, as `flatten` gives them, and those beside them that hold by default.

    What a block exposes is not among them: its default stands in the block's network.
    """
    found: dict[str, Any] = {}
    for path, value in settings.items():
        found[path] = value
        declaration = _declaration(path, value, catalogue)
        if declaration is not None:
            own = {f"{path}.{name}": one for name, one in usual(declaration).items()}
            found |= {name: one for name, one in own.items() if name not in settings}
    return found


def _declaration(path: str, kind: object, catalogue: Catalogue) -> type[Declaration] | None:
    """What the component at a path is; none where another kind of setting stands there, or an unknown component."""
    return _family(path, catalogue).get(kind) if isinstance(kind, str) else None


def _family(path: str, catalogue: Catalogue) -> Mapping[str, type[Declaration]]:
    match path:
        case "dataset":
            return catalogue.datasets
        case "task":
            return catalogue.tasks
        case "training.optimizer":
            return catalogue.optimizers
        case "training.schedule":
            return catalogue.schedules
    network, _, node = path.partition(".")
    return catalogue.layers if node and "." not in node and network not in SECTIONS else {}
