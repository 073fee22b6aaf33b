"""Runs that belong together stand below one run in MLflow, which is made once whoever tells of them."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.events import Ended, Message
from engine.runs import RunFolder, Workspace
from engine.spec import Project
from engine.track.asking import Asking
from engine.track.foreign import foreign_runs
from engine.track.forgetting import forget_runs
from engine.track.groups import STANDS_FOR, Groups
from tests.track.conftest import Tracked, epoch, finished, follow, started

Make = Callable[..., RunFolder]
GROUP = "Anna's “flowers” · 1f"


@pytest.fixture
def seed(workspace: Workspace, project: Project, write: Make) -> Make:
    """Make a run of the group, or go on with one."""

    def make(*events: Message, run: RunFolder | None = None) -> RunFolder:
        return write(*events, run=run or workspace.new_run(project, folder=workspace.path, group=GROUP))

    return make


def standing(tracked: Tracked) -> list[Any]:
    return [one for one in tracked.runs() if STANDS_FOR in one.data.tags]


def parents(tracked: Tracked, *runs: RunFolder) -> set[str]:
    return {tracked.run(run).data.tags["mlflow.parentRunId"] for run in runs}


def test_that_the_runs_of_a_group_stand_below_one_that_goes_on_as_long_as_they_do(
    workspace: Workspace, seed: Make, write: Make, tracked: Tracked
) -> None:
    first, second = seed(started(), *epoch(1)), seed(started(), finished(5))
    alone = write(started(), finished(5))
    with first.owner:
        follow(workspace)
        [parent] = standing(tracked)
        assert parent.info.run_name == GROUP
        assert parent.info.status == "RUNNING"
        assert parents(tracked, first, second) == {parent.info.run_id}
        assert "mlflow.parentRunId" not in tracked.run(alone).data.tags
        seed(Ended(outcome="failed", message="It burst."), run=first)
        follow(workspace)
    assert [one.info.status for one in standing(tracked)] == ["FINISHED"]


def test_that_a_group_ends_with_the_last_of_its_runs_in_whatever_order_they_are_told_of(
    workspace: Workspace, seed: Make, tracked: Tracked
) -> None:
    for end in (9000.0, 7000.0):
        seed(started(time=6000.0), Ended(outcome="finished", time=end))
        follow(workspace)
    assert [one.info.end_time for one in standing(tracked)] == [9_000_000]


def test_that_a_group_of_which_all_failed_has_failed(workspace: Workspace, seed: Make, tracked: Tracked) -> None:
    seed(started(), Ended(outcome="failed", message="It burst."))
    follow(workspace)
    assert [one.info.status for one in standing(tracked)] == ["FAILED"]


@pytest.mark.parametrize("moments", [(1000.0, 2000.0), (2000.0, 1000.0)])
def test_that_two_who_make_it_at_the_same_moment_agree_on_one(
    workspace: Workspace, seed: Make, tracked: Tracked, monkeypatch: pytest.MonkeyPatch, moments: tuple[float, float]
) -> None:
    first = seed(started(time=moments[0]), finished(5))
    follow(workspace)
    whole, blind = Groups._standing, [True]

    def late(groups: Groups, place: str, group: str) -> list[Any]:
        """Finds nothing the first time, as if the other had not made it yet."""
        return [] if blind and blind.pop() else whole(groups, place, group)

    monkeypatch.setattr(Groups, "_standing", late)
    second = seed(started(time=moments[1]), finished(5))
    follow(workspace)
    assert not blind
    [parent] = standing(tracked)
    assert parent.info.start_time == 1000 * min(moments)
    assert parents(tracked, first, second) == {parent.info.run_id}


def test_that_the_run_of_a_group_is_no_run_of_another_tool_and_goes_with_the_last_of_them(
    workspace: Workspace, seed: Make, tracked: Tracked
) -> None:
    first, second = seed(started(), finished(5)), seed(started(), finished(5))
    follow(workspace)
    asking = Asking(workspace)
    assert foreign_runs(asking)["runs"] == []
    forget_runs(asking, [first.id])
    assert len(standing(tracked)) == 1
    assert forget_runs(asking, [second.id])["forgotten"] == 1
    assert tracked.runs() == []


def test_that_a_group_whose_run_was_deleted_in_mlflow_stays_without_one(
    workspace: Workspace, seed: Make, tracked: Tracked
) -> None:
    seed(started(), finished(5))
    follow(workspace)
    tracked.client.delete_run(standing(tracked)[0].info.run_id)
    second = seed(started(), finished(5))
    assert follow(workspace)
    assert standing(tracked) == []
    assert "mlflow.parentRunId" not in tracked.run(second).data.tags
