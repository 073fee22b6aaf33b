"""What MLflow is told of a run besides its numbers, and what follows when a person changes it."""

import json
from collections.abc import Callable

from engine.events import Started
from engine.runs import Notes, RunFolder, Workspace
from engine.spec import Component, Project
from engine.track.record import Record
from tests.track.conftest import Tracked, epoch, finished, follow, started

Write = Callable[..., RunFolder]


def test_that_settings_that_matter_are_told_though_nobody_wrote_them(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    run = write(started(), finished(5))
    follow(workspace)
    parameters = tracked.run(run).data.params
    assert parameters["training.optimizer"] == "Adam"
    assert parameters["training.optimizer.lr"] == "0.001"
    assert parameters["training.batch_size"] == "64"


def test_that_group_origin_commit_machine_and_data_are_tags(
    workspace: Workspace, project: Project, write: Write, tracked: Tracked
) -> None:
    learning = project.having(dataset=Component(kind="Digits"))
    run = workspace.new_run(learning, folder=workspace.path, group="five seeds", origin="20260101-first")
    run.write_json("statistics.json", {"fingerprint": "abc123"})
    write(started(commit="c0ffee", machine="A fine processor"), finished(5), run=run)
    follow(workspace)
    found = tracked.run(run)
    tags = found.data.tags
    assert tags["netloom.group"] == "five seeds"
    assert tags["netloom.origin"] == "20260101-first"
    assert tags["mlflow.source.git.commit"] == "c0ffee"
    assert tags["netloom.machine"] == "A fine processor"
    assert tags["netloom.data"] == "abc123"
    [learned] = found.inputs.dataset_inputs
    assert (learned.dataset.name, learned.dataset.digest) == ("Digits", "abc123")


def test_that_notes_follow_as_often_as_they_change(workspace: Workspace, write: Write, tracked: Tracked) -> None:
    run = write(started(), finished(5))
    run.note(Notes(name="The winner", text="Look at this.", tags=("paper", "v2"), starred=True))
    follow(workspace)
    found = tracked.run(run)
    assert found.info.run_name == "The winner"
    assert found.data.tags["mlflow.note.content"] == "Look at this."
    assert found.data.tags["netloom.tags"] == "paper, v2"
    assert found.data.tags["netloom.starred"] == "true"
    run.note(Notes())
    assert not Record.read(run).up_to_date(run)
    follow(workspace)
    found = tracked.run(run)
    assert found.info.run_name == run.id
    assert found.data.tags["mlflow.note.content"] == "Irises again."
    assert found.data.tags["netloom.starred"] == ""
    assert Record.read(run).up_to_date(run)


def test_that_the_workspace_may_name_the_experiment_of_all_its_runs(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    (workspace.path / "workspace.json").write_text(json.dumps({"experiment": "Thesis, chapter 3"}))
    run = write(started(), finished(5))
    follow(workspace)
    place = tracked.client.get_experiment(tracked.run(run).info.experiment_id)
    assert place.name == "Thesis, chapter 3"


def test_that_code_and_figures_are_kept(workspace: Workspace, write: Write, tracked: Tracked) -> None:
    run = write(started(), *epoch(1, **{"train/loss": 1.0}), *epoch(2, **{"train/loss": 0.5}))
    run.code.write_text("import torch\n")
    run.write_json("tested.json", {"confusion": {"classes": ["a", "b"], "counts": [[3, 1], [0, 4]]}})
    write(finished(), run=run)
    follow(workspace)
    assert "model.py" in {one.path for one in tracked.client.list_artifacts(tracked.id(run))}
    figures = {one.path for one in tracked.client.list_artifacts(tracked.id(run), "figures")}
    assert figures == {"figures/loss.png", "figures/confusion.png"}


def test_that_a_run_without_numbers_or_with_broken_files_has_no_figures(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    run = write(Started(device="cpu", pid=1, host="here", epochs=1, steps_per_epoch=1))
    run.write_json("tested.json", {"confusion": {"classes": ["a", "b"], "counts": "none"}})
    write(finished(), run=run)
    assert follow(workspace)
    assert tracked.client.list_artifacts(tracked.id(run), "figures") == []
