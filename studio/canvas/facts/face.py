"""What a box shows: read off its node, its declaration, and what is known of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.spec import (
    RESERVED,
    Block,
    Component,
    Graph,
    Layer,
    Mend,
    Node,
    Port,
    Problem,
    Project,
    Search,
    first_of,
)
from studio.canvas.facts.measure import Measure
from studio.canvas.facts.words import loose_line, or_text, parameter_line
from studio.widgets.fields import brief, write

ICONS = {
    "Network": "structure",
    "Linear": "linear",
    "Convolution": "convolution",
    "Pooling": "pooling",
    "Normalization": "normalization",
    "Activation": "activation",
    "Regularization": "regularization",
    "Merge": "merge",
    "Shape": "shape",
    "Arithmetic": "arithmetic",
    "Recurrent": "recurrent",
    "Attention": "attention",
    "Embedding": "embedding",
    "Padding": "padding",
    "Resizing": "resizing",
}
STRUCTURAL = {"Input": "input", "Output": "output", "Block": "block", "Kept": "block"}


def icon_of(kind: str, category: str) -> str:
    """The icon of a kind of layer: its category's; of a category that a pack invented the general one."""
    return STRUCTURAL.get(kind.partition(":")[0]) or ICONS.get(category, "layers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What is written on a box, and its ports."""

    title: str
    line: str
    icon: str
    category: str
    inputs: tuple[Port, ...] = ()
    outputs: tuple[str, ...] = ()
    kind: str = ""
    """What it is, whatever it is called: a kind of layer, or the network that a block stands for."""
    summary: str = ""
    """What the layer does, for the tooltip."""
    known: bool = True
    """Whether a pack on this machine declares the kind."""
    muted: bool = False
    """Whether data passes it by."""
    block: bool = False
    """Whether it stands for a network of its own."""
    copies: str = ""
    """How often a block is repeated, as `×6`; empty for once."""
    searched: bool = False
    """Whether a search tries something here."""
    ranged: bool = False
    """Whether that is a parameter of the node itself."""
    optional: bool = False
    """Whether a search tries it without the node."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What the analysis says of a node."""

    note: str = ""
    """What it costs, by the measure that is shown."""
    share: float = 0.0
    """How much of the network's cost that is, 0 to 1."""
    tone: str = ""
    """`error` or `warning` where something is wrong; what became of it where two networks are compared."""
    sign: str = ""
    """One character that says the tone without its color, such as `+`; empty for none."""
    badge: str = ""
    """A word or two beside the sign."""
    message: str = ""
    mend: Mend | None = None
    ports: frozenset[str] = frozenset()
    """The ports that are wrong."""


def face_of(node: Node, project: Project, graph: Graph, layers: Mapping[str, type[Layer]]) -> Face:
    """The face of a node; one of an unknown kind has the ports that its links speak of."""
    layer = layers.get(node.kind)
    ports = project.ports(node, layers)
    inputs, outputs = _spoken_of(node, graph) if ports is None else ports
    if layer is None:
        line = loose_line(node.parameters) or "unknown layer"
        return Face(
            title=node.kind,
            line=line,
            icon="help",
            category="",
            kind=node.kind,
            inputs=inputs,
            outputs=outputs,
            known=False,
            muted=node.muted,
            searched=_searched(node),
            ranged=_ranged(node),
            optional=node.optional,
        )
    title, line = _words(node, project, layers)
    title = or_text((title, *(_called(one, layers) for one in node.variants)))
    named = not re.fullmatch(rf"{re.escape(node.kind.lower())}(_\d+)?", node.id)
    return Face(
        title=node.id if named else title,
        line=f"{title}  {line}".rstrip() if named else line,
        icon=icon_of(node.kind, layer.category),
        category=layer.category,
        kind=title,
        inputs=inputs,
        outputs=outputs,
        summary=layer.summary(),
        muted=node.muted,
        block=_is_block(node),
        copies=_copies(node),
        searched=_searched(node),
        ranged=_ranged(node),
        optional=node.optional,
    )


def _searched(node: Node) -> bool:
    return node.optional or bool(node.variants) or _ranged(node)


def _ranged(node: Node) -> bool:
    return any(isinstance(value, Search) for value in node.parameters.values())


def _called(component: Component, layers: Mapping[str, type[Layer]]) -> str:
    """What something is called that a search may put in a node's place: a block by its network."""
    layer = layers.get(component.kind)
    return layer.title() if layer and component.title == component.kind else component.title


def _words(node: Node, project: Project, layers: Mapping[str, type[Layer]]) -> tuple[str, str]:
    """What a node is, and its telling parameters; a block is called by its network and shows what that exposes."""
    layer = layers[node.kind]
    network = str(first_of(node.parameters.get("network", "")))
    inner: Graph | None = project.networks.get(network) if _is_block(node) else None
    if inner is None:
        return layer.title(), parameter_line(node.kind, layer.parameters(), node.parameters)
    exposed = [one for one in project.parameters_of(node, layers) if one.name not in RESERVED]
    count = len(inner.nodes)
    line = parameter_line(node.kind, exposed, node.parameters) or f"{count} node{'s' * (count != 1)}"
    return network, line


def _is_block(node: Node) -> bool:
    return node.kind == Block.kind()


def _copies(node: Node) -> str:
    repeat = node.parameters.get("repeat", 1) if _is_block(node) else 1
    if isinstance(repeat, Search):
        return f"×{brief(repeat)}"
    return "" if repeat == 1 else f"×{write(repeat)}"


def _spoken_of(node: Node, graph: Graph) -> tuple[tuple[Port, ...], tuple[str, ...]]:
    inputs = dict.fromkeys(link.input for link in graph.incoming[node.id])
    outputs = dict.fromkeys(link.output for link in graph.outgoing[node.id])
    return tuple(Port(name=name) for name in inputs), tuple(outputs)


def marks_of(
    facts: Mapping[str, Any], problems: Iterable[Problem], measure: Measure | None = None, total: float = 0.0
) -> Marks:
    """The marks of a node from its facts and problems; of several problems the first error is written.

    `total` is what the network costs by the measure.
    """
    ordered = sorted(problems, key=lambda problem: problem.severity != "error")
    amount = measure.of(facts) if measure else 0.0
    share = round(amount / total, 3) if total else 0.0  # finer than a pixel, and what hardly changes stays as it is
    cost = Marks(note=measure.text(amount) if measure and amount else "", share=share)
    if not ordered:
        return cost
    first = ordered[0]
    more = f"  (and {len(ordered) - 1} more)" if len(ordered) > 1 else ""
    return replace(
        cost,
        tone=first.severity,
        message=first.message + more,
        mend=first.mend,
        ports=frozenset(problem.port for problem in ordered if problem.port),
    )
