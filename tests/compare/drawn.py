"""Small networks to compare, written as a chain of nodes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from engine.spec import Catalogue, FrozenDict, Graph, Link, Node, Project

CATALOGUE = Catalogue.load()


def node(name: str, kind: str, **parameters: Any) -> Node:
    return Node(id=name, kind=kind, parameters=FrozenDict(parameters))


def chain(*nodes: Node) -> Graph:
    """A network in which each node reads the one before."""
    links = (Link(source=one.id, target=other.id) for one, other in pairwise(nodes))
    return Graph(nodes=nodes, links=tuple(links))


def project(graph: Graph, **networks: Graph) -> Project:
    return Project(name="A", networks={"model": graph, **networks})


INPUT, OUTPUT = node("input_1", "Input"), node("output_1", "Output")
BASE = chain(
    INPUT,
    node("conv2d_1", "Conv2d", out_channels=16),
    node("relu_1", "ReLU"),
    node("conv2d_2", "Conv2d", out_channels=32),
    node("relu_2", "ReLU"),
    OUTPUT,
)
