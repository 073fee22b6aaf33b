"""Project files: what is saved comes back, and what cannot be read is explained."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from engine.spec import (
    Component,
    Graph,
    Link,
    Node,
    Project,
    ProjectError,
    format_project,
    parse_project,
    project_text,
    project_to_json,
    read_project,
    write_project,
)
from tests.spec.strategies import projects


def small() -> Project:
    graph = Graph().add(Node(id="input_1", kind="Input"), Node(id="output_1", kind="Output"))
    return Project(name="Small").with_network("model", graph.connect(Link(source="input_1", target="output_1")))


def edited(**changes: Any) -> str:
    return json.dumps({**json.loads(format_project(small())), **changes})


@given(projects)
def test_that_a_saved_project_comes_back_equal_and_has_an_equal_file(project: Project) -> None:
    text = format_project(project)
    json.loads(text)
    read = parse_project(text)
    assert read == project
    assert format_project(read) == text


@given(projects, projects)
def test_that_a_project_as_text_is_what_it_is_as_json_whatever_was_written_before(one: Project, other: Project) -> None:
    for project in (one, one.with_network("another", other.model), one):
        assert json.loads(project_text(project)) == json.loads(json.dumps(project_to_json(project)))


def test_that_an_edit_writes_no_other_node_anew() -> None:
    before = small().model
    text = before["output_1"].text
    after = before.replace(before["input_1"].set(shape=(3, 8, 8)))
    assert after["output_1"].text is text
    assert '"shape": [3, 8, 8]' in after["input_1"].text


def test_that_unknown_kinds_are_kept_and_saved_back_untouched() -> None:
    graph = Graph().add(Node(id="odd_1", kind="FromAnotherPack", parameters={"depth": 3, "mode": "x"}))
    project = Project(dataset=Component(kind="NobodyKnows", parameters={"a": 1})).with_network("model", graph)
    assert parse_project(format_project(project)) == project


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "cut off"),
        ('{"format": "netloom", "version": 1, "na', "cut off|not JSON"),
        ("hello", "not JSON"),
        ("[]", "not a Netloom project"),
        ('{"format": "other"}', "not a Netloom project"),
        ('{"format": "netloom"}', "version is missing"),
        ('{"format": "netloom", "version": 99}', "newer Netloom"),
        (edited(networks=[1, 2]), "where they belong"),
        (edited(surprise=1), "surprise"),
        (edited(training={"epochs": 0}), "epochs"),
        (
            edited(networks={"model": {"nodes": [{"id": "a", "kind": "X"}, {"id": "a", "kind": "X"}]}}),
            "two nodes are called 'a'",
        ),
        (edited(networks={"model": {"nodes": [], "links": [{"source": "a", "target": "b"}]}}), "no such node"),
    ],
)
def test_that_a_broken_file_is_refused_with_file_and_reason(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "mine.netloom"
    path.write_text(text)
    with pytest.raises(ProjectError, match=f"mine.netloom.*({says})"):
        read_project(path)


def test_that_every_truncation_of_a_file_is_refused_and_never_crashes() -> None:
    text = format_project(small()).rstrip()
    for end in range(len(text)):
        with pytest.raises(ProjectError):
            parse_project(text[:end])


@pytest.mark.parametrize(("data", "says"), [(b"\xff\xfe\x00", "not text"), (None, "no file")])
def test_that_a_file_that_is_no_text_or_no_file_is_named(tmp_path: Path, data: bytes | None, says: str) -> None:
    path = tmp_path / "a.netloom"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ProjectError, match=says):
        read_project(path)


def test_that_a_failed_save_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.netloom"
    write_project(path, small())

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.spec.files.os.fsync", full)
    with pytest.raises(ProjectError, match="No space left"):
        write_project(path, small().set("training.epochs", 99))
    assert read_project(path) == small()
    assert [one.name for one in tmp_path.iterdir()] == ["a.netloom"]
