"""Runs as the window sees them: read from their folders, whoever writes those."""

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.events import Continued, Ended, Message, Metrics, Paused, Started, Steps
from engine.runs import Journal, RunFolder, Workspace
from engine.spec import Project
from studio.live import Live
from studio.pace import Pace, spoken

pytestmark = pytest.mark.usefixtures("qapp")


def started(step: int = 0) -> Started:
    return Started(device="cpu", pid=os.getpid(), host="here", epochs=2, steps_per_epoch=10, step=step)


def steps(first: int, *losses: float) -> Steps:
    return Steps(first=first, values={"train/loss": list(losses)})


def has_state(live: Live, run: str, state: str) -> bool:
    return live.state(run) == state


def has_begun(live: Live, run: str) -> bool:
    return any(isinstance(event, Started) for event in live.events(run))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "w").prepare()


@pytest.fixture
def live(qtbot: QtBot, workspace: Workspace) -> Iterator[Live]:
    made = Live(workspace)
    yield made
    made.close()


def begin(workspace: Workspace, name: str = "Digits") -> tuple[RunFolder, Journal]:
    """A run that this process trains."""
    run = workspace.new_run(Project(name=name), device="cpu")
    run.owner.claim()
    journal = run.journal()
    journal.write(started())
    return run, journal


def test_that_a_watched_run_tells_all_its_events_in_order_and_once(
    qtbot: QtBot, workspace: Workspace, live: Live
) -> None:
    run, journal = begin(workspace)
    journal.write(steps(1, 0.9, 0.8))
    seen: list[Message] = []
    live.received.connect(lambda name, events: seen.extend(events) if name == run.id else None)
    live.start()
    journal.write(steps(3, 0.7), Metrics(epoch=1, step=10, values={"validation/loss": 0.5}))
    qtbot.waitUntil(lambda: any(isinstance(event, Metrics) for event in seen))
    losses = [loss for event in seen if isinstance(event, Steps) for loss in event.values["train/loss"]]
    assert losses == [0.9, 0.8, 0.7]
    assert live.events(run.id) == seen
    journal.close()


def test_that_the_newest_active_run_is_shown_first(qtbot: QtBot, workspace: Workspace, live: Live) -> None:
    active, journal = begin(workspace)
    done = workspace.new_run(Project(name="Later"))
    done.journal().write(started(), Ended(outcome="finished"))
    live.start()
    qtbot.waitUntil(lambda: live.state(done.id) == "finished")
    qtbot.waitUntil(partial(has_state, live, active.id, "running"))
    assert live.current in {active.id, done.id}
    journal.close()


def test_that_states_follow_the_events(qtbot: QtBot, workspace: Workspace, live: Live) -> None:
    run, journal = begin(workspace)
    seen: list[str] = []
    live.state_changed.connect(lambda name, state: seen.append(state))
    live.start()
    for event, state in (
        (Paused(step=1), "paused"),
        (Continued(step=1), "running"),
        (Ended(outcome="stopped"), "stopped"),
    ):
        journal.write(event)
        qtbot.waitUntil(partial(has_state, live, run.id, state))
    journal.close()
    assert seen == ["running", "paused", "running", "stopped"]


def test_that_a_metric_arrives_within_150_ms_of_its_event(qtbot: QtBot, workspace: Workspace, live: Live) -> None:
    run, journal = begin(workspace)
    live.start()
    qtbot.waitUntil(lambda: live.state(run.id) == "running")
    qtbot.wait(200)
    with qtbot.waitSignal(live.received, timeout=150):
        journal.write(Metrics(epoch=1, step=10, values={"validation/loss": 0.5}))
    journal.close()


def test_that_the_death_of_a_worker_shows_within_two_seconds(qtbot: QtBot, workspace: Workspace, live: Live) -> None:
    run = workspace.new_run(Project(name="Digits"))
    script = f"""
import os, sys, time
from pathlib import Path
from engine.events import Started
from engine.runs import RunFolder
run = RunFolder(Path({str(run.path)!r}))
run.owner.claim()
run.journal().write(Started(device="cpu", pid=os.getpid(), host="here", epochs=2, steps_per_epoch=10))
print("on", flush=True)
time.sleep(60)
"""
    worker = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"on\n"
    live.start()
    qtbot.waitUntil(lambda: live.state(run.id) == "running")
    worker.kill()
    worker.wait()
    worker.stdout.close()
    qtbot.waitUntil(lambda: live.state(run.id) == "interrupted", timeout=2000)


def test_that_an_end_in_order_is_never_taken_for_an_interruption(
    qtbot: QtBot, workspace: Workspace, live: Live
) -> None:
    run, journal = begin(workspace)
    seen: list[str] = []
    live.state_changed.connect(lambda name, state: seen.append(state))
    live.start()
    journal.write(Ended(outcome="finished"))
    journal.close()
    run.owner.release()
    live.poll()
    qtbot.waitUntil(lambda: live.state(run.id) == "finished")
    assert "interrupted" not in seen


def test_that_runs_appear_and_go_with_their_folders(qtbot: QtBot, workspace: Workspace, live: Live) -> None:
    import shutil

    live.start()
    assert live.runs == ()
    run = workspace.new_run(Project())
    qtbot.waitUntil(lambda: live.runs == (run.id,))
    shutil.rmtree(run.path)
    qtbot.waitUntil(lambda: live.runs == ())


def test_that_queued_runs_wait_in_their_order(qtbot: QtBot, workspace: Workspace, live: Live) -> None:
    first, second = workspace.new_run(Project(name="A")), workspace.new_run(Project(name="B"))
    workspace.enqueue(first, "cpu")
    workspace.enqueue(second, "cpu")
    live.start()
    qtbot.waitUntil(lambda: live.waiting == (first.id, second.id))
    assert live.state(first.id) == "queued"


def test_that_a_run_that_was_taken_and_abandoned_is_interrupted(
    qtbot: QtBot, workspace: Workspace, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.followed_folder.STARTING_SECONDS", 0.1)
    run = workspace.new_run(Project(), device="cpu")
    workspace.enqueue(run, "cpu")
    live.start()
    assert workspace.take("cpu") == run
    qtbot.waitUntil(lambda: live.state(run.id) == "interrupted")


def test_that_switching_to_another_run_reads_it_from_its_start(qtbot: QtBot, workspace: Workspace, live: Live) -> None:
    first, journal = begin(workspace, "A")
    journal.write(steps(1, 0.5))
    second, other = begin(workspace, "B")
    live.start()
    for run in (first, second, first):
        live.show(run.id)
        qtbot.waitUntil(partial(has_begun, live, run.id))
        assert live.current == run.id
    assert live.events(second.id) == []
    journal.close()
    other.close()


def test_that_pauses_do_not_count_in_the_pace() -> None:
    pace = Pace()
    begun = Started(time=0, device="cpu", pid=1, host="", epochs=1, steps_per_epoch=100)
    before = (begun, Steps(time=10, first=1, values={"l": [0.0] * 20}), Paused(time=10, step=20))
    for event in before:
        pace.add(event)
    assert pace.steps_per_second == pytest.approx(2)
    after = (Continued(time=500, step=20), Steps(time=510, first=21, values={"l": [0.0] * 40}))
    for later in after:
        pace.add(later)
    assert pace.steps_per_second == pytest.approx(4)


@pytest.mark.parametrize(
    ("seconds", "text"), [(8.2, "8 s"), (125, "2 min 5 s"), (120, "2 min"), (1500, "25 min"), (12_000, "3 h 20 min")]
)
def test_that_durations_are_said_as_people_do(seconds: float, text: str) -> None:
    assert spoken(seconds) == text
