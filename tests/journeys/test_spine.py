"""From the canvas to a trained run, in the real window, by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from engine.runs import Workspace
from engine.spec import read_project, write_project
from tests.journeys.desk import Desk, end, processes_of, screen, window

EXAMPLE = Path(__file__).parents[2] / "assets" / "examples" / "digits-cnn.netloom"
pytestmark = [pytest.mark.slow, pytest.mark.journey, pytest.mark.timeout(300)]


@pytest.fixture
def display() -> Iterator[str]:
    with screen() as name:
        yield name


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace whose workers and followers end with the test."""
    space = Workspace(tmp_path / "space")
    yield space
    end(space.path, "engine.worker", "engine.track")


def project_file(tmp_path: Path, **settings: object) -> Path:
    project = read_project(EXAMPLE)
    for path, value in settings.items():
        project = project.set(f"training.{path}", value)
    file = tmp_path / "digits.netloom"
    write_project(file, project)
    return file


def channels(desk: Desk) -> object:
    nodes = desk.ask("project")["networks"]["model"]["nodes"]
    return next(node for node in nodes if node["id"] == "conv2d_1")["parameters"]["out_channels"]


def test_that_a_person_changes_a_layer_trains_closes_the_window_and_finds_the_whole_curve(
    display: str, workspace: Workspace, tmp_path: Path
) -> None:
    file = project_file(tmp_path, epochs=6)
    with window(display, file, workspace.path, tmp_path / "home") as desk:
        desk.until(lambda: desk.ask("analyzed"))
        desk.click("node:conv2d_1")
        desk.click("out_channels")
        desk.press("ctrl+a")
        desk.write("16")
        desk.press("Return")
        desk.until(lambda: channels(desk) == 16, within=10)
        desk.click("node:relu_1")
        desk.press("ctrl+z")
        desk.until(lambda: channels(desk) == 32, within=10)
        desk.press("ctrl+shift+z")
        desk.until(lambda: channels(desk) == 16, within=10)
        desk.until(lambda: desk.ask("analyzed"))
        desk.press("ctrl+s")
        desk.click("Train")
        desk.until(lambda: len(desk.ask("run")["steps"]) > 3, within=60)
        run = desk.ask("run")["id"]
        desk.press("ctrl+q")
        desk.until(lambda: desk.process.poll() is not None or desk.ask("where", "Close, keep training"), within=20)
        if desk.process.poll() is None:
            desk.click("Close, keep training")
        desk.leave()
    with window(display, file, workspace.path, tmp_path / "home") as desk:
        desk.until(lambda: desk.ask("run")["state"] == "finished", within=180)
        seen = desk.ask("run")
    assert seen["id"] == run
    summary = workspace.find_run(run).summary()
    assert seen["steps"] == list(range(1, 6 * summary.steps_per_epoch + 1))
    assert next(workspace.all_runs()).project().model["conv2d_1"].parameters["out_channels"] == 16


def test_that_a_killed_worker_shows_as_an_interrupted_run_within_two_seconds(
    display: str, workspace: Workspace, tmp_path: Path, eventually: object
) -> None:
    file = project_file(tmp_path, epochs=200, checkpoint_every=0.2)
    with window(display, file, workspace.path, tmp_path / "home") as desk:
        desk.until(lambda: desk.ask("analyzed"))
        desk.click("Train")
        desk.until(lambda: len(desk.ask("run")["steps"]) > 25, within=60)
        (worker,) = processes_of(workspace.path, "engine.worker")
        psutil.Process(worker.pid).kill()
        desk.until(lambda: desk.ask("run")["state"] == "interrupted", within=2)
