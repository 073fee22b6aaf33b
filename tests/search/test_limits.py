"""What a trial costs and what keeps it from being trained is known before it is trained."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.search.costs import Costs
from engine.search.limits import Checker
from engine.search.verdict import NETWORK, ROOM, Verdict
from engine.spec import (
    Catalogue,
    Column,
    Facts,
    FrozenDict,
    Graph,
    Link,
    Node,
    Objective,
    Project,
    Search,
    fill,
)

CATALOGUE = Catalogue.load(["plugins.core", "plugins.tasks"])
FACTS = Facts(
    columns=FrozenDict(
        {
            "image": Column(name="image", kind="features", shape=(64,)),
            "label": Column(name="label", kind="label", dtype="int64", classes=tuple("0123456789")),
        }
    ),
    sizes=FrozenDict({"train": 1000, "validation": 100}),
)


def parameters(width: int) -> int:
    """Those of two linear layers, 64 to `width` to 10."""
    return 64 * width + width + width * 10 + 10


def marked(**study: Any) -> Project:
    """A classifier of one hidden layer, whose width is searched; limits by their names, else settings of the study."""
    hidden = Node(id="hidden", kind="Linear", parameters=FrozenDict({"out_features": Search(low=1, high=4000)}))
    classes = Node(id="classes", kind="Linear", parameters=FrozenDict({"out_features": 10}))
    ends = Node(id="image", kind="Input"), Node(id="prediction", kind="Output")
    graph = Graph().add(ends[0], hidden, classes, ends[1])
    for source, target in (("image", "hidden"), ("hidden", "classes"), ("classes", "prediction")):
        graph = graph.connect(Link(source=source, target=target))
    project = Project(networks=FrozenDict({"model": graph}))
    for name, value in study.items():
        project = project.set(f"study.{name.replace('__', '.')}", value)
    return project


def point(width: int, **training: Any) -> Project:
    project = fill(marked(), lambda _name, _search: width)
    for name, value in training.items():
        project = project.set(f"training.{name}", value)
    return project


def checker(project: Project) -> Checker:
    return Checker(project, CATALOGUE, FACTS, "cpu")


@pytest.fixture(scope="module")
def memory() -> Callable[[int], float]:
    """What a training of some width is foretold to take."""
    asked = checker(marked(objectives=(Objective(metric="memory"),)))
    return lambda width: asked.check(point(width)).costs["memory"]


@settings(max_examples=15)
@given(st.integers(1, 300), st.integers(100, 20_000))
def test_that_a_limit_is_broken_by_what_is_above_it_alone(width: int, limit: int) -> None:
    verdict = checker(marked(limits__parameters=limit)).check(point(width))
    assert verdict.costs["parameters"] == parameters(width)
    assert verdict.feasible == (parameters(width) <= limit)
    assert (verdict.constraints["parameters"] <= 0) == verdict.feasible
    assert (f"{parameters(width):,}" in verdict.message) != verdict.feasible


def test_that_flops_are_those_of_one_sample() -> None:
    verdict = checker(marked(limits__flops=1000)).check(point(10))
    assert verdict.costs["flops"] == 2 * (64 * 10 + 10 * 10)
    assert verdict.message == "A sample takes 1,480 FLOPs, and the limit is 1,000."


def test_that_memory_is_foretold_where_a_limit_asks_for_it(memory: Callable[[int], float]) -> None:
    assert "memory" not in checker(marked()).check(point(20)).costs
    limit = int(memory(1000))
    limited = checker(marked(limits__memory=limit))
    assert limited.check(point(1000)).feasible
    assert "of memory, and the limit is" in limited.check(point(2000)).message


def test_that_a_network_that_does_not_fit_together_names_the_node() -> None:
    verdict = checker(marked()).check(point(20).set("model.classes.out_features", 7))
    assert set(verdict.broken) == {NETWORK}
    assert verdict.message.startswith("model.prediction: ")
    assert verdict.constraints[NETWORK] > 0


def test_that_all_points_of_a_study_have_the_same_constraints() -> None:
    limited = checker(marked(limits__parameters=5000, limits__flops=20_000))
    points = (point(2), point(3000), point(5).set("model.classes.out_features", 7))
    assert len({frozenset(limited.check(one).constraints) for one in points}) == 1


def test_that_what_ran_out_of_memory_and_all_that_need_as_much_are_refused(memory: Callable[[int], float]) -> None:
    asked = checker(marked())
    assert asked.check(point(800)).feasible
    verdict = asked.ran_out(point(800))
    assert "ran out" in verdict.message
    assert verdict.ran_out is not None
    assert verdict.ran_out["memory"] == memory(800)
    assert set(asked.check(point(1600)).broken) == {ROOM}
    assert asked.check(point(400)).feasible


def test_that_a_later_worker_learns_what_ran_out_on_its_kind_of_device() -> None:
    told = checker(marked()).ran_out(point(800)).ran_out
    assert told is not None
    later, elsewhere = checker(marked()), checker(marked())
    assert later.check(point(1600)).feasible
    later.learn([told])
    elsewhere.learn([{**told, "kind": "another, 80 GiB"}])
    assert not later.check(point(1600)).feasible
    assert elsewhere.check(point(800)).feasible


def test_that_all_seeds_of_a_point_have_one_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = checker(marked(limits__memory=1 << 40))
    first = asked.check(point(20))
    monkeypatch.setattr(Costs, "memory", partial(pytest.fail, "asked again"))
    assert asked.check(point(20, seed=7)) is first


def test_that_what_is_refused_anyway_is_not_rehearsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Costs, "memory", partial(pytest.fail, "rehearsed"))
    verdict = checker(marked(limits__memory=1, limits__parameters=10)).check(point(20))
    assert set(verdict.broken) == {"parameters"}
    assert verdict.constraints["memory"] == 0


def test_that_a_limit_of_what_cannot_be_foretold_is_not_taken_for_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Costs, "memory", lambda *_: None)
    assert "cannot be foretold" in checker(marked(limits__memory=1 << 40)).check(point(20)).message


def test_that_the_time_of_a_step_is_measured_where_it_is_an_objective() -> None:
    found = checker(marked(objectives=(Objective(metric="step_seconds"),))).check(point(20))
    assert found.feasible
    assert 0 < found.costs["step_seconds"] < 5


def test_that_a_slow_step_is_told_in_milliseconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Costs, "step_seconds", lambda *_, **__: 0.25)
    verdict: Verdict = checker(marked(limits__step_seconds=0.1)).check(point(20))
    assert verdict.message == "A training step takes about 250 ms, and the limit is 100 ms."
