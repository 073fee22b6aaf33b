"""`netloom runs`: chosen, ordered and shown by what was set and what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.events import Ended, Metrics, Started
from engine.runs import Notes, Workspace
from engine.spec import read_project
from tests.cli.conftest import Netloom

RATES = {0.1: 0.5, 0.01: 0.9, 0.001: 0.7}
"""The accuracy that each learning rate came to."""


@pytest.fixture
def three(workspace: Workspace, file: Path) -> Workspace:
    project = read_project(file)
    for rate, accuracy in RATES.items():
        run = workspace.prepare().new_run(project.set("training.optimizer.lr", rate))
        journal = run.journal()
        watch = "validation/accuracy"
        started = Started(device="cpu", pid=1, host="h", epochs=1, steps_per_epoch=1, watch=watch, goal="max")
        journal.write(started, Metrics(epoch=1, step=1, values={watch: accuracy}), Ended(outcome="finished"))
        journal.close()
        run.note(Notes(tags=("paper",) if rate == 0.01 else ()))
    return workspace


def rates(netloom: Netloom, workspace: Workspace, *options: str) -> list[float]:
    lines = netloom("runs", "--workspace", workspace.path, "--columns", "lr", "--json", *options).lines
    return [line["lr"] for line in lines]


def test_that_runs_are_chosen_by_an_expression(netloom: Netloom, three: Workspace) -> None:
    assert sorted(rates(netloom, three, "--filter", "accuracy > 0.6 and lr < 0.1")) == [0.001, 0.01]
    assert rates(netloom, three, "--filter", "tag:paper") == [0.01]


def test_that_runs_are_ordered_by_any_name(netloom: Netloom, three: Workspace) -> None:
    assert rates(netloom, three, "--sort", "lr") == [0.001, 0.01, 0.1]
    assert rates(netloom, three, "--sort", "-accuracy") == [0.01, 0.001, 0.1]


def test_that_columns_are_shown_to_people(netloom: Netloom, three: Workspace) -> None:
    said = netloom("runs", "--workspace", three.path, "--columns", "state, accuracy, optimizer.lr")
    assert "optimizer.lr" in said.out
    assert "0.001" in said.out


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--columns", "acuracy", "accuracy"),
        ("--sort", "rate", "No run has anything called 'rate'"),
        ("--filter", "accuracy >", "After > comes a value"),
        ("--filter", "depth = 3", "'depth'"),
    ],
)
def test_that_what_no_run_has_is_said_with_what_there_is(
    netloom: Netloom, three: Workspace, option: str, value: str, words: str
) -> None:
    said = netloom("runs", "--workspace", three.path, option, value)
    assert said.status == 2
    assert words in said.err


def test_that_nothing_matching_is_no_mistake(netloom: Netloom, three: Workspace) -> None:
    said = netloom("runs", "--workspace", three.path, "--filter", "accuracy > 2")
    assert said.status == 0
    assert "No run matches" in said.out
