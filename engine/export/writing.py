"""From a flow to a body: the constructors of its layers, and the statements that join them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from torch import nn

from engine.assemble import module_name
from engine.export.adopted import Adopted
from engine.export.body import Body, Call, Given, Member, Parts, Statement, Value
from engine.export.construction import UNSET, Argument, Constructions, observed
from engine.export.errors import ExportError
from engine.export.expressions import recorded
from engine.export.literals import literal
from engine.flow import Flow, Station
from engine.probe import in_words
from engine.spec.layer import Bypass

TYPES = (bool, int, float, str)

Copy = Callable[[Flow], Call]
"""The constructor's call for a copy of a block."""


class BodyWriter:
    """Writes one network.

    Args:
        flow: the data in it.
        adopted: what the file imports and defines besides.
        copy: the constructors of the blocks that it uses.
    """

    def __init__(self, flow: Flow, adopted: Adopted, copy: Copy) -> None:
        self.body = Body(flow)
        self._adopted, self._copy = adopted, copy
        self._values: dict[tuple[str, str], Value] = {}

    def write(self) -> Body:
        """Every node that leads to an output, in an order in which they can be computed."""
        flow, body = self.body.flow, self.body
        inputs = [one for one in flow.graph.of_kind("Input") if one.id in flow.stations]
        for node in inputs:
            value = self._values[node.id, "output"] = Value(node.id)
            body.inputs.append(value)
        needed = leading_out(flow)
        for station in flow.stations.values():
            if station.node.id in needed:
                self._write(station)
        body.outputs = [self._values[node.id, "result"] for node in flow.graph.of_kind("Output")]
        return body

    def _write(self, station: Station) -> None:
        node, before = station.node, len(self.body.statements)
        arguments = [None if link is None else self._values[link.source, link.output] for link in station.links]
        if isinstance(station.layer, Bypass):
            known = [one for one in arguments if one is not None]
            for place, port in enumerate(station.outputs):
                self._values[node.id, port] = known[place] if place < len(known) else known[0]
        elif node.kind == "Output":
            assert arguments[0] is not None
            self._values[node.id, "result"] = arguments[0]
        elif node.kind == "Block":
            self._block(station, arguments)
        elif node.kind != "Input":
            try:
                (self._module if station.layer.builds() else self._expression)(station, arguments)
            except ExportError as error:
                raise ExportError(f"'{node.id}' ({node.kind}) cannot be written as PyTorch: {error}") from None
        if len(self.body.statements) > before and station.outputs:
            self.body.statements[-1].remark = in_words(next(iter(station.outputs.values())))

    def _module(self, station: Station, arguments: list[Value | None]) -> None:
        name, pack = module_name(station.node.id), type(station.layer).__module__.partition(".")[0]
        metas = [None if one is None else one.meta() for one in station.inputs]
        module, made = observed(lambda: station.layer.build(nn, *metas))  # type: ignore[attr-defined]
        self.body.members.append(Member(name, station.node.id, (self._call(module, made, pack),)))
        self._state(station, [f"self.{name}(", *_passed(arguments), ")"], station.layer.outputs)

    def _expression(self, station: Station, arguments: list[Value | None]) -> None:
        statements, results = recorded(station, arguments)
        self.body.statements += statements
        ports = station.layer.outputs
        if len(ports) == len(results):
            self._values |= {(station.node.id, port): one for port, one in zip(ports, results, strict=True)}
        else:
            self._state(station, [results[0]], ports)

    def _block(self, station: Station, arguments: list[Value | None]) -> None:
        name, copies = module_name(station.node.id), station.inside
        chained = len(arguments) == 1 and len(station.outputs) == 1
        calls = tuple(self._copy(flow) for flow in copies)
        self.body.members.append(Member(name, station.node.id, calls, block=True, chained=chained))
        where = f"self.{name}(" if chained else f"self.{name}[0]("
        targets = self._state(station, [where, *_passed(arguments), ")"], tuple(station.outputs))
        if not chained and len(copies) > 1:
            again: Parts = [
                f"for block in self.{name}[1:]:\n    ",
                *_listed(targets),
                " = block(",
                *_listed(targets),
                ")",
            ]
            self.body.statements[-1].after = again

    def _state(self, station: Station, parts: Parts, ports: tuple[str, ...]) -> list[Value]:
        """Set the values of a node's outputs by one statement."""
        node = station.node.id
        targets = [Value(node if len(ports) == 1 else f"{node}_{port}") for port in ports]
        self._values |= {(node, port): one for port, one in zip(ports, targets, strict=True)}
        self.body.statements.append(Statement(targets, parts))
        return targets

    def _call(self, module: nn.Module, made: Constructions, pack: str) -> Call:
        found = made.get(id(module))
        if found is None:
            raise ExportError(f"nobody saw how its {type(module).__name__} was made")
        given = (self._given(one, made, pack) for one in found.arguments)
        return Call(self._adopted.name(found.made, pack), tuple(given))

    def _given(self, argument: Argument, made: Constructions, pack: str) -> Given:
        default = "" if argument.default is UNSET else _default(argument.default)
        kind = next((one.__name__ for one in TYPES if type(argument.value) is one), "")
        return Given(argument.name, self._text(argument.value, made, pack), argument.keyword, default, kind)

    def _text(self, value: Any, made: Constructions, pack: str) -> str:
        if isinstance(value, nn.Module):
            call = self._call(value, made, pack)
            return f"{call.callee}({', '.join(shown(call.arguments))})"
        if isinstance(value, list | tuple) and any(isinstance(one, nn.Module) for one in value):
            inside = ", ".join(self._text(one, made, pack) for one in value)
            return f"[{inside}]" if isinstance(value, list) else f"({inside},)"
        if isinstance(value, type) and issubclass(value, nn.Module):
            return self._adopted.name(value, pack)
        return literal(value)


def shown(arguments: tuple[Given, ...]) -> Iterator[str]:
    """The arguments of a call, without those that say what holds anyway."""
    for one in arguments:
        if one.text != one.default:
            yield f"{one.name}={one.text}" if one.keyword else one.text


def leading_out(flow: Flow) -> set[str]:
    """The nodes that an output depends on; nothing else is computed."""
    waiting = [node.id for node in flow.graph.of_kind("Output")]
    found: set[str] = set()
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += [link.source for link in flow.stations[node].links if link is not None]
    return found


def _default(value: Any) -> str:
    try:
        return literal(value)
    except ExportError:
        return ""


def _passed(arguments: list[Value | None]) -> Parts:
    """The tensors handed to a module; None for optional ones left out, unless nothing follows."""
    while arguments and arguments[-1] is None:
        arguments = arguments[:-1]
    return _listed(["None" if one is None else one for one in arguments])


def _listed(values: list[Value] | list[Value | str]) -> Parts:
    found: Parts = []
    for place, one in enumerate(values):
        found += [", ", one] if place else [one]
    return found
