"""Modules for which there is a layer: what it is called and what its parameters are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from torch import nn
from torchvision.models import convnext, maxvit, swin_transformer
from torchvision.ops import Permute, StochasticDepth

Parameters = dict[str, Any]
Reading = Callable[[Any, Sequence[Any]], tuple[str, Parameters]]
"""From a module and what it is called with, the kind of layer and its parameters."""


def is_leaf(module: nn.Module) -> bool:
    """Whether a module becomes one node."""
    return type(module) in LEAVES


def read_leaf(module: nn.Module, arguments: Sequence[Any]) -> tuple[str, Parameters]:
    """The layer that a module is."""
    return LEAVES[type(module)](module, arguments)


def plain(*names: str, kind: str = "") -> Reading:
    """A layer of the module's own name, with some of its attributes."""

    def read(module: Any, _: Sequence[Any]) -> tuple[str, Parameters]:
        return kind or type(module).__name__, {name: one_or_all(getattr(module, name)) for name in names}

    return read


def one_or_all(sides: Any) -> Any:
    """One number where all sides are the same, else all of them."""
    if not isinstance(sides, tuple | list):
        return sides
    return sides[0] if len(set(sides)) == 1 else tuple(sides)


def _convolution(module: Any, _: Sequence[Any]) -> tuple[str, Parameters]:
    names = ("out_channels", "kernel_size", "stride", "padding", "dilation", "groups", "padding_mode")
    parameters: Parameters = {name: one_or_all(getattr(module, name)) for name in names}
    if isinstance(parameters["padding"], tuple) and parameters["stride"] == 1 and _keeps(module):
        parameters["padding"] = "same"
    return type(module).__name__, {**parameters, "bias": module.bias is not None}


def _keeps(module: Any) -> bool:
    sides = zip(module.kernel_size, module.dilation, module.padding, strict=True)
    return all(2 * padding == gap * (side - 1) for side, gap, padding in sides)


def _linear(module: Any, _: Sequence[Any]) -> tuple[str, Parameters]:
    return "Linear", {"out_features": module.out_features, "bias": module.bias is not None}


def _layer_norm(module: Any, _: Sequence[Any]) -> tuple[str, Parameters]:
    affine = {"elementwise_affine": module.elementwise_affine, "bias": module.bias is not None}
    return "LayerNorm", {"dimensions": len(module.normalized_shape), "eps": module.eps, **affine}


def _layer_norm_2d(module: Any, _: Sequence[Any]) -> tuple[str, Parameters]:
    return "LayerNorm2d", {"eps": module.eps, "elementwise_affine": module.elementwise_affine}


def _attention(module: Any, _: Sequence[Any]) -> tuple[str, Parameters]:
    bias = module.in_proj_bias is not None
    return "MultiheadAttention", {"num_heads": module.num_heads, "dropout": module.dropout, "bias": bias}


def _windows(module: Any, _: Sequence[Any]) -> tuple[str, Parameters]:
    names = ("num_heads", "window_size", "shift_size", "attention_dropout", "dropout")
    return type(module).__name__, {name: one_or_all(getattr(module, name)) for name in names}


def _permute(module: Any, _: Sequence[Any]) -> tuple[str, Parameters]:
    return "Permute", {"dims": tuple(module.dims[1:])}


def _swap(module: Any, arguments: Sequence[Any]) -> tuple[str, Parameters]:
    rank = len(arguments[0].shape)
    order = list(range(rank))
    order[module.a], order[module.b] = order[module.b], order[module.a]
    return "Permute", {"dims": tuple(order[1:])}


def _partition(_: Any, arguments: Sequence[Any]) -> tuple[str, Parameters]:
    return "WindowPartition", {"size": arguments[1]}


def _departition(_: Any, arguments: Sequence[Any]) -> tuple[str, Parameters]:
    return "WindowDepartition", {"rows": arguments[2]}


def _stochastic_depth(module: Any, _: Sequence[Any]) -> tuple[str, Parameters]:
    return "StochasticDepth", {"p": round(module.p, 6), "mode": module.mode}


def _flatten(module: Any, _: Sequence[Any]) -> tuple[str, Parameters]:
    return "Flatten", {"start_dim": module.start_dim, "end_dim": module.end_dim}


_POOL = ("kernel_size", "stride", "padding", "ceil_mode")
_NORM = ("eps", "momentum", "affine", "track_running_stats")

LEAVES: Mapping[type[nn.Module], Reading] = {
    nn.Conv1d: _convolution,
    nn.Conv2d: _convolution,
    nn.Conv3d: _convolution,
    nn.Linear: _linear,
    nn.BatchNorm1d: plain(*_NORM),
    nn.BatchNorm2d: plain(*_NORM),
    nn.BatchNorm3d: plain(*_NORM),
    nn.GroupNorm: plain("num_groups", "eps", "affine"),
    nn.LayerNorm: _layer_norm,
    nn.LocalResponseNorm: plain("size", "alpha", "beta", "k"),
    nn.MaxPool2d: plain(*_POOL, "dilation"),
    nn.AvgPool2d: plain(*_POOL, "count_include_pad"),
    nn.AdaptiveAvgPool2d: plain("output_size"),
    nn.AdaptiveMaxPool2d: plain("output_size"),
    nn.Dropout: plain("p"),
    nn.Dropout2d: plain("p"),
    nn.Identity: plain(),
    nn.Flatten: _flatten,
    nn.MultiheadAttention: _attention,
    nn.LeakyReLU: plain("negative_slope"),
    nn.ELU: plain("alpha"),
    nn.GELU: plain("approximate"),
    nn.Softmax: plain("dim"),
    **{
        kind: plain()
        for kind in (nn.ReLU, nn.ReLU6, nn.SELU, nn.SiLU, nn.Mish, nn.Hardswish, nn.Hardsigmoid, nn.Sigmoid, nn.Tanh)
    },
    Permute: _permute,
    StochasticDepth: _stochastic_depth,
    convnext.LayerNorm2d: _layer_norm_2d,
    swin_transformer.ShiftedWindowAttention: _windows,
    swin_transformer.ShiftedWindowAttentionV2: _windows,
    maxvit.RelativePositionalMultiHeadAttention: plain("head_dim"),
    maxvit.SwapAxes: _swap,
    maxvit.WindowPartition: _partition,
    maxvit.WindowDepartition: _departition,
}
