"""Values of a search that make a network which does not fit together are known before any is tried."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from engine.corners import corner_problems
from engine.spec import Catalogue, Component, FrozenDict, Graph, Link, Node, Problem, Project, Search

CATALOGUE = Catalogue.load(["plugins.core", "plugins.vision", "plugins.tasks"])


@pytest.fixture
def project() -> Project:
    """An image of 8 × 8 through a convolution and a pooling, to ten classes."""
    graph = Graph().add(*nodes())
    names = [one.id for one in graph.nodes]
    for source, target in itertools.pairwise(names):
        graph = graph.connect(Link(source=source, target=target))
    return Project(networks=FrozenDict({"model": graph}))


def nodes() -> Iterator[Node]:
    yield node("image", "Input", shape=(1, 8, 8))
    yield node("conv", "Conv2d", out_channels=4, kernel_size=3)
    yield node("pool", "MaxPool2d", kernel_size=2)
    yield node("flat", "Flatten")
    yield node("classes", "Linear", out_features=10)
    yield node("prediction", "Output")


def node(name: str, kind: str, **parameters: Any) -> Node:
    return Node(id=name, kind=kind, parameters=FrozenDict(parameters))


def told(project: Project) -> list[Problem]:
    return list(corner_problems(project, CATALOGUE))


def varied(project: Project, name: str, **changes: Any) -> Project:
    graph = project.model
    return project.with_network("model", graph.replace(graph[name].having(**changes)))


def test_that_a_choice_that_leaves_nothing_of_the_image_is_told_of_at_its_mark(project: Project) -> None:
    (problem,) = told(project.set("model.pool.kernel_size", Search(choices=(2, 4, 9))))
    assert problem.message.startswith("With kernel_size 9: pool: ")
    assert (problem.node, problem.parameter, problem.severity) == ("pool", "kernel_size", "warning")


def test_that_the_node_where_it_shows_is_named(project: Project) -> None:
    broken = project.set("model.conv.padding", "valid").set("model.conv.kernel_size", Search(low=3, high=8))
    (problem,) = told(broken)
    assert (problem.node, problem.parameter) == ("conv", "kernel_size")
    assert "With kernel_size 8: pool: " in problem.message


def test_that_a_node_that_cannot_be_left_out_for_its_shapes_says_what_would_be_wrong(project: Project) -> None:
    second = project.model.add(node("norm", "BatchNorm1d")).connect(Link(source="flat", target="norm"))
    second = second.connect(Link(source="norm", target="classes"))
    (problem,) = told(varied(project.with_network("model", second), "flat", optional=True))
    assert problem.message.startswith("Where a search leaves it out: norm: ")


def test_that_a_variant_that_does_not_fit_is_told_of_at_the_node(project: Project) -> None:
    (problem,) = told(varied(project, "pool", variants=(Component(kind="BatchNorm1d"),)))
    assert problem.message.startswith("With BatchNorm1d: pool: ")


def test_that_marks_below_a_choice_are_tried_where_it_was_made(project: Project) -> None:
    large = Component(kind="AvgPool2d", parameters=FrozenDict({"kernel_size": Search(choices=(2, 16))}))
    (problem,) = told(varied(project, "pool", variants=(large,)))
    assert "With kernel_size 16: pool: " in problem.message


def test_that_ends_that_fit_alone_are_tried_together(project: Project) -> None:
    both = project.set("model.conv.padding", "valid")
    both = both.set("model.conv.kernel_size", Search(low=1, high=5, value=3))
    both = both.set("model.pool.kernel_size", Search(low=1, high=5, value=2))
    (problem,) = told(both)
    assert problem.message.startswith("With all ranges at their largest values: pool: ")


def test_that_nothing_is_said_where_everything_fits_or_nothing_does(project: Project) -> None:
    assert told(project.set("model.conv.out_channels", Search(low=1, high=64))) == []
    wrong = project.set("model.pool.kernel_size", 9)
    assert told(wrong.set("model.conv.out_channels", Search(low=1, high=64))) == []


def test_that_whoever_asked_may_end_it(project: Project) -> None:
    def enough() -> None:
        raise InterruptedError

    marked = project.set("model.conv.out_channels", Search(low=1, high=64))
    with pytest.raises(InterruptedError):
        list(corner_problems(marked, CATALOGUE, between=enough))
