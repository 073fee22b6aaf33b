"""Very many runs: remembered from the last time, and seen to be as they are now."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.events import Ended, Metrics, Started, Steps
from engine.runs import Notes, RunFolder, Workspace, append
from engine.runs.index import Index
from engine.spec import Project
from studio.live import Live
from studio.roster import FIRST

pytestmark = pytest.mark.usefixtures("qapp")

Open = Callable[[], Live]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "w").prepare()


@pytest.fixture
def open_window(workspace: Workspace) -> Iterator[Open]:
    """A window's view of the runs, once it has seen them all."""
    made: list[Live] = []

    def window() -> Live:
        made.append(Live(workspace))
        made[-1].start()
        settle(made[-1])
        return made[-1]

    yield window
    for one in made:
        one.close()


def settle(live: Live) -> None:
    while not live.settled():
        live.poll()


def ended_run(workspace: Workspace, name: str = "Digits") -> RunFolder:
    run = workspace.new_run(Project(name=name), device="cpu")
    values = {"validation/loss": 0.5}
    append(run.events, started(), Metrics(epoch=1, step=10, values=values), Ended(outcome="finished"))
    return run


def started() -> Started:
    return Started(device="cpu", pid=1, host="h", epochs=1, steps_per_epoch=10)


def test_that_a_run_that_is_remembered_is_told_of_without_opening_its_files(
    workspace: Workspace, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ended_run(workspace)
    run.note(Notes(text="good"))
    first = open_window()
    settings = dict(first.parameters(run.id))
    first.close()
    monkeypatch.setattr("engine.runs.journal.decode", pytest.fail)
    monkeypatch.setattr(RunFolder, "read_json", pytest.fail)
    monkeypatch.setattr(RunFolder, "project", pytest.fail)
    monkeypatch.setattr(Live, "show", lambda *_: None)

    second = open_window()

    assert second.summary(run.id) == first.summary(run.id)
    assert second.state(run.id) == "finished"
    assert second.notes(run.id).text == "good"
    assert dict(second.parameters(run.id)) == settings
    assert settings["training.epochs"]


def test_that_what_happened_while_the_window_was_closed_is_seen_at_once(
    workspace: Workspace, open_window: Open
) -> None:
    longer, noted, gone = (ended_run(workspace, name) for name in "abc")
    open_window().close()
    append(longer.events, started(), Steps(first=11, values={"loss": [0.1] * 5}), Ended(outcome="failed"))
    noted.note(Notes(starred=True))
    shutil.rmtree(gone.path)
    new = ended_run(workspace, "d")

    live = open_window()

    assert set(live.runs) == {longer.id, noted.id, new.id}
    assert list(live.runs) == sorted(live.runs, reverse=True)
    assert (live.state(longer.id), live.summary(longer.id).step) == ("failed", 15)
    assert live.notes(noted.id).starred
    assert live.summary(new.id).best == {"validation/loss": 0.5}


def test_that_notes_from_another_window_arrive(qtbot: QtBot, workspace: Workspace, open_window: Open) -> None:
    run = ended_run(workspace)
    live, other = open_window(), open_window()
    told: list[str] = []
    live.summary_changed.connect(told.append)

    other.note(run.id, Notes(name="theirs"))

    qtbot.waitUntil(lambda: live.notes(run.id).name == "theirs")
    assert told == [run.id]


def test_that_the_newest_runs_are_there_before_all_are(workspace: Workspace, open_window: Open) -> None:
    run = ended_run(workspace)
    live = open_window()
    live.close()
    index = Index(workspace)
    (known,) = index.known()
    for place in range(FIRST + 20):
        known.id = f"30260101-{place:06}-many-0000"
        shutil.copytree(run.path, workspace.runs / known.id)
        index.put([known])
    index.close()
    counts: list[int] = []
    live = Live(workspace)
    live.runs_changed.connect(lambda: counts.append(len(live.runs)))
    live.start()
    settle(live)
    live.close()

    assert counts == [FIRST, FIRST + 21]
    assert live.current == f"30260101-{FIRST + 19:06}-many-0000"


def test_that_many_runs_are_taken_over_some_at_a_time_and_looked_at_once_all_are_listed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.roster.FIRST", 1)
    monkeypatch.setattr("studio.roster.MORE", 2)
    runs = {ended_run(workspace, name).id for name in "abcdef"}
    counts: list[tuple[int, bool]] = []
    live = Live(workspace)
    live.runs_changed.connect(lambda: counts.append((len(live.runs), live.listed)))

    live.start()
    settle(live)
    live.close()

    assert [count for count, _ in counts] == [1, 3, 5, 6]
    assert counts[-1][1]
    assert set(live.runs) == runs


def test_that_settings_of_many_runs_asked_for_at_once_come_by_and_by(
    qtbot: QtBot, workspace: Workspace, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = [ended_run(workspace, name).id for name in "abc"]
    monkeypatch.setattr("studio.parameters.PATIENCE", -1.0)
    live = Live(workspace)
    while len(live.runs) < len(runs):
        live.poll()
    told: set[str] = set()
    live.summary_changed.connect(told.add)
    missed = [run for run in runs if not live.parameters(run)]
    told.clear()

    while not all(live.parameters(run) for run in runs):
        live.poll()

    assert told >= set(missed)
    live.close()
