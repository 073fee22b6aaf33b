"""What became of a network between two runs, in the real window, by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.events import Ended, Started
from engine.runs import Workspace
from engine.spec import read_project
from tests.journeys.desk import Desk, screen, window

EXAMPLE = Path(__file__).parents[2] / "assets" / "examples" / "digits-cnn.netloom"
pytestmark = [pytest.mark.slow, pytest.mark.journey, pytest.mark.timeout(120)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The real window over a workspace with two runs, the second without a layer and with another smaller."""
    workspace, project = Workspace(tmp_path / "space").prepare(), read_project(EXAMPLE)
    newer = project.with_network("model", project.model.remove("dropout_1")).set("model.conv2d_1.out_channels", 16)
    for one in (project, newer):
        journal = workspace.new_run(one).journal()
        started = Started(device="cpu", pid=1, host="h", epochs=1, steps_per_epoch=1)
        journal.write(started, Ended(outcome="finished", metrics={"test/loss": 0.5}))
        journal.close()
    with screen() as display, window(display, EXAMPLE, workspace.path, tmp_path / "home") as made:
        made.until(lambda: made.ask("analyzed"))
        yield made


def test_that_two_runs_are_compared_and_their_differences_walked_through(desk: Desk) -> None:
    desk.click("Runs")
    desk.until(lambda: "2 runs, 1 selected" in desk.ask("told"))
    desk.press("ctrl+a")
    desk.until(lambda: "2 runs, 2 selected" in desk.ask("told"))
    desk.press("ctrl+shift+p")
    desk.write("compare networks")
    desk.press("Return")
    desk.until(lambda: "2 differences" in desk.ask("told"))
    desk.click("Next difference")
    desk.until(lambda: "1 of 2" in desk.ask("told"))
    desk.click("Network")  # the box in the middle, which is the first difference: the keyboard is the drawing's now
    desk.press("F7")
    desk.until(lambda: "2 of 2" in desk.ask("told"))
    desk.press("shift+F7")
    desk.until(lambda: "1 of 2" in desk.ask("told"))
