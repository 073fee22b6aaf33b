"""Assembling: a drawn network becomes a `torch.fx.GraphModule`, plain PyTorch with no interpreter in its loop."""

from __future__ import annotations

import operator
from keyword import iskeyword
from typing import Any

import torch
from torch import fx, nn
from torch.fx.proxy import GraphAppendingTracer

from engine.flow import Flow, Follower, Station
from engine.probe import Signal, build
from engine.spec import Catalogue, Facts, Problem, Project
from engine.spec.layer import Bypass


class GraphError(ValueError):
    """A network that cannot be assembled; `problems` say where and why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        first = problems[0]
        place = f"'{first.node}' in '{first.network}': " if first.node else ""
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{place}{first.message}{more}")


def assemble(project: Project, catalogue: Catalogue, facts: Facts | None, *, network: str = "model") -> fx.GraphModule:
    """Build a network with freshly initialized weights (seed torch first for the same ones).

    The module takes tensors in the order of its attribute `inputs` (the columns that its Input nodes name) and
    returns one tensor for a single Output, else a tuple in the order of its attribute `outputs`. Submodules are
    named by node id, so a weight is `conv2d_1.weight` (see `module_name`). Raise `GraphError` where there is a problem.
    """
    if network not in project.networks:
        raise GraphError((Problem(message=f"The project has no network '{network}'.", network=network),))
    flow = Follower(project, catalogue, facts).follow(network)
    errors = tuple(one for one in flow.problems if one.severity == "error")
    if errors:
        raise GraphError(errors)
    return _module(flow)


def module_name(node: str) -> str:
    """The name of a node's submodule: its id, with a `_` behind where Python or every module has such a word."""
    taken = hasattr(fx.GraphModule, node) or node in _TAKEN or iskeyword(node)
    return f"{node}_" if taken else node


_TAKEN = frozenset(vars(fx.GraphModule(nn.Module(), fx.Graph()))) | {"inputs", "outputs"}


class Known(fx.Proxy):
    """A tensor to come whose shape is known but for the batch, so that a layer's `call` may compute with it."""

    def __init__(self, node: fx.Node, tracer: GraphAppendingTracer, signal: Signal) -> None:
        super().__init__(node, tracer)
        self._signal = signal

    @property
    def shape(self) -> tuple[Any, ...]:
        """The first entry is read from the tensor at run time, the others are numbers."""
        return (self.size(0), *self._signal.shape[1:])

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return len(self._signal.shape)

    def dim(self) -> int:
        """The number of dimensions."""
        return len(self._signal.shape)

    @property
    def dtype(self) -> torch.dtype:
        """The dtype."""
        found: torch.dtype = getattr(torch, self._signal.dtype)
        return found


def _module(flow: Flow) -> fx.GraphModule:
    writer, graph = _Writer(flow), flow.graph
    found = [station for station in flow.stations.values() if station.node.kind == "Input"]
    inputs = sorted(found, key=lambda one: graph.nodes.index(one.node))
    for station in inputs:  # arguments first, in the drawn order
        writer.value[station.node.id, "output"] = writer.graph.placeholder(module_name(station.node.id))
    for station in flow.stations.values():
        writer.write(station)
    outputs = [writer.value[node.id, "result"] for node in graph.of_kind("Output")]
    writer.graph.output(outputs[0] if len(outputs) == 1 else tuple(outputs))
    module = fx.GraphModule(writer.modules, writer.graph, class_name="Model")
    module.graph.eliminate_dead_code()
    module.delete_all_unused_submodules()
    module.recompile()
    columns = tuple(str(getattr(station.layer, "column", "")) for station in inputs)
    module.__dict__.update(inputs=columns, outputs=tuple(flow.outputs))  # plain facts, neither weights nor submodules
    return module


class _Writer:
    """Writes the stations of a flow into an fx graph, one after the other."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.graph = fx.Graph()
        self.tracer = GraphAppendingTracer(self.graph)
        self.modules = nn.Module()
        self.value: dict[tuple[str, str], fx.Node] = {}
        """The fx node behind each output port."""

    def write(self, station: Station) -> None:
        """Add what one node computes."""
        node = station.node
        arguments = [None if link is None else self.value[link.source, link.output] for link in station.links]
        if isinstance(station.layer, Bypass):
            known = [one for one in arguments if one is not None]
            for place, name in enumerate(station.outputs):
                self.value[node.id, name] = known[place] if place < len(known) else known[0]
        elif node.kind == "Input":
            return
        elif node.kind == "Output":
            assert arguments[0] is not None
            self.value[node.id, "result"] = arguments[0]
        elif node.kind == "Block":
            self._block(station, arguments)
        elif station.layer.builds():
            self.modules.add_module(module_name(node.id), build(station.layer, station.inputs))
            self._name(station, self.graph.call_module(module_name(node.id), tuple(arguments)))
        else:
            self._expression(station, arguments)

    def _block(self, station: Station, arguments: list[fx.Node | None]) -> None:
        """The copies of a block one after the other, each a module of its own within one named after the node."""
        copies, name = nn.ModuleList(), module_name(station.node.id)
        self.modules.add_module(name, copies)
        results = arguments
        for number, inner in enumerate(station.inside):
            copies.append(_module(inner))
            result = self.graph.call_module(f"{name}.{number}", tuple(results))
            results = (
                [result] if len(inner.outputs) == 1 else [self._item(result, one) for one in range(len(inner.outputs))]
            )
        for port, value in zip(station.outputs, results, strict=True):
            assert value is not None
            self.value[station.node.id, port] = value

    def _expression(self, station: Station, arguments: list[fx.Node | None]) -> None:
        pairs = zip(arguments, station.inputs, strict=True)
        proxies = [None if one is None or signal is None else Known(one, self.tracer, signal) for one, signal in pairs]
        result = station.layer.call(torch, *proxies)  # type: ignore[attr-defined]
        if isinstance(result, tuple | list):
            for name, one in zip(station.layer.outputs, result, strict=True):
                self.value[station.node.id, name] = one.node
        else:
            self._name(station, result.node)

    def _name(self, station: Station, result: fx.Node) -> None:
        ports = station.layer.outputs
        if len(ports) == 1:
            self.value[station.node.id, ports[0]] = result
        else:
            for place, port in enumerate(ports):
                self.value[station.node.id, port] = self._item(result, place)

    def _item(self, result: fx.Node, place: int) -> fx.Node:
        return self.graph.call_function(operator.getitem, (result, place))
