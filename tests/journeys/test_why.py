"""What two runs answer, and where a point of a curve came from, in the real window, by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.runs import RunFolder, Workspace
from engine.spec import FrozenDict, write_project
from engine.train import train_run
from tests.journeys.desk import Desk, end, screen, window
from tests.predict.conftest import LINEAR
from tests.train.making import digits

pytestmark = [pytest.mark.slow, pytest.mark.journey, pytest.mark.timeout(300)]
BATCH = 64


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace(tmp_path / "space").prepare()
    yield made
    end(made.path, "engine.track")


@pytest.fixture
def runs(workspace: Workspace) -> list[RunFolder]:
    """A linear classifier of digits after one epoch, and after four."""
    plain = digits(batch_size=BATCH).having(networks=FrozenDict(model=LINEAR))
    made = []
    for name, epochs in (("weak", 1), ("strong", 4)):
        project = plain.having(name=name).set("training.epochs", epochs)
        made.append(workspace.new_run(project, device="cpu", folder=workspace.path))
        train_run(made[-1], "cpu")
    return made


@pytest.fixture
def desk(workspace: Workspace, runs: list[RunFolder], tmp_path: Path) -> Iterator[Desk]:
    write_project(tmp_path / "digits.netloom", runs[0].project())
    with (
        screen() as display,
        window(display, tmp_path / "digits.netloom", workspace.path, tmp_path / "home") as made,
    ):
        made.until(lambda: made.ask("runs"))
        made.press("ctrl+4")
        yield made


def tap_tab(desk: Desk, text: str) -> None:
    desk.tap(desk.until(lambda: desk.ask("tab", text), within=10))


def look(desk: Desk, title: str, rights: list[bool]) -> None:
    """Press a group, and see that the runs answer all of its samples rightly or wrongly as it says."""
    desk.tap(desk.ask("group", title))
    desk.until(lambda: (found := desk.ask("pictured")) and all(one == rights for one in found), within=20)


def test_that_two_runs_are_asked_and_a_point_is_traced_to_its_batch(desk: Desk, runs: list[RunFolder]) -> None:
    desk.tap(desk.until(lambda: desk.ask("row", runs[1].id), within=10))
    desk.press("ctrl+a")
    desk.until(lambda: len(desk.ask("selected")) == 2, within=10)
    tap_tab(desk, "Predictions")
    fixed = desk.until(lambda: desk.ask("predicted"), within=60)["Fixed"]
    assert fixed > 0
    look(desk, "Fixed", [False, True])
    desk.click("Compare the other way round")
    desk.until(lambda: desk.ask("predicted").get("Broken") == fixed, within=20)
    look(desk, "Broken", [True, False])

    desk.tap(desk.ask("row", runs[1].id))
    desk.until(lambda: desk.ask("selected") == [runs[1].id], within=10)
    tap_tab(desk, "Curves")
    desk.tap(desk.until(lambda: desk.ask("point", "step/loss", 30), within=20))
    told = desk.until(
        lambda: (words := desk.ask("told")) and f"Its batch: {BATCH} samples" in " ".join(words) and words
    )
    assert told[told.index("Step") + 1] == "31"
