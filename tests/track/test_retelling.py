"""Another MLflow is chosen: it hears of what is new, and of earlier runs where a person wants that."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.cli.app import run as netloom
from engine.runs import RunFolder, Workspace
from engine.track import __main__ as program
from engine.track.follower import Follower
from engine.track.places import tracking_uri
from engine.track.retelling import elsewhere, retell
from tests.track.conftest import Tracked, epoch, finished, follow, started

Write = Callable[..., RunFolder]


@pytest.fixture
def other(workspace: Workspace, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Tracked]:
    """Choose another MLflow."""

    def choose() -> Tracked:
        uri = f"sqlite:///{shutil.copy(empty_database, workspace.path / 'other.db')}"
        monkeypatch.setenv("MLFLOW_TRACKING_URI", uri)
        return Tracked(uri)

    return choose


def test_that_another_mlflow_hears_of_earlier_runs_only_where_that_is_wanted(
    workspace: Workspace, write: Write, tracked: Tracked, other: Callable[[], Tracked]
) -> None:
    first = write(started(), *epoch(1), *epoch(2), finished())
    follow(workspace)
    there = other()
    write(started(), *epoch(1), finished(5))
    follower = Follower(workspace, tracking_uri(workspace))
    assert follower.look()
    assert len(there.runs()) == 1
    assert elsewhere(workspace) == [first]
    assert retell(workspace) == 1
    assert follower.look()  # the one that is at it hears of the wish
    assert len(there.runs()) == 2
    assert there.history(first, "step/loss") == [(step, 1 / step) for step in range(1, 11)]
    assert there.run(first).info.status == "FINISHED"
    assert elsewhere(workspace) == []
    assert len(tracked.runs()) == 1
    assert follower.look()
    assert len(there.runs()) == 2


def test_that_a_wish_is_left_over_until_a_follower_heard_of_it(
    workspace: Workspace, write: Write, other: Callable[[], Tracked], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(started(), *epoch(1), finished(5))
    follow(workspace)
    other()
    begun: list[int] = []
    monkeypatch.setattr(program, "yield_to_training", lambda: begun.append(1))
    monkeypatch.setattr("engine.track.follower.LINGER", 0.0)
    monkeypatch.setattr("engine.track.follower.POLL", 0.0)
    asked = ["--workspace", str(workspace.path), "--leftovers"]
    assert (program.main(asked), begun) == (0, [])
    assert retell(workspace) == 1
    assert (program.main(asked), begun) == (0, [1])
    assert (program.main(asked), begun) == (0, [1])


def test_that_a_follower_leaves_its_place_to_one_that_tells_the_mlflow_that_is_chosen_now(
    workspace: Workspace, write: Write, other: Callable[[], Tracked]
) -> None:
    write(started(), *epoch(1), finished(5))

    def choose(_seconds: float) -> None:
        other()

    follower = Follower(workspace, tracking_uri(workspace), wait=choose)
    with workspace.process("track") as owner:
        assert follower.follow(owner)  # without having lingered for ten seconds
    assert follower.outdated


def test_that_a_run_that_goes_on_is_told_of_to_its_end_where_it_was_begun(
    workspace: Workspace, write: Write, tracked: Tracked, other: Callable[[], Tracked]
) -> None:
    run = write(started(), *epoch(1))
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 1:
            other()
        if len(waits) == 3:
            write(*epoch(2), finished(), run=run)

    follower = Follower(workspace, tracking_uri(workspace), wait=wait)
    with workspace.process("track") as owner, run.owner:
        assert follower.follow(owner)
    assert tracked.run(run).info.status == "FINISHED"


def test_that_the_command_line_says_how_many_runs_are_told_again(
    workspace: Workspace,
    write: Write,
    other: Callable[[], Tracked],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    started_for: list[Workspace] = []
    monkeypatch.setattr("engine.cli.serving.start", started_for.append)
    write(started(), finished(5))
    follow(workspace)
    order = ["mlflow", "--retell", "--json", "--workspace", str(workspace.path)]
    assert netloom(order) == 0
    assert '"runs": 0' in capsys.readouterr().out
    other()
    assert netloom(order) == 0
    assert '"runs": 1' in capsys.readouterr().out
    assert len(started_for) == 1
