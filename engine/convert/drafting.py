"""From what a module does to a draft of a network: layers, blocks, and the wires between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from torch import Tensor, fx, nn

from engine.convert.draft import Draft, Piece, Wire
from engine.convert.errors import ConvertError
from engine.convert.functions import Call, Layered, holds_tensor, read_function
from engine.convert.learned import Learned, with_learned
from engine.convert.leaves import is_leaf, read_leaf
from engine.convert.naming import Namer, title_of
from engine.convert.tracing import Policy, Trace, trace
from engine.spec import Layer

PASSED = ("contiguous", "expand", "clone", "detach")
"""Methods that change no number."""


@dataclass
class Drafter:
    """Drafts the modules of one model.

    Args:
        policy: which modules become blocks.
        layers: the layers there are, for the names of their ports.
        names: what each weight is called in the original model, by the identity of its tensor.
    """

    policy: Policy
    layers: Mapping[str, type[Layer]]
    names: Mapping[int, str]
    used: set[int] = field(default_factory=set)
    """Modules with weights that are drawn already."""

    def draft(self, module: nn.Module, inputs: Sequence[Tensor]) -> Draft:
        """Draft one module for such inputs; raise `ConvertError` where something has no layer."""
        return _Writing(self, trace(module, inputs, self.policy)).draft

    def claim(self, module: nn.Module, path: str) -> dict[str, str]:
        """The names of a module's weights, which may be drawn once only."""
        own = {name: self.names[id(one)] for name, one in module.state_dict(keep_vars=True).items()}
        if own and id(module) in self.used:
            raise ConvertError(f"'{path}' is used twice with the same weights, and a drawing gives each node its own.")
        self.used.add(id(module))
        return own


Source = tuple[str, str]
"""A piece and one of its outputs."""


class _Writing:
    """Writes one draft, call by call."""

    def __init__(self, drafter: Drafter, traced: Trace) -> None:
        self._drafter = drafter
        self._traced = traced
        self._namer = Namer()
        self._sources: dict[fx.Node, Source] = {}
        self._several: dict[fx.Node, tuple[Source, ...]] = {}
        self._learned: dict[fx.Node, Learned] = {}
        self.draft = Draft(title_of(type(traced.root)))
        for node in traced.nodes:
            self._write(node)

    def _write(self, node: fx.Node) -> None:
        value = self._traced.values[node]
        if node.op == "output":
            self._leave(node)
        elif not holds_tensor(value):
            return  # a number computed from shapes, known by now
        elif node.op == "placeholder":
            name = self._namer.take(str(node.target))
            self._sources[node] = self._add(Piece(name, "Input", {"column": name}))
        elif node.op == "get_attr":
            self._learned[node] = Learned(self._drafter.names[id(value)], value)
        elif node.op == "call_module":
            self._module(node)
        else:
            self._function(node)

    def _module(self, node: fx.Node) -> None:
        path = str(node.target)
        module = self._traced.root.get_submodule(path)
        given = fx.node.map_arg((*node.args, *node.kwargs.values()), self._traced.values.__getitem__)
        read = [one for one in (*node.args, *node.kwargs.values()) if isinstance(one, fx.Node) and one in self._sources]
        if isinstance(module, nn.Identity):
            self._sources[node] = self._sources[read[0]]
        elif is_leaf(module):
            kind, parameters = read_leaf(module, given)
            inputs = read[:1] if len(set(read)) == 1 else read
            piece = Piece(self._namer.layer(path, kind), kind, parameters, self._drafter.claim(module, path), path=path)
            self._place(node, piece, inputs, self._ports(kind, len(inputs)))
        else:
            self._drafter.claim(module, path)
            inner = self._drafter.draft(module, [one for one in given if isinstance(one, Tensor)])
            piece = Piece(self._namer.block(path), "Block", copies=(inner,), path=path)
            entries = [one.id for one in inner.pieces if one.kind == "Input"]
            self._place(node, piece, read, entries)

    def _function(self, node: fx.Node) -> None:
        call = Call(node, self._traced.values)
        first = node.args[0] if node.args else None
        if isinstance(first, fx.Node) and self._passes(node, first):
            return
        layered = with_learned(call, self._learned) or read_function(call)
        if layered is None or any(one in self._learned for one in layered.inputs):
            name = getattr(node.target, "__name__", str(node.target))
            raise ConvertError(
                f"{type(self._traced.root).__name__} computes '{name}', for which there is no layer yet."
            )
        self._layer(node, layered)

    def _layer(self, node: fx.Node, layered: Layered) -> None:
        names = [self._learned[one].name for one in node.all_input_nodes if one in self._learned]
        weights = dict(zip(("weight",), names, strict=False))
        piece = Piece(self._namer.numbered(layered.kind.lower()), layered.kind, layered.parameters, weights)
        self._place(node, piece, layered.inputs, self._ports(layered.kind, len(layered.inputs)))

    def _passes(self, node: fx.Node, first: fx.Node) -> bool:
        """Whether a call gives what it got: a way of storing it, or one of several results."""
        if first in self._several and isinstance(node.args[1], int):
            self._sources[node] = self._several[first][node.args[1]]
        elif node.target in PASSED and first in self._learned:
            self._learned[node] = self._learned[first]
        elif node.target in PASSED and first in self._sources and node.target != "expand":
            self._sources[node] = self._sources[first]
        else:
            return False
        return True

    def _place(self, node: fx.Node, piece: Piece, inputs: Sequence[fx.Node], ports: Sequence[str]) -> None:
        """Add a piece with its wires, and remember what it gives."""
        self._add(piece)
        for one, port in zip(inputs, ports, strict=True):
            source, output = self._sources[one]
            self.draft.wires.append(Wire(source, output, piece.id, port))
        outputs = self._outputs(piece)
        if len(outputs) == 1:
            self._sources[node] = piece.id, outputs[0]
        if isinstance(self._traced.values[node], tuple | list):
            self._several[node] = tuple((piece.id, one) for one in outputs)

    def _add(self, piece: Piece) -> Source:
        self.draft.pieces.append(piece)
        return piece.id, "output"

    def _ports(self, kind: str, count: int) -> list[str]:
        ports = self._drafter.layers[kind].inputs()
        return [ports[min(place, len(ports) - 1)].name for place in range(count)]

    def _outputs(self, piece: Piece) -> list[str]:
        if piece.copies:
            return [str(one.parameters["name"]) for one in piece.copies[-1].pieces if one.kind == "Output"]
        return list(self._drafter.layers[piece.kind].outputs)

    def _leave(self, node: fx.Node) -> None:
        results = node.args[0] if isinstance(node.args[0], tuple | list) else (node.args[0],)
        for place, one in enumerate(results):
            if not isinstance(one, fx.Node) or one not in self._sources:
                raise ConvertError(f"{type(self._traced.root).__name__} gives something other than tensors.")
            name = "output" if len(results) == 1 else f"output_{place + 1}"
            piece = Piece(self._namer.take(name), "Output", {"name": name})
            self._add(piece)
            source, output = self._sources[one]
            self.draft.wires.append(Wire(source, output, piece.id, "x"))
