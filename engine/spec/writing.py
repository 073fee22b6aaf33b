"""Components as plain JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.spec.declaration import Component
from engine.spec.search import read_parameters, write_parameters
from engine.spec.value import FrozenDict


def component_to_json(component: Component) -> dict[str, Any]:
    """What `component_from_json` reads back equal; that it has no variants goes without saying."""
    found: dict[str, Any] = {"kind": component.kind, "parameters": write_parameters(component.parameters)}
    variants = [component_to_json(one) for one in component.variants]
    return {**found, "variants": variants} if variants else found


def component_from_json(data: Mapping[str, Any]) -> Component:
    """The component in a decoded JSON object; KeyError, TypeError or ValueError where there is none."""
    return Component(
        kind=data["kind"],
        parameters=FrozenDict(read_parameters(data.get("parameters", {}))),
        variants=tuple(component_from_json(one) for one in data.get("variants", ())),
    )
