"""What a trial tried, put into a project."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.spec import (
    ApplyError,
    Component,
    FrozenDict,
    Graph,
    Node,
    Project,
    Search,
    apply,
    fill,
    get,
    space_of,
    tried,
)

LR = Search(low=1e-4, high=1e-1, log=True, value=1e-3)
SGD = Component(kind="SGD").set(lr=Search(low=0.01, high=1.0), momentum=Search(low=0.0, high=0.9, value=0.5))


def node(name: str, kind: str, **parameters: Any) -> Node:
    return Node(id=name, kind=kind, parameters=FrozenDict(parameters))


def searched() -> Project:
    wide = node("wide", "Linear", out_features=Search(low=0.5, high=2.0, relative=True, name="width", value=32))
    drop = node("drop", "Dropout", p=Search(low=0.1, high=0.7, value=0.5)).having(optional=True)
    kernel = node("conv", "Conv2d", kernel_size=Search(choices=((1, 1), (3, 3)), value=(3, 3)))
    project = Project(networks=FrozenDict({"model": Graph().add(wide, drop, kernel)}))
    project = project.set("training.optimizer", Component(kind="Adam", variants=(SGD,)).set(lr=LR))
    return project.set("training.batch_size", Search(choices=(16, 32, 64)))


FOUND = {
    "training.batch_size": 16,
    "training.optimizer": "SGD",
    "training.optimizer[SGD].lr": 0.25,
    "training.optimizer[SGD].momentum": 0.75,
    "width": 1.5,
    "model.drop.present": False,
    "model.conv.kernel_size": [1, 1],
}


def test_that_what_a_trial_tried_is_what_it_trained() -> None:
    found = tried(searched(), FOUND)

    assert found.training.batch_size == 16
    assert found.training.optimizer == Component(kind="SGD").set(lr=0.25, momentum=0.75)
    assert get(found, "model.wide.out_features") == 48
    assert get(found, "model.conv.kernel_size") == (1, 1)
    assert found.model["drop"].muted


def test_that_applying_without_marks_gives_what_the_trial_trained() -> None:
    project = searched()

    assert apply(project, project, FOUND, marks=False).trains_like(tried(project, FOUND))


def test_that_applying_with_marks_leaves_the_space_around_the_new_values() -> None:
    project = searched()

    found = apply(project, project, FOUND, marks=True)

    assert len(space_of(found).marks) == len(space_of(project).marks)
    assert fill(found, lambda _, search: 1 if search.relative else search.first()).trains_like(tried(project, FOUND))


def test_that_what_was_edited_since_stays() -> None:
    project = searched()
    edited = project.set("training.epochs", 77).set("model.wide.bias", False)

    found = apply(edited, project, FOUND, marks=False)

    assert found.training.epochs == 77
    assert get(found, "model.wide.bias") is False


def test_that_a_mark_that_was_taken_away_by_hand_stays_away() -> None:
    project = searched()

    found = apply(project.set("model.wide.out_features", 10), project, FOUND, marks=True)

    assert get(found, "model.wide.out_features") == 48


def test_that_a_place_that_is_gone_is_named() -> None:
    project = searched()
    gone = project.with_network("model", project.model.remove("drop"))

    with pytest.raises(ApplyError, match=r"model\.drop"):
        apply(gone, project, FOUND, marks=True)


def test_that_another_kind_in_the_place_is_refused() -> None:
    project = searched()
    other = project.set("training.optimizer", Component(kind="RMSprop"))

    with pytest.raises(ApplyError, match="RMSprop"):
        apply(other, project, FOUND, marks=False)


@given(st.sampled_from(["Adam", "SGD"]), st.booleans(), st.floats(0.5, 2.0))
def test_that_applying_twice_is_applying_once(optimizer: str, present: bool, width: float) -> None:
    project = searched()
    found = {"training.optimizer": optimizer, "model.drop.present": present, "width": width}

    once = apply(project, project, found, marks=False)

    assert apply(once, project, found, marks=False) == once
