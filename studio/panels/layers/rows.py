"""What the table says: a row for every layer, rows inside for the layers of a block, and their sums."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.spec import Block, Catalogue, Graph, Node, Project, first_of
from studio.canvas.facts.measure import MEASURES, Measure
from studio.canvas.facts.words import tensor_text

FactsOf = Callable[[str, str], Mapping[str, Any]]
"""What the analysis knows of a node, by its network and id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One layer."""

    node: str
    kind: str
    output: str
    facts: Mapping[str, Any]
    known: bool
    """Whether its shapes are known."""
    share: float
    """Of what the whole network costs, by the measure that is shown."""
    inside: tuple[Row, ...] = ()
    """The layers of a block, for one copy of it."""

    def amount(self, measure: Measure) -> float:
        return measure.of(self.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its title, what is written in it, and what it is sorted by."""

    title: str
    text: Callable[[Row], str]
    key: Callable[[Row], Any]
    number: bool = True
    tip: str = ""


def _costs(measure: Measure) -> Column:
    def text(row: Row) -> str:
        return measure.text(row.amount(measure)) if row.known else ""

    return Column(title=measure.title, text=text, key=lambda row: row.amount(measure), tip=measure.tip)


COLUMNS = (
    Column(title="Layer", text=lambda row: row.node, key=lambda row: row.node.lower(), number=False),
    Column(title="Kind", text=lambda row: row.kind, key=lambda row: row.kind.lower(), number=False),
    Column(title="Output", text=lambda row: row.output, key=lambda row: row.output, number=False),
    *(_costs(measure) for measure in MEASURES),
    Column(title="Share", text=lambda row: percent(row.share) if row.known else "", key=lambda row: row.share),
)
SHARE = len(COLUMNS) - 1


def percent(share: float) -> str:
    """A share as `12 %`, `0.4 %` or `0`."""
    if share <= 0:
        return "0"
    return f"{100 * share:.0f} %" if share >= 0.0095 else f"{max(100 * share, 0.01):.2g} %"


def rows_of(project: Project, network: str, catalogue: Catalogue, facts: FactsOf, measure: Measure) -> tuple[Row, ...]:
    """The rows of a network, in the order its nodes were added."""
    graph: Graph = project.networks.get(network, Graph())
    total = measure.total(facts(network, node.id) for node in graph.nodes)

    def made(name: str, node: Node, within: tuple[str, ...]) -> Row:
        layer, known = catalogue.layers.get(node.kind), facts(name, node.id)
        outputs: Mapping[str, Any] = known.get("outputs") or {}
        inner = str(first_of(node.parameters.get("network", ""))) if node.kind == Block.kind() else ""
        graph: Graph = Graph() if inner in within else project.networks.get(inner, Graph())
        return Row(
            node=node.id,
            kind=f"{inner} ×{first_of(node.parameters.get('repeat', 1))}"
            if inner
            else layer.title()
            if layer
            else node.kind,
            output=" and ".join(tensor_text(one, batch=True) for one in outputs.values()),
            facts=known,
            known=bool(known),
            share=measure.of(known) / total if total else 0.0,
            inside=tuple(made(inner, one, (*within, inner)) for one in graph.nodes),
        )

    return tuple(made(network, node, (network,)) for node in graph.nodes)


def sums(rows: Iterable[Row], noun: str = "layer") -> str:
    """What rows cost together, in a line."""
    every = list(rows)
    costs = (f"{one.text(sum(row.amount(one) for row in every))} {UNITS[one.key]}" for one in MEASURES)
    return "   ".join([f"{len(every)} {noun}{'s' * (len(every) != 1)}", *costs])


UNITS = {"parameters": "parameters", "flops": "FLOPs", "activation_bytes": "activations"}


def written(rows: Iterable[Row], *, separator: str = ",") -> str:
    """Rows with a heading as CSV, or as text with tabs between; numbers are written out."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator="\n")
    writer.writerow(["layer", "kind", "output", *(measure.key for measure in MEASURES), "share"])
    for row, depth in _indented(rows, 0):
        amounts = (round(row.amount(measure)) for measure in MEASURES)
        writer.writerow(["  " * depth + row.node, row.kind, row.output, *amounts, f"{row.share:.6f}"])
    return file.getvalue()


def _indented(rows: Iterable[Row], depth: int) -> Iterator[tuple[Row, int]]:
    for row in rows:
        yield row, depth
        yield from _indented(row.inside, depth + 1)
