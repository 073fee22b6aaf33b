"""From a mark to the best trial applied, through the death of everything, in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.runs import Workspace
from engine.spec import Search, read_project, write_project
from tests.journeys.desk import Desk, end, screen, window
from tests.journeys.test_spine import EXAMPLE, channels

pytestmark = [pytest.mark.slow, pytest.mark.journey, pytest.mark.timeout(400)]
TRIALS = 3
OVER = ("finished", "pruned", "failed")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    space = Workspace(tmp_path / "space")
    yield space
    end(space.path, "engine.search", "engine.track")


def small_project(tmp_path: Path) -> Path:
    project = read_project(EXAMPLE).set("training.epochs", 1).set("study.trials", TRIALS)
    file = tmp_path / "digits.netloom"
    write_project(file, project.set("model.conv2d_1.out_channels", 4))
    return file


def over(desk: Desk) -> dict[str, Any]:
    """The trials that are over, by number."""
    return {number: one for number, one in desk.ask("study")["trials"].items() if one[0] in OVER}


def test_that_a_search_survives_the_death_of_workers_and_window_and_its_best_is_applied(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = small_project(tmp_path)
    with screen() as display:
        with window(display, file, workspace.path, tmp_path / "home") as desk:
            desk.until(lambda: desk.ask("analyzed"))
            desk.click("node:conv2d_1")
            desk.click("Search out_channels")
            desk.until(lambda: isinstance(channels(desk), dict), within=10)
            desk.press("ctrl+s")
            desk.press("ctrl+5")
            desk.click("Start search")
            desk.until(lambda: len(over(desk)) >= 1, within=120)
            before, study = over(desk), desk.ask("study")["id"]
            desk.process.kill()  # first: the window, too, would begin workers again
            end(workspace.path, "engine.search")

        with window(display, file, workspace.path, tmp_path / "home") as desk:
            desk.until(lambda: desk.ask("analyzed"))
            desk.press("ctrl+5")
            desk.until(lambda: desk.ask("study")["state"] == "interrupted", within=60)
            assert desk.ask("study")["id"] == study
            desk.click("Go on")
            desk.until(lambda: desk.ask("study")["state"] == "finished", within=180)
            after = over(desk)
            assert len(after) == TRIALS
            assert before.items() <= after.items()

            desk.click("Apply")
            desk.press("Down", "Return")
            desk.until(lambda: any("has the values of trial" in words for words in desk.ask("told")), within=10)
            mark = Search.model_validate(channels(desk)["search"])  # type: ignore[index]
            best = max((float(one[1]), -int(number)) for number, one in after.items() if one[0] == "finished")
            (run,) = [one for one in workspace.all_runs() if one.summary().name.endswith(f"trial {-best[1]}")]
            assert run.project().model["conv2d_1"].parameters["out_channels"] == mark.value
