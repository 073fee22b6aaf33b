"""The words for sequences, heads and masks that do not fit each other."""

from __future__ import annotations

from typing import Any

from engine.spec import Layer, ParameterError
from plugins.core._named import shape_of


def expect_heads(layer: Layer, parameter: str, features: int) -> None:
    """Raise ParameterError where the features cannot be shared out among the heads evenly."""
    heads = getattr(layer, parameter)
    if features % heads:
        fitting = ", ".join(str(one) for one in range(1, min(features, 64) + 1) if features % one == 0)
        raise ParameterError(
            f"{layer.kind()} cannot share out {features} features among {heads} heads evenly. "
            f"Set {parameter} to one of {fitting}.",
            parameter=parameter,
        )


def expect_mask(layer: Layer, name: str, mask: Any, x: Any) -> None:
    """Raise ValueError where a padding mask is not one truth value for each position of a sequence; None fits."""
    if mask is None:
        return
    if str(mask.dtype) != "torch.bool" or tuple(mask.shape) != tuple(x.shape)[:2]:
        kind = str(mask.dtype).removeprefix("torch.")
        raise ValueError(
            f"{layer.kind()} needs '{name}' as batch × {x.shape[1]} of bool, true where there is only padding, "
            f"but gets {shape_of(mask)} of {kind}."
        )
