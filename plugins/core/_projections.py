"""Layers that give one tensor the shape of another, so that the two can be combined."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.spec import Component, Remedy


def projections(first: Any, second: Any, *, ports: tuple[str, str], place: int) -> tuple[Remedy, ...]:
    """Remedies that bring one of two tensors to the shape of the other, the likelier shortcut first.

    `ports` are where they arrive; `place` is the second's among the links of one port that takes many, or 0. A shortcut
    is what was shrunk less: it has more places and fewer channels than what it is added to.
    """
    ways = [(first, second, ports[0], 0), (second, first, ports[1], place)]
    ways.sort(key=lambda way: (-_places(way[0]), way[0].shape[1] if len(way[0].shape) > 1 else 0))
    return tuple(
        Remedy(text=text, before=layers, port=port, place=at)
        for x, y, port, at in ways
        for text, layers in _toward(tuple(x.shape), tuple(y.shape))
    )


def resizings(first: Any, second: Any, *, place: int) -> tuple[Remedy, ...]:
    """Remedies that bring the larger of two images to the smaller one's size, for joining their channels."""
    shapes = tuple(first.shape), tuple(second.shape)
    if len(shapes[0]) != 4 or len(shapes[1]) != 4:
        return ()
    larger = 0 if shapes[0][2:] > shapes[1][2:] else 1
    side, other = shapes[1 - larger][2:]
    layer = Component(kind="AdaptiveAvgPool2d", parameters={"output_size": side})
    text = f"Shrink the larger one to {side} × {other}"
    return (Remedy(text=text, before=(layer,), port="xs", place=place if larger else 0),) if side == other else ()


def _places(x: Any) -> int:
    count = 1
    for size in tuple(x.shape)[2:]:
        count *= size
    return count


def _toward(shape: tuple[int, ...], wanted: tuple[int, ...]) -> Iterator[tuple[str, tuple[Component, ...]]]:
    """Layers after which a tensor may have the wanted shape, with the button's words."""
    rank = len(wanted) - 2
    if len(shape) == len(wanted) and 1 <= rank <= 3:
        steps = {-(-size // other) for size, other in zip(shape[2:], wanted[2:], strict=True)}
        if len(steps) == 1 and all(size >= other for size, other in zip(shape[2:], wanted[2:], strict=True)):
            side = " × ".join(["1"] * rank)
            settings = {"out_channels": wanted[1], "kernel_size": 1, "stride": steps.pop(), "padding": 0}
            yield f"Add a {side} projection", (Component(kind=f"Conv{rank}d", parameters=settings),)
    width = Component(kind="Linear", parameters={"out_features": wanted[-1]})
    if shape[:-1] == wanted[:-1]:
        yield f"Add a projection to {wanted[-1]}", (width,)
    if len(wanted) == 2 and len(shape) > 2:
        yield "Insert Flatten and Linear", (Component(kind="Flatten"), width)
