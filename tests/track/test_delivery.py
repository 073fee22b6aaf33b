"""What MLflow knows of a run after the follower looked at it."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.events import Created, Ended, Metrics, Steps, System
from engine.runs import RunFolder, Workspace
from engine.spec import Graph, Node, Project
from engine.track.record import Record
from tests.track.conftest import Tracked, epoch, finished, follow, started

Write = Callable[..., RunFolder]


def test_that_every_number_of_a_run_arrives_at_its_step(workspace: Workspace, write: Write, tracked: Tracked) -> None:
    run = write(started(), *epoch(1), System(step=5, values={"cpu": 80.0}), *epoch(2), finished())
    assert follow(workspace)
    assert tracked.history(run, "step/loss") == [(step, 1 / step) for step in range(1, 11)]
    assert tracked.history(run, "validation/accuracy") == [(5, 0.1), (10, 0.2)]
    assert tracked.history(run, "epoch") == [(5, 1.0), (10, 2.0)]
    assert tracked.history(run, "system/cpu") == [(5, 80.0)]
    assert tracked.history(run, "test/accuracy") == [(10, 0.9)]


def test_that_a_run_carries_its_parameters_and_where_it_came_from(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    run = write(started(versions={"torch": "9.9"}), finished(5))
    follow(workspace)
    data = tracked.run(run).data
    assert data.params["training.epochs"] == "2"
    assert data.params["model.input_1.column"] == "x"
    assert data.tags["netloom.run"] == run.id
    assert data.tags["netloom.version.torch"] == "9.9"
    assert data.tags["mlflow.note.content"] == "Irises again."
    experiment = tracked.client.get_experiment(tracked.run(run).info.experiment_id)
    assert experiment.name == "Flowers"


def test_that_a_finished_run_keeps_project_and_events(workspace: Workspace, write: Write, tracked: Tracked) -> None:
    run = write(started(), *epoch(1), finished(5))
    run.write_json("statistics.json", {"mean": 0})
    follow(workspace)
    kept = {one.path for one in tracked.client.list_artifacts(tracked.id(run))}
    assert kept >= {"project.json", "events.jsonl", "statistics.json"}
    assert workspace.artifacts in Path(tracked.run(run).info.artifact_uri.removeprefix("file://")).parents or any(
        workspace.artifacts.rglob("events.jsonl")
    )


@pytest.mark.parametrize(("outcome", "status"), [("finished", "FINISHED"), ("failed", "FAILED"), ("stopped", "KILLED")])
def test_that_an_outcome_has_its_status(
    workspace: Workspace, write: Write, tracked: Tracked, outcome: str, status: str
) -> None:
    run = write(started(time=1000.0), Ended(outcome=outcome, message="That is why.", time=1012.5))  # type: ignore[arg-type]
    follow(workspace)
    found = tracked.run(run)
    assert found.info.status == status
    assert found.info.start_time == 1_000_000
    assert found.info.end_time == 1_012_500
    assert found.data.tags["netloom.state"] == outcome
    assert found.data.tags["netloom.message"] == "That is why."


def test_that_a_run_whose_process_died_is_killed_and_told_so(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    run = write(started(), *epoch(1))
    follow(workspace)
    assert tracked.run(run).info.status == "KILLED"
    assert tracked.run(run).data.tags["netloom.state"] == "interrupted"


def test_that_a_run_that_is_trained_is_running(workspace: Workspace, write: Write, tracked: Tracked) -> None:
    run = write(started(), *epoch(1))
    with run.owner:
        follow(workspace)
        assert tracked.run(run).info.status == "RUNNING"
        assert not Record.read(run).settled


def test_that_a_run_that_failed_before_its_start_arrives(workspace: Workspace, write: Write, tracked: Tracked) -> None:
    run = write(Ended(outcome="failed", message="There is no such folder."))
    follow(workspace)
    assert tracked.run(run).info.status == "FAILED"


def test_that_a_run_taken_out_of_the_queue_never_arrives(workspace: Workspace, write: Write, tracked: Tracked) -> None:
    run = write(Ended(outcome="stopped"))
    assert follow(workspace)
    assert Record.read(run).up_to_date(run)
    assert tracked.runs() == []


def test_that_numbers_which_are_none_arrive_as_what_mlflow_has_for_them(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    run = write(started(), Steps(first=1, values={"loss": [1.0, math.inf, math.nan]}), finished(3))
    follow(workspace)
    steps = dict(tracked.history(run, "step/loss"))
    assert steps[1] == 1.0
    assert steps[2] > 1e300
    assert math.isnan(steps[3])


def test_that_odd_names_arrive_and_stay_apart(workspace: Workspace, write: Write, tracked: Tracked) -> None:
    odd = ["F1 (macro)", "F1 [macro]", "précision", "/a//b", "..", "x" * 300, "x" * 299 + "y"]
    run = write(
        started(), Metrics(epoch=1, step=5, values={name: float(at) for at, name in enumerate(odd)}), finished(5)
    )
    assert follow(workspace)
    assert Record.read(run).trouble == ""
    values = {
        name: one for name, one in tracked.run(run).data.metrics.items() if not name.startswith(("epoch", "test"))
    }
    assert sorted(values.values()) == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


def test_that_a_project_with_hundreds_of_parameters_arrives_whole(workspace: Workspace, tracked: Tracked) -> None:
    nodes = [Node(id=f"n{at}", kind="Linear", parameters={"out_features": at}) for at in range(300)]
    run = workspace.new_run(Project(name="wide").with_network("model", Graph().add(*nodes)))
    journal = run.journal()
    journal.write(started(), finished(5))
    journal.close()
    follow(workspace)
    assert tracked.run(run).data.params["model.n299.out_features"] == "299"


def test_that_a_run_with_an_unreadable_project_arrives_all_the_same(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    run = write(started(), *epoch(1), finished(5))
    (run.path / "project.json").write_text("{")
    follow(workspace)
    assert tracked.history(run, "validation/accuracy") == [(5, 0.1)]


def test_that_a_half_written_event_is_delivered_when_it_is_whole(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    run = write(started(), *epoch(1))
    text = run.events.read_bytes()
    run.events.write_bytes(text[:-20])
    with run.owner:
        follow(workspace)
        assert tracked.run(run).data.metrics.get("validation/accuracy") is None
        run.events.write_bytes(text)
        follow(workspace)
    assert tracked.history(run, "validation/accuracy") == [(5, 0.1)]


def test_that_a_run_that_only_waits_is_not_in_mlflow(workspace: Workspace, write: Write, tracked: Tracked) -> None:
    write(Created(name="again"))
    follow(workspace)
    assert tracked.runs() == []
