"""The window's question at every start: is there anything left to tell MLflow?"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import psutil
import pytest

from engine.events import Log, Started
from engine.runs import Workspace
from engine.spec import Project
from engine.track import __main__ as program
from engine.track import followed, starting
from engine.track.record import Record


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What happened beyond looking: empty when the program ended at once."""
    seen: list[str] = []

    def begin() -> None:
        seen.append("begun")
        raise SystemExit(0)

    monkeypatch.setattr(program, "yield_to_training", begin)
    return seen


def test_that_a_follower_asked_for_leftovers_ends_at_once_where_there_are_none(
    tmp_path: Path, begun: list[str]
) -> None:
    workspace = Workspace(tmp_path).prepare()
    run = workspace.new_run(Project())
    Record(settled=True, offset=run.events.stat().st_size).write(run)
    assert program.main(["--workspace", str(tmp_path), "--leftovers"]) == 0
    assert not begun


def test_that_a_follower_asked_for_leftovers_begins_where_a_run_was_never_told(
    tmp_path: Path, begun: list[str]
) -> None:
    Workspace(tmp_path).prepare().new_run(Project())
    with pytest.raises(SystemExit):
        program.main(["--workspace", str(tmp_path), "--leftovers"])
    assert begun


@pytest.mark.parametrize(("calm", "in_between"), [(0.0, 1), (3600.0, 0)])
def test_that_a_follower_is_asked_for_behind_a_run_s_end_and_before_that_only_of_one_that_lasts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calm: float, in_between: int
) -> None:
    asked: list[str] = []
    heard: list[object] = []
    monkeypatch.setattr("engine.track.starting.start", lambda _: asked.append("asked"))
    monkeypatch.setattr("engine.track.starting.CALM", calm)
    with followed(Workspace(tmp_path), heard.append) as listener:
        listener(Started(device="cpu", pid=1, host="here", epochs=1, steps_per_epoch=1))
        assert not asked
        for _ in range(3):
            listener(Log(text="goes on"))
        assert len(asked) == in_between
    assert len(asked) == in_between + 1
    assert len(heard) == 4


def test_that_no_follower_is_asked_for_where_nothing_was_trained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("engine.track.starting.start", lambda _: asked.append("asked"))
    with pytest.raises(ValueError, match="finished"), followed(Workspace(tmp_path)):
        raise ValueError("it has finished already")
    assert not asked


@pytest.mark.skipif(os.name != "posix", reason="elsewhere an ended process leaves nothing behind")
def test_that_a_follower_that_ended_is_no_zombie_once_the_next_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", shutil.which("true"))
    pids = []
    for _ in range(2):
        starting.start(Workspace(tmp_path).prepare())
        pids.append(max(starting._children))
        os.waitid(os.P_PID, pids[-1], os.WEXITED | os.WNOWAIT)
    assert [psutil.pid_exists(pid) for pid in pids] == [False, True]
    starting._bury()
    assert not psutil.pid_exists(pids[-1])
