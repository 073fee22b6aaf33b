"""`netloom compare` over runs that were not trained: what they were asked to do differs all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.runs import RunFolder, Workspace
from engine.spec import read_project
from tests.cli.conftest import Netloom


@pytest.fixture
def runs(workspace: Workspace, file: Path) -> list[RunFolder]:
    project = read_project(file)
    other = project.set("training.optimizer.lr", 0.01).set("model.linear_1.out_features", 9)
    return [workspace.prepare().new_run(one) for one in (project.set("training.optimizer.lr", 0.001), other)]


def test_that_compare_shows_people_what_differs(netloom: Netloom, workspace: Workspace, runs: list[RunFolder]) -> None:
    said = netloom("compare", *(run.id for run in runs), "--workspace", workspace.path)
    assert said.status == 0
    assert "optimizer.lr" in said.out
    assert "×10" in said.out
    assert "~ linear_1  out_features 3 → 9 (×3)" in said.out
    assert "batch_size" not in said.out


def test_that_compare_shows_everything_when_asked(
    netloom: Netloom, workspace: Workspace, runs: list[RunFolder]
) -> None:
    said = netloom("compare", *(run.path for run in runs), "--workspace", workspace.path, "--all")
    assert "batch_size" in said.out


def test_that_compare_speaks_json_to_programs(netloom: Netloom, workspace: Workspace, runs: list[RunFolder]) -> None:
    [found] = netloom("compare", *(run.id for run in runs), "--workspace", workspace.path, "--json").lines
    assert [one["run"] for one in found["runs"]] == [run.id for run in runs]
    [line] = [one for one in found["lines"] if one["name"] == "optimizer.lr"]
    assert (line["values"], line["differs"]) == ([0.001, 0.01], True)
    [network] = found["networks"]
    assert network["nodes"][0]["changes"] == {"out_features": [3, 9]}


def test_that_one_run_or_the_same_twice_is_refused(
    netloom: Netloom, workspace: Workspace, runs: list[RunFolder]
) -> None:
    for names, words in (([runs[0].id], "two runs"), ([runs[0].id, runs[0].path], "named twice")):
        said = netloom("compare", *names, "--workspace", workspace.path)
        assert said.status == 2
        assert words in said.err


def test_that_a_broken_run_is_compared_by_what_is_left_of_it(
    netloom: Netloom, workspace: Workspace, runs: list[RunFolder]
) -> None:
    (runs[1].path / "project.json").write_text("{")
    said = netloom("compare", *(run.id for run in runs), "--workspace", workspace.path)
    assert said.status == 0
    assert "only results and environment are compared" in said.err
