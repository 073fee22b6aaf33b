"""What a module does with its inputs, call by call: traced by torch.fx, then run without data to know every value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, fx, nn
from torchvision.models import shufflenetv2

from engine.convert.errors import ConvertError
from engine.convert.leaves import is_leaf

WHOLE = (shufflenetv2.channel_shuffle,)
"""Functions that are one idea, and are not looked into."""
CLOSED = ("_Transition",)
"""Kinds of `nn.Sequential` that are one idea, and become a block."""


class Policy:
    """Which modules of a model become nodes, which blocks, and which are drawn as what they hold."""

    def __init__(self, model: nn.Module) -> None:
        self._counts = Counter(type(one) for one in model.modules())

    def is_block(self, module: nn.Module) -> bool:
        """Whether a module becomes a block: it has an idea of its own, and is no mere list of others."""
        return not (is_leaf(module) or self._is_list(module) or self._holds_a_stack(module))

    @staticmethod
    def _is_list(module: nn.Module) -> bool:
        listing = isinstance(module, nn.Sequential | nn.ModuleList)
        return listing and type(module).__name__ not in CLOSED

    def _holds_a_stack(self, module: nn.Module) -> bool:
        """Whether a module occurs once, or does no more, than to hold blocks of one kind one after the other."""
        children = list(module.children())
        stacks = [one for one in children if self._is_list(one) and self._is_stack(one)]
        return bool(stacks) and (len(children) == 1 or self._counts[type(module)] == 1)

    def _is_stack(self, module: nn.Module) -> bool:
        kinds = {type(one) for one in module.children()}
        return len(kinds) == 1 and self.is_block(next(iter(module.children())))


@dataclass(frozen=True)
class Trace:
    """The calls of a module in order, with the value that each gives for tensors without data."""

    root: nn.Module
    nodes: tuple[fx.Node, ...]
    values: dict[fx.Node, Any]


def trace(module: nn.Module, inputs: Sequence[Tensor], policy: Policy) -> Trace:
    """Trace a module down to nodes and blocks; raise `ConvertError` where its way depends on the data."""
    graph = _traced(module, policy)
    recorder = _Recorder(module, graph)
    try:
        with torch.no_grad():
            recorder.run(*inputs)
    except Exception as error:  # a module is anybody's code
        for child in module.modules():
            if child is not module and policy.is_block(child):
                _traced(child, policy)  # says what is wrong, if it is this one's way of computing
        reason = str(error).strip().partition("\n")[0].rstrip(".")
        raise ConvertError(f"{type(module).__name__} cannot be computed without data: {reason}.") from error
    return Trace(module, tuple(graph.nodes), recorder.values)


def _traced(module: nn.Module, policy: Policy) -> fx.Graph:
    tracer = _Tracer(policy, module)
    try:
        return tracer.trace(module)
    except fx.proxy.TraceError as error:
        name = type(module).__name__
        reason = "decides by the numbers it is given" if "control flow" in str(error) else "cannot be traced"
        raise ConvertError(
            f"{name} {reason}, so what it does cannot be drawn: a drawing is the same for all data."
        ) from None
    except Exception as error:
        reason = str(error).strip().partition("\n")[0].rstrip(".")
        raise ConvertError(f"{type(module).__name__} cannot be traced: {reason}.") from error


class _Tracer(fx.Tracer):
    def __init__(self, policy: Policy, root: nn.Module) -> None:
        super().__init__(autowrap_functions=WHOLE)
        self._policy = policy
        self._top = root

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
        return is_leaf(m) or (m is not self._top and self._policy.is_block(m))


class _Recorder(fx.Interpreter):
    """Runs a traced graph and keeps every value."""

    def __init__(self, module: nn.Module, graph: fx.Graph) -> None:
        super().__init__(module, garbage_collect_values=False, graph=graph)
        self.values: dict[fx.Node, Any] = {}

    def run_node(self, n: fx.Node) -> Any:
        value = super().run_node(n)
        self.values[n] = value
        return value
