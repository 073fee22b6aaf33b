"""What is wrong with search marks is said where they stand."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.spec import (
    Catalogue,
    Component,
    Exposed,
    FrozenDict,
    Graph,
    Link,
    Node,
    Problem,
    Project,
    Search,
    mark_problems,
)

CATALOGUE = Catalogue.load(["plugins.core", "plugins.vision", "plugins.tasks"])


def drawn(**nodes: Component) -> Project:
    """A network of these nodes, one after the other."""
    graph = Graph().add(*(one.having() if isinstance(one, Node) else _node(name, one) for name, one in nodes.items()))
    names = list(nodes)
    for source, target in itertools.pairwise(names):
        graph = graph.connect(Link(source=source, target=target))
    return Project(networks=FrozenDict({"model": graph}))


def _node(name: str, component: Component) -> Node:
    return Node(id=name, kind=component.kind, parameters=component.parameters, variants=component.variants)


def kind(name: str, *variants: Component, **parameters: Any) -> Component:
    return Component(kind=name, parameters=FrozenDict(parameters), variants=variants)


def told(project: Project) -> list[Problem]:
    return list(mark_problems(project, CATALOGUE))


@pytest.mark.parametrize(
    ("parameter", "search", "sentence"),
    [
        ("out_channels", Search(low=0, high=64, value=8), "is 0, but"),
        ("out_channels", Search(low=8.0, high=64.0, value=8), "whole numbers"),
        ("kernel_size", Search(low=1.0, high=3.0, relative=True, value=500), "is 1500, but"),
        ("kernel_size", Search(choices=(1, 3, 2000)), "is 2000, but"),
        ("bias", Search(low=0, high=1, value=True), "Mark choices"),
        ("bias", Search(choices=(True, "maybe")), "'maybe'"),
    ],
)
def test_that_a_mark_which_tries_what_cannot_be_is_told_of_at_its_parameter(
    parameter: str, search: Search, sentence: str
) -> None:
    (problem,) = told(drawn(a=kind("Conv2d", **{parameter: search})))
    assert sentence in problem.message
    assert (problem.network, problem.node, problem.parameter) == ("model", "a", parameter)
    assert problem.severity == "error"


def test_that_whole_ends_of_a_fraction_are_a_warning() -> None:
    (problem,) = told(drawn(a=kind("Dropout", p=Search(low=0, high=1, value=0.5))))
    assert problem.severity == "warning"
    assert "Only whole numbers" in problem.message


@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from([None, 1, 7]), st.booleans())
def test_that_nothing_is_wrong_with_a_range_within_the_bounds(
    low: int, more: int, step: int | None, relative: bool
) -> None:
    search = Search(low=low, high=low + more, step=step, relative=relative, value=1)
    assert told(drawn(a=kind("Conv2d", out_channels=search))) == []


def test_that_a_mark_of_the_training_is_told_of_there() -> None:
    (problem,) = told(Project().set("training.batch_size", Search(low=0, high=64)))
    assert (problem.section, problem.parameter) == ("training", "batch_size")


def test_that_marks_of_an_optimizer_and_its_variants_are_told_of() -> None:
    sgd = kind("SGD", momentum=Search(low=0.5, high=1.5))
    adam = kind("Adam", sgd, kind("Lost"), lr=Search(low=-1.0, high=0.1, value=0.01))
    project = Project().set("training.optimizer", adam)
    assert [one.parameter for one in told(project)] == ["lr", "momentum", None]
    assert "In SGD" in told(project)[1].message
    assert "'Lost' is not known" in told(project)[2].message


def test_that_marks_of_one_name_that_try_different_values_are_told_of_at_the_second() -> None:
    width = Search(low=8, high=64, name="width")
    project = drawn(a=kind("Conv2d", out_channels=width), b=kind("Conv2d", out_channels=width.having(high=32)))
    (problem,) = told(project)
    assert (problem.node, problem.parameter) == ("b", "out_channels")
    assert "8 to 32" in problem.message
    assert "model.a.out_channels tries 8 to 64" in problem.message


def test_that_a_variant_that_does_not_take_the_links_is_told_of_at_the_node() -> None:
    (problem,) = told(drawn(x=kind("Input"), a=kind("ReLU", kind("GELU"), kind("Add")), y=kind("Output")))
    assert problem.node == "a"
    assert "Add cannot stand here" in problem.message


def test_that_what_has_nothing_before_it_cannot_be_left_out() -> None:
    (problem,) = told(drawn(x=Node(id="x", kind="Input", optional=True), y=kind("Output")))
    assert "cannot leave it out" in problem.message


def test_that_a_mark_on_what_a_block_exposes_is_held_against_the_layer_within() -> None:
    inner = drawn(x=kind("Input"), conv=kind("Conv2d"), y=kind("Output")).model
    inner = inner.expose(Exposed(name="width", targets=(("conv", "out_channels"),)))
    project = drawn(a=kind("Block", network="inner", width=Search(low=-4, high=8, value=4)))
    (problem,) = told(project.with_network("inner", inner))
    assert (problem.node, problem.parameter) == ("a", "width")
    assert "is -4, but" in problem.message


def test_that_a_choice_of_blocks_that_are_no_networks_is_told_of() -> None:
    (problem,) = told(drawn(a=kind("Block", network=Search(choices=("model", "gone")))))
    assert "no network 'gone'" in problem.message
