"""A layer's `call` as source: recorded with tensors to come, as assembling does, and written down."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Sequence
from typing import Any

import torch
from torch import fx
from torch.fx.proxy import GraphAppendingTracer

from engine.assemble import Known
from engine.export.body import Parts, Statement, Value
from engine.export.errors import ExportError
from engine.export.literals import OPERATORS, function_name, literal
from engine.flow import Station


def recorded(station: Station, arguments: Sequence[Value | None]) -> tuple[list[Statement], list[Value]]:
    """The statements that compute a layer without weights, and the values it gives, one for each output."""
    graph = fx.Graph()
    tracer = GraphAppendingTracer(graph)
    values: dict[fx.Node, Value] = {}
    proxies: list[Known | None] = []
    for number, (value, signal) in enumerate(zip(arguments, station.inputs, strict=True)):
        if value is None or signal is None:
            proxies.append(None)
            continue
        node = graph.placeholder(f"input_{number}")
        values[node] = value
        proxies.append(Known(node, tracer, signal))
    result = station.layer.call(torch, *proxies)  # type: ignore[attr-defined]
    several = isinstance(result, tuple | list)
    results = [one.node for one in (result if several else (result,))]
    writer = _Writer(station.node.id, values, results)
    hints = [f"{station.node.id}_{port}" for port in station.layer.outputs] if several else [station.node.id]
    return writer.statements, [writer.result(node, hint) for node, hint in zip(results, hints, strict=True)]


class _Writer:
    """Writes the nodes that lead to a layer's results; what is needed once stands where it is needed."""

    def __init__(self, owner: str, values: dict[fx.Node, Value], results: list[fx.Node]) -> None:
        self.statements: list[Statement] = []
        self._owner = owner
        self._values = values
        self._uses = Counter(results)
        for node in results[0].graph.nodes:
            fx.node.map_arg((node.args, node.kwargs), lambda one: self._uses.update([one]))

    def result(self, node: fx.Node, hint: str) -> Value:
        """The value of a result, set by a statement of its own unless it is one that came in."""
        if node not in self._values:
            self._set(node, hint)
        return self._values[node]

    def _set(self, node: fx.Node, hint: str) -> None:
        parts = self._parts(node)
        self._values[node] = Value(hint)
        self.statements.append(Statement([self._values[node]], parts))

    def _expression(self, node: fx.Node) -> Parts:
        if node not in self._values and self._uses[node] > 1 and not _size(node):
            self._set(node, f"{self._owner}_{node.name}")
        return [self._values[node]] if node in self._values else self._parts(node)

    def _parts(self, node: fx.Node) -> Parts:
        if _size(node):
            return [*self._written(node.args[0]), f".shape[{node.args[1]}]"]
        if node.op == "call_method":
            inside = self._arguments(node.args[1:], node.kwargs)
            return [*self._written(node.args[0]), f".{node.target}(", *inside, ")"]
        if node.target is operator.getitem:
            return [*self._written(node.args[0]), "[", *self._index(node.args[1]), "]"]
        if node.op == "call_function" and node.target in OPERATORS and len(node.args) == 2 and not node.kwargs:
            left, right = (self._operand(one, node) for one in node.args)
            return [*left, f" {OPERATORS[node.target]} ", *right]
        if node.op == "call_function":
            return [f"{function_name(node.target)}(", *self._arguments(node.args, node.kwargs), ")"]  # type: ignore[arg-type]
        raise ExportError(f"'{node.op}' cannot be written as source code")

    def _operand(self, value: Any, around: fx.Node) -> Parts:
        parts = self._written(value)
        within = isinstance(value, fx.Node) and value not in self._values and value.target in OPERATORS
        same = within and value.target is around.target and value is around.args[0]
        return ["(", *parts, ")"] if within and not same else parts

    def _arguments(self, args: Sequence[Any], kwargs: dict[str, Any]) -> Parts:
        found = [self._written(one) for one in args]
        found += [[f"{name}=", *self._written(one)] for name, one in kwargs.items()]
        return _joined(found)

    def _written(self, value: Any) -> Parts:
        if isinstance(value, fx.Node):
            return self._expression(value)
        if isinstance(value, tuple) and any(isinstance(one, fx.Node) for one in value):
            return ["(", *_joined([self._written(one) for one in value]), ",)" if len(value) == 1 else ")"]
        if isinstance(value, list):
            return ["[", *_joined([self._written(one) for one in value]), "]"]
        return [literal(value)]

    def _index(self, value: Any) -> Parts:
        if isinstance(value, tuple):
            return _joined([self._index(one) for one in value])
        if isinstance(value, slice):
            ends = [[] if one is None else self._written(one) for one in (value.start, value.stop)]
            step = [] if value.step in (None, 1) else [":", *self._written(value.step)]
            return [*ends[0], ":", *ends[1], *step]
        return ["..."] if value is ... else self._written(value)


def _size(node: fx.Node) -> bool:
    return node.op == "call_method" and node.target == "size" and len(node.args) == 2


def _joined(parts: list[Parts]) -> Parts:
    found: Parts = []
    for place, one in enumerate(parts):
        found += [", "] if place else []
        found += one
    return found
