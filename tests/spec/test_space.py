"""The space that search marks span, and the projects in it."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.spec import (
    Ask,
    Component,
    FrozenDict,
    Graph,
    Link,
    Node,
    Project,
    Search,
    SpaceError,
    Study,
    current,
    fill,
    format_project,
    get,
    parse_project,
    space_of,
    unmarked,
)

WIDTH = Search(low=0.5, high=2.0, step=0.5, relative=True, name="width", value=32)


def node(name: str, kind: str, **parameters: Any) -> Node:
    return Node(id=name, kind=kind, parameters=FrozenDict(parameters))


def project(*nodes: Node, **blocks: Graph) -> Project:
    return Project(networks=FrozenDict({"model": Graph().add(*nodes), **blocks}))


def lowest(_name: str, search: Search) -> Any:
    return search.choices[0] if search.choices else search.low


def last(_name: str, search: Search) -> Any:
    return search.choices[-1] if search.choices else search.high


def only(wanted: str, value: Any) -> Ask:
    """Answers one variable, once."""
    asked: list[str] = []

    def ask(name: str, _search: Search) -> Any:
        asked.append(name)
        assert asked == [wanted]
        return value

    return ask


def names(one: Project) -> list[str]:
    return [mark.name for mark in space_of(one).marks]


def test_that_a_trial_has_a_value_in_place_of_every_mark() -> None:
    marked = project(node("a", "Linear", out_features=Search(low=8, high=64))).set(
        "training.batch_size", Search(choices=(16, 32))
    )
    filled = fill(marked, last)
    assert filled.model["a"].parameters["out_features"] == 64
    assert filled.training.batch_size == 32
    assert not space_of(filled).marks


def test_that_a_mark_of_the_training_leaves_its_value_as_it_is() -> None:
    marked = Project().set("training.epochs", 7).set("training.epochs", Search(low=1, high=20))
    assert marked.training.epochs == 7
    assert get(marked, "training.epochs") == Search(low=1, high=20, value=7)
    assert unmarked(marked, "training.epochs") == Project().set("training.epochs", 7)


def test_that_setting_a_marked_field_of_the_training_takes_the_mark_away() -> None:
    marked = Project().set("training.epochs", Search(low=1, high=20))
    assert marked.set("training.epochs", 9).training.marks == {}


def test_that_marks_of_an_optional_node_are_asked_for_only_where_it_is_there() -> None:
    marked = project(node("d", "Dropout", p=Search(low=0.1, high=0.5)).having(optional=True))
    asked: list[str] = []

    def gone(name: str, search: Search) -> Any:
        asked.append(name)
        return False

    filled = fill(marked, gone)
    assert asked == ["model.d.present"]
    assert filled.model["d"].muted
    assert not filled.model["d"].optional
    assert space_of(marked).marks[1].when == (("model.d.present", True),)


def test_that_a_muted_node_is_not_asked() -> None:
    assert names(project(node("d", "Dropout", p=Search(low=0.1, high=0.5)).having(muted=True))) == []


def test_that_a_variant_brings_its_own_marks() -> None:
    sgd = Component(kind="SGD", parameters=FrozenDict({"momentum": Search(low=0.0, high=0.9)}))
    marked = Project().set("training.optimizer", Component(kind="Adam", variants=(sgd,)))
    assert names(marked) == ["training.optimizer", "training.optimizer[SGD].momentum"]
    assert fill(marked, lowest).training.optimizer == Component(kind="Adam")
    assert fill(marked, last).training.optimizer.parameters == {"momentum": 0.9}
    changed = marked.set("training.optimizer[SGD].momentum", 0.5)
    assert get(changed, "training.optimizer[SGD].momentum") == 0.5
    with pytest.raises(ValueError, match="'Lion' is none of the variants: SGD"):
        marked.set("training.optimizer[Lion].lr", 0.5)


def test_that_marks_in_a_block_wait_for_the_block() -> None:
    wide = Graph().add(node("w", "Linear", out_features=Search(low=8, high=16)))
    slot = node("slot", "Block", network="narrow").having(
        variants=(Component(kind="Block", parameters=FrozenDict({"network": "wide"})),)
    )
    marked = project(slot, narrow=Graph(), wide=wide)
    assert names(marked) == ["model.slot", "wide.w.out_features"]
    assert space_of(marked).marks[1].when == (("model.slot", "wide"),)
    assert space_of(marked).size == 1 + 9
    filled = fill(marked, only("model.slot", "narrow"))
    assert not space_of(filled).marks


def test_that_a_block_nothing_stands_for_has_no_marks() -> None:
    inner = Graph().add(node("w", "Linear", out_features=Search(low=8, high=16)))
    muted = node("b", "Block", network="inner").having(muted=True)
    assert names(project(muted, inner=inner)) == []


def test_that_marks_of_one_name_are_one_variable() -> None:
    marked = project(node("a", "Linear", out_features=WIDTH), node("b", "Linear", out_features=WIDTH.having(value=64)))
    filled = fill(marked, only("width", 1.5))
    assert [filled.model[one].parameters["out_features"] for one in "ab"] == [48, 96]
    assert space_of(marked).size == 4


def test_that_marks_of_one_name_must_try_the_same() -> None:
    marked = project(
        node("a", "Linear", out_features=Search(low=1, high=9, name="n")),
        node("b", "Linear", out_features=Search(low=1, high=8, name="n")),
    )
    with pytest.raises(SpaceError, match="called 'n' try different values"):
        fill(marked, lowest)


def test_that_a_continuous_range_makes_the_space_infinite() -> None:
    assert space_of(Project().set("training.gradient_clip", Search(low=0.1, high=1.0))).size == inf
    assert space_of(Project()).size == 1


def test_that_the_current_values_are_those_outside_of_a_search() -> None:
    marked = project(node("a", "Linear", out_features=WIDTH).having(optional=True)).set(
        "training.optimizer.lr", Search(low=1e-4, high=1e-1, log=True, value=1e-3)
    )
    assert current(marked).model["a"] == node("a", "Linear", out_features=32)
    assert current(marked).training.optimizer.parameters["lr"] == 1e-3


def test_that_taking_every_mark_away_gives_the_current_project() -> None:
    graph = Graph().add(node("a", "Linear", out_features=32), node("b", "ReLU")).connect(Link(source="a", target="b"))
    plain = Project(networks=FrozenDict({"model": graph})).set("training.optimizer.lr", 0.01)
    marked = plain.with_network(
        "model",
        graph.replace(
            graph["a"].set(out_features=Search(low=8, high=64, value=32)),
            graph["b"].having(optional=True, variants=(Component(kind="GELU"),)),
        ),
    ).set("training.optimizer.lr", Search(low=0.001, high=0.1, value=0.01))
    assert marked.fingerprint() != plain.fingerprint()
    for mark in space_of(marked).marks:
        marked = unmarked(marked, mark.path)
    assert marked == plain
    assert marked.fingerprint() == plain.fingerprint()
    with pytest.raises(ValueError, match="no mark"):
        unmarked(marked, "training.optimizer.lr")


@given(st.integers(1, 8), st.integers(1, 8), st.sampled_from([None, 1, 2]))
def test_that_a_range_of_whole_numbers_knows_how_many_it_has(low: int, gap: int, step: int | None) -> None:
    assert Search(low=low, high=low + gap, step=step).count == len(range(low, low + gap + 1, step or 1))


@pytest.mark.parametrize(
    ("space", "sentence"),
    [
        ({"low": 1, "high": 8, "step": 0}, "above 0"),
        ({"low": 1, "high": 8, "step": 1, "log": True}, "no steps"),
        ({"low": 0.5, "high": 2.0, "relative": True}, "multiplies"),
    ],
)
def test_that_a_mark_that_is_no_space_says_why(space: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Search(**space)


def test_that_a_file_keeps_marks_variants_and_study() -> None:
    marked = project(
        node("a", "Linear", out_features=WIDTH).having(optional=True, variants=(Component(kind="Identity"),))
    )
    marked = marked.set("training.batch_size", Search(choices=(16, 32))).set("study.trials", 80)
    marked = marked.set("study.sampler", "Random").set("study.limits.parameters", 10_000)
    assert parse_project(format_project(marked)) == marked
    assert '"study"' not in format_project(marked.having(study=Study()))
