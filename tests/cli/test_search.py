"""Searching from the command line."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.cli import COMMANDS
from engine.cli.app import app
from engine.runs import Workspace
from tests.cli.conftest import Netloom

if TYPE_CHECKING:
    from engine.search import Crew

MARK = 'training.optimizer.lr={"search": {"low": 0.001, "high": 0.1, "log": true}}'
ONE = ("--set", MARK, "--set", "study.sampler=Random", "--set", "study.pruner=Never")
TWO = ("--set", 'study.objectives=[{"metric": "validation/loss"}, {"metric": "parameters"}]')


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trials are trained in this process, one after the other: what workers in their own do is tested elsewhere."""

    def supervise(crew: Crew) -> bool:
        from engine.search.worker import Worker

        Worker(crew.workspace, crew.folder, "cpu", place="cpu-1", tracking=False).work()
        return True

    monkeypatch.setattr("engine.search.supervise", supervise)


def test_that_every_command_is_known_before_the_window_opens() -> None:
    names = {one.name or (one.callback.__name__ if one.callback else "") for one in app.registered_commands}
    assert names == set(COMMANDS)


@pytest.mark.usefixtures("here")
def test_that_a_search_tells_every_trial_and_the_best_and_goes_on(
    netloom: Netloom, file: Path, workspace: Workspace
) -> None:
    place = ("--workspace", workspace.path)
    said = netloom("search", file, *place, *ONE, "--trials", 2, "--json")

    assert said.status == 0, said.err
    study, *trials, result = said.lines
    assert study["objectives"] == ["validation/accuracy"]
    assert [one["number"] for one in trials] == [0, 1]
    assert result["state"] == "finished"
    assert result["trials"] == {"finished": 2}
    [best] = result["best"]
    assert best["values"] == [max(one["values"][0] for one in trials)]
    assert workspace.find_run(best["runs"][0]).summary().group == study["study"]

    more = netloom("search", "--resume", "last", *place, "--trials", 1)
    assert more.status == 0, more.err
    assert "The study is finished: 3 finished." in more.out
    [listed] = netloom("search", "--list", *place, "--json").lines
    assert [one["trials"] for one in listed["studies"]] == [{"finished": 3}]


@pytest.mark.usefixtures("here")
def test_that_several_objectives_are_answered_by_a_front(netloom: Netloom, file: Path, workspace: Workspace) -> None:
    said = netloom("search", file, "--workspace", workspace.path, *ONE, *TWO, "--trials", 2, "--json")
    assert said.status == 0, said.err
    assert all(len(one["values"]) == 2 for one in said.lines[-1]["best"])


@pytest.mark.usefixtures("here")
def test_that_a_project_is_searched_from_python(file: Path, workspace: Workspace) -> None:
    from engine import load, search
    from engine.spec import Component, Search

    marked = load(file).set("training.optimizer.lr", Search(low=0.001, high=0.1, log=True))
    for setting, value in (("trials", 2), ("sampler", Component(kind="Random")), ("pruner", Component(kind="Never"))):
        marked = marked.set(f"study.{setting}", value)
    handle = search(marked, workspace=workspace.path, device="cpu")
    _, trials = handle.trials()
    [best] = handle.best()
    assert best.values[0] == max(one.values[0] for one in trials)
    handle.close()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("FILE",), "Nothing is marked for search"),
        ((), "Say which project to search"),
        (("--resume", "last"), "There is no study 'last'"),
        (("--join", "s"), "--storage URL"),
        (("FILE", *ONE, "--storage", "nonsense://x"), "cannot be opened"),
        (("FILE", *ONE, *TWO, "--set", "study.pruner=Median"), "Choose the pruner Never"),
        (("FILE", "--set", 'training.epochs={"search": {"low": 5, "high": 5}}'), "range is empty"),
        (("FILE", "--set", 'training.optimizer.lr={"search": {"low": 0, "high": 1, "log": true}}'), "above 0"),
    ],
)
def test_that_what_cannot_be_searched_is_refused_in_a_sentence(
    netloom: Netloom, file: Path, workspace: Workspace, arguments: tuple[str, ...], words: str
) -> None:
    given = [file if one == "FILE" else one for one in arguments]
    said = netloom("search", *given, "--workspace", workspace.path)
    assert said.status == 2
    assert words in said.err
    assert said.err.count("\n") == 1
    assert not workspace.all_studies()


@pytest.mark.slow
def test_that_ctrl_c_ends_workers_with_checkpoints_and_says_how_to_go_on(
    file: Path, workspace: Workspace, eventually: Callable[..., None]
) -> None:
    order = [sys.executable, "-m", "engine.cli", "search", str(file), "--workspace", str(workspace.path), *ONE]
    longer = ("--set", "training.epochs=100000", "--device", "cpu", "--no-tracking")
    with subprocess.Popen([*order, *longer], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            eventually(lambda: any(run.summary().epoch for run in workspace.all_runs()), within=90)
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    [study], [run] = workspace.all_studies(), workspace.all_runs()
    assert process.returncode == 130
    assert f"netloom search --resume {study.id}" in out.replace("\n", "")
    assert "with a checkpoint" in err
    assert not study.workers()
    assert run.summary().state == "interrupted"
    assert (run.checkpoints / "last.pt").exists()
