"""Whether a filter or a neighborhood finds room in what it slides over."""

from __future__ import annotations

from typing import Any

from engine.spec import Layer, ParameterError, Remedy
from plugins.core._named import shape_of


def roomy(layer: Any, x: Any, padding: int) -> None:
    """Raise ParameterError where the kernel is larger than the smallest side of what arrives, its border included.

    The layer has a `kernel_size`, and perhaps a `dilation`.
    """
    assert isinstance(layer, Layer)
    kernel, dilation = getattr(layer, "kernel_size"), getattr(layer, "dilation", 1)  # noqa: B009 - of many kinds
    side, reach = min(x.shape[2:]) + 2 * padding, dilation * (kernel - 1) + 1
    if reach <= side:
        return
    fitting, missing = (side - 1) // dilation + 1, -(-(reach - side) // 2)
    smaller, wider = Remedy(settings={"kernel_size": max(fitting, 1)}), Remedy(settings={"padding": padding + missing})
    pools = not hasattr(layer, "out_channels")  # of a border alone there is nothing to pool
    raise ParameterError(
        f"{layer.kind()} slides a kernel of {reach} over {shape_of(x)}, where a side has only {side}: "
        f"nothing would be left. Set kernel_size to at most {fitting}, or shrink less before.",
        parameter="kernel_size",
        remedies=(smaller,) if fitting > 1 or pools else (wider, smaller),
    )
