"""Probing one layer on the meta device: torch itself says what comes out, at the cost of no data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import flop_registry

from engine.sayings import said
from engine.spec import Layer, Remedy

BATCH = 2
"""Samples in a probed batch: the least with which batch normalization can train."""

REMEMBERED = 50_000
"""Probes kept; a probe is some hundred bytes."""


class Signal(NamedTuple):
    """What flows through a link: a shape with `BATCH` samples and a dtype by its name."""

    shape: tuple[int, ...]
    dtype: str = "float32"

    def meta(self) -> torch.Tensor:
        """A tensor like it, without data."""
        return torch.empty(self.shape, dtype=getattr(torch, self.dtype), device="meta")

    @property
    def bytes(self) -> int:
        """Bytes that one sample of it takes."""
        count = 1
        for size in self.shape[1:] if self.shape[:1] == (BATCH,) else self.shape:
            count *= size
        return count * int(getattr(torch, self.dtype).itemsize)


@dataclass(frozen=True, slots=True)
class Probe:
    """What a layer makes of its inputs; `flops` per sample, forward. A failed probe has a `refusal` and no more."""

    outputs: tuple[Signal, ...] = ()
    parameters: int = 0
    flops: int = 0
    refusal: str = ""
    parameter: str | None = None
    """The parameter that the refusal is about, where the layer says it."""
    port: str | None = None
    """The input that the refusal is about, where the layer says it."""
    remedies: tuple[Remedy, ...] = ()
    """Ways out that the layer knows, the best first; none of them is tried."""


class _Flops(TorchDispatchMode):
    """Add up the floating-point operations, by torch's own registry of formulas."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.total = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = func(*args, **(kwargs or {}))
        formula = flop_registry.get(func._overloadpacket)
        if formula is not None:
            self.total += formula(*args, **(kwargs or {}), out_val=result)
        return result


_memory: dict[tuple[Layer, tuple[Signal | None, ...]], Probe] = {}


def probe(layer: Layer, inputs: tuple[Signal | None, ...]) -> Probe:
    """Run a layer on tensors without data; the answer is remembered, so that asking again costs nothing.

    `inputs` follow the layer's ports, a many-input port's links one after the other; None stands for an optional
    input that nothing is linked to.
    """
    key = (layer, inputs)
    found = _memory.get(key)
    if found is None:
        if len(_memory) >= REMEMBERED:
            _memory.clear()
        found = _memory[key] = _probed(layer, inputs)
    return found


def build(layer: Layer, inputs: tuple[Signal | None, ...]) -> nn.Module:
    """The layer's module with real weights; the layer must be one that builds."""
    metas = [None if one is None else one.meta() for one in inputs]
    module = layer.build(nn, *metas)  # type: ignore[attr-defined]
    assert isinstance(module, nn.Module)
    return module


def _probed(layer: Layer, inputs: tuple[Signal | None, ...]) -> Probe:
    metas = [None if one is None else one.meta() for one in inputs]
    try:
        with torch.device("meta"), torch.no_grad(), _Flops() as flops:
            module = build(layer, inputs) if layer.builds() else None
            flops.total = 0  # what initializing weights may have cost
            result = module(*metas) if module is not None else layer.call(torch, *metas)  # type: ignore[attr-defined]
        outputs = tuple(_signal(one) for one in (result if isinstance(result, tuple | list) else (result,)))
    except Exception as error:  # noqa: BLE001 - a layer is a pack's code, and any failure is an answer about this node
        return _refused(_in_words(layer, inputs, error), error)
    parameters = sum(one.numel() for one in module.parameters()) if module is not None else 0
    return Probe(outputs=outputs, parameters=parameters, flops=flops.total // BATCH)


def _refused(sentence: str, error: Exception) -> Probe:
    return Probe(
        refusal=sentence,
        parameter=getattr(error, "parameter", None),
        port=getattr(error, "port", None),
        remedies=tuple(getattr(error, "remedies", ())),
    )


def _signal(tensor: Any) -> Signal:
    if not isinstance(tensor, torch.Tensor):
        raise TypeError(f"it gives a {type(tensor).__name__} where a tensor belongs")
    return Signal(tuple(tensor.shape), str(tensor.dtype).removeprefix("torch."))


def in_words(signal: Signal) -> str:
    """A shape as a person writes it: `batch × 64 × 28 × 28`."""
    first = ["batch"] if signal.shape[:1] == (BATCH,) else [str(size) for size in signal.shape[:1]]
    return " × ".join([*first, *(str(size) for size in signal.shape[1:])]) or "a single number"


def _in_words(layer: Layer, inputs: tuple[Signal | None, ...], error: Exception) -> str:
    message = str(error).strip().partition("\n")[0]
    if isinstance(error, ValueError) and not message.startswith(("expected", "not enough values")):
        return message  # a layer's own sentence
    given = " and ".join(in_words(one) for one in inputs if one is not None) or "nothing"
    return f"{layer.kind()} does not fit what arrives here ({given}): {said(message or type(error).__name__)}."
