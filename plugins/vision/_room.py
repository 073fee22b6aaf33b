"""Whether a filter or a neighborhood finds room in what it slides over."""

from __future__ import annotations

from typing import Any

from engine.spec import Layer, ParameterError, Remedy
from plugins.core._named import shape_of


def roomy(layer: Any, x: Any, padding: int | tuple[int, ...]) -> None:
    """Raise ParameterError where the kernel is larger than a side of what arrives, its border included.

    The layer has a `kernel_size`, and perhaps a `dilation`; all of them are one number, or one for each side.
    """
    assert isinstance(layer, Layer)
    count = len(x.shape) - 2
    kernel = getattr(layer, "kernel_size")  # noqa: B009 - of many kinds
    sizes = (each(one, count) for one in (kernel, getattr(layer, "dilation", 1), padding))
    sides = [
        (length + 2 * border, gap * (size - 1) + 1, gap)
        for length, size, gap, border in zip(tuple(x.shape)[2:], *sizes, strict=True)
    ]
    tight = [one for one in sides if one[1] > one[0]]
    if tight:
        side, reach, gap = min(tight)
        fitting, missing = (side - 1) // gap + 1, -(-(reach - side) // 2)
        smaller = Remedy(settings={"kernel_size": _at_most(kernel, max(fitting, 1))})
        wider = Remedy(settings={"padding": max(each(padding, count)) + missing})
        pools = not hasattr(layer, "out_channels")  # of a border alone there is nothing to pool
        raise ParameterError(
            f"{layer.kind()} slides a kernel of {reach} over {shape_of(x)}, where a side has only {side}: "
            f"nothing would be left. Set kernel_size to at most {fitting}, or shrink less before.",
            parameter="kernel_size",
            remedies=(smaller,) if fitting > 1 or pools else (wider, smaller),
        )


def each(size: int | tuple[int, ...], count: int) -> tuple[int, ...]:
    """One number for every side."""
    return size if isinstance(size, tuple) else (size,) * count


def _at_most(size: int | tuple[int, ...], most: int) -> int | tuple[int, ...]:
    return tuple(min(one, most) for one in size) if isinstance(size, tuple) else most
