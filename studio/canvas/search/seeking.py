"""Finding nodes on the canvas: by name, kind, parameter or what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.spec import Layer, Node
from studio.widgets.fields import write


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known of a node, in small letters.

    Args:
        words: its id, kind, title, parameters and problem.
        settings: its parameters as `name=value`.
    """

    words: str
    settings: frozenset[str]


def sought(node: Node, layer: type[Layer] | None, problem: str = "") -> Sought:
    """What a node can be found by; parameters that are not written have their defaults."""
    values: dict[str, Any] = {one.name: one.default for one in layer.parameters()} if layer else {}
    values |= node.parameters
    settings = [f"{name}={_written(value)}".lower() for name, value in values.items()]
    title = layer.title() if layer else ""
    muted = "muted" if node.muted else ""
    return Sought(" ".join((node.id, node.kind, title, muted, problem, *settings)).lower(), frozenset(settings))


def matching(every: Mapping[str, Sought], text: str) -> tuple[str, ...]:
    """The nodes that all words of a text point at; `out_channels=64` is this very value."""
    terms = text.lower().replace(" =", "=").replace("= ", "=").split()
    return tuple(name for name, one in every.items() if terms and all(_points_at(one, term) for term in terms))


def _points_at(one: Sought, term: str) -> bool:
    return _is_set(one.settings, term) if "=" in term[:-1] else term in one.words


def _is_set(settings: Iterable[str], term: str) -> bool:
    name, value = term.split("=", 1)
    return any(said.endswith(f"={value}") and name in said[: -len(value) - 1] for said in settings)


def _written(value: Any) -> str:
    return write(value).replace(" ", "")
