"""The curves that the window draws, and runs that are no folders of ours."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from numpy.testing import assert_array_equal
from pytestqt.qtbot import QtBot

from engine.events import Created, Ended, Message, Metrics, Started, Steps
from engine.runs import RunFolder, Summary, Workspace, append
from engine.runs.curves import FILE, Kept
from engine.spec import Project
from studio.curves import Record
from studio.followed import Followed
from studio.live import Live
from studio.traced import Messages

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "w").prepare()


@pytest.fixture
def live(qtbot: QtBot, workspace: Workspace) -> Iterator[Live]:
    made = Live(workspace)
    yield made
    made.close()


def started(step: int = 0) -> Started:
    return Started(device="cpu", pid=1, host="h", epochs=9, steps_per_epoch=10, step=step)


def ended_run(workspace: Workspace, *, lines: int = 200) -> RunFolder:
    run = workspace.new_run(Project(name="Digits"), device="cpu")
    some = [Steps(first=at * 50 + 1, values={"loss": [at / 3] * 50}) for at in range(lines)]
    append(run.events, started(), *some, Ended(outcome="stopped"))
    return run


def read(live: Live, run: str) -> Record:
    """A run's curves, read to their end."""
    record = live.curves(run)
    while live.reading(run):
        live.poll()
    return record


def test_that_curves_are_kept_by_the_first_who_reads_them_and_restored_by_the_next(
    workspace: Workspace, live: Live
) -> None:
    run = ended_run(workspace)
    live.poll()

    first = read(live, run.id)
    assert Kept.read(run) is not None
    other = Live(workspace)
    other.poll()
    second = read(other, run.id)

    assert len(second.steps["loss"]) == 10_000
    for one in ("steps", "values"):
        assert_array_equal(getattr(first.steps["loss"], one), getattr(second.steps["loss"], one))
    assert first.steps["loss"].bounds() == second.steps["loss"].bounds()
    assert_array_equal(first.axis("time").places, second.axis("time").places)


def test_that_curves_grow_with_the_journal_as_long_as_they_are_held(
    qtbot: QtBot, workspace: Workspace, live: Live
) -> None:
    run = ended_run(workspace, lines=1)
    live.start()
    record = read(live, run.id)
    assert live.curves(run.id) is record

    append(run.events, started(step=20), Steps(first=21, values={"loss": [9.0]}))

    qtbot.waitUntil(lambda: len(record.steps["loss"]) == 21)
    assert not (run.path / FILE).exists(), "it is short, and it goes on"


def test_that_a_replaced_journal_gives_its_own_curves_and_summary(
    qtbot: QtBot, workspace: Workspace, live: Live
) -> None:
    run = ended_run(workspace)
    live.start()
    live.show(run.id)
    record = read(live, run.id)

    run.events.unlink()
    append(run.events, Created(name="Other"), started(), Steps(first=1, values={"other": [1.0]}))

    qtbot.waitUntil(lambda: list(record.steps) == ["other"])
    assert live.summary(run.id).name == "Other"
    assert live.summary(run.id).attempts == 1
    assert [type(one) for one in live.events(run.id)] == [Created, Started, Steps]


def test_that_a_deleted_or_unreadable_run_has_no_curves_and_harms_no_other(workspace: Workspace, live: Live) -> None:
    run, broken = ended_run(workspace), workspace.new_run(Project(name="Broken"))
    broken.events.unlink()
    broken.events.mkdir()
    live.poll()

    assert not read(live, "deleted").steps
    assert not read(live, broken.id).steps
    assert read(live, run.id).steps
    assert live.state(broken.id)


class Fetched:
    """Events of another tool, which arrive later."""

    begun_anew = False

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def read(self, *, limit: int | None = None) -> list[Message]:
        given, self.messages = self.messages, []
        return given

    def behind(self) -> bool:
        return bool(self.messages)


class Foreign(Followed):
    """A run that another program logged."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.asked: list[Fetched] = []

    @property
    def summary(self) -> Summary:
        return Summary(name="theirs", state="finished")

    def tail(self) -> Messages:
        self.asked.append(Fetched())
        return self.asked[-1]


def test_that_runs_of_other_tools_stand_behind_ours_and_tell_what_they_have_when_it_arrives(
    workspace: Workspace, live: Live
) -> None:
    ours, theirs = ended_run(workspace), Foreign("f00")
    while not live.settled():
        live.poll()
    live.adopt(theirs)
    assert live.runs == (ours.id, "f00")
    assert (live.summary("f00").name, live.state("f00")) == ("theirs", "finished")

    record = read(live, "f00")
    live.watch("f00")
    assert not record.epochs
    told: list[Message] = [Metrics(epoch=3, step=3, values={"m": 0.5})]
    for asked in theirs.asked:
        asked.messages = list(told)
    live.wake("f00")
    while live.reading("f00") or not live.events("f00"):
        live.poll()

    assert list(record.epochs["m"].values) == [0.5]
    assert live.events("f00") == told

    live.release("f00")
    assert list(live.runs) == [ours.id]
    assert live.events("f00") == []


def test_that_curves_that_nobody_holds_are_let_go(workspace: Workspace, live: Live) -> None:
    run = ended_run(workspace, lines=1)
    live.poll()
    assert read(live, run.id).steps

    assert not live.curves(run.id).steps, "they are read anew"


def test_that_many_curves_are_told_of_together_and_none_is_left_out(workspace: Workspace, live: Live) -> None:
    runs = {ended_run(workspace, lines=1).id for _ in range(30)}
    while not live.settled():
        live.poll()
    told: list[list[str]] = []
    live.curves_changed.connect(told.append)

    held = [live.curves(run) for run in runs]
    while any(live.reading(run) for run in runs):
        live.poll()
    live.poll()

    assert all(record.steps for record in held)
    assert {run for some in told for run in some} == runs
    assert len(told) < 10
