"""From three variants to the winner, opened and repeated, in the real window, by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.runs import RunFolder, Workspace
from engine.runs.equality import matches
from tests.journeys.desk import Desk, end, screen, window
from tests.journeys.test_spine import project_file

pytestmark = [pytest.mark.slow, pytest.mark.journey, pytest.mark.timeout(180)]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    space = Workspace(tmp_path / "space")
    yield space
    end(space.path, "engine.worker", "engine.track")


def finished(desk: Desk, count: int) -> list[dict[str, Any]]:
    """All runs, once so many have finished."""

    def done() -> list[dict[str, Any]]:
        runs: list[dict[str, Any]] = desk.ask("runs")
        return runs if [one["state"] for one in runs] == ["finished"] * count else []

    found: list[dict[str, Any]] = desk.until(done, within=90)
    return found


def train(desk: Desk, channels: int) -> None:
    """Set the first convolution's channels and press Train."""
    desk.press("ctrl+1")
    desk.click("node:conv2d_1")
    desk.click("out_channels")
    desk.press("ctrl+a")
    desk.write(str(channels))
    desk.press("Return")
    before = len(desk.ask("runs"))
    desk.click("Train")
    desk.until(lambda: len(desk.ask("runs")) > before, within=10)


def tap_tab(desk: Desk, text: str) -> None:
    desk.tap(desk.until(lambda: desk.ask("tab", text), within=10))


def tap_run(desk: Desk, run: str) -> None:
    desk.tap(desk.until(lambda: desk.ask("row", run), within=10))
    desk.until(lambda: desk.ask("selected") == [run], within=10)


def test_that_the_winner_of_three_variants_is_opened_and_repeated_with_equal_numbers(
    workspace: Workspace, tmp_path: Path
) -> None:
    with screen() as display, window(display, project_file(tmp_path, epochs=1), workspace.path, tmp_path / "h") as desk:
        desk.until(lambda: desk.ask("analyzed"))
        for channels in (2, 4, 8):
            train(desk, channels)
        variants = finished(desk, 3)
        winner = max(variants, key=lambda run: float(run["best"]["validation/accuracy"]))["id"]
        channels = workspace.find_run(winner).project().model["conv2d_1"].parameters["out_channels"]

        desk.press("ctrl+4")
        tap_run(desk, winner)
        desk.press("ctrl+a")
        desk.until(lambda: len(desk.ask("selected")) == 3, within=10)
        tap_tab(desk, "Differences")
        desk.until(lambda: {"2", "4", "8"} in map(set, desk.ask("differences")), within=15)
        tap_run(desk, winner)
        desk.press("g")
        desk.write("out_channels")
        desk.press("Return")
        desk.until(lambda: sorted(desk.ask("groups")) == ["2", "4", "8"], within=10)
        desk.press("shift+g")
        tap_run(desk, winner)

        desk.click("Open its project")
        opened = f"Digits CNN · {winner[-4:]}"
        desk.until(lambda: opened in desk.ask("sheets"), within=10)
        assert desk.ask("tab", opened)
        nodes = desk.ask("project")["networks"]["model"]["nodes"]
        assert next(one for one in nodes if one["id"] == "conv2d_1")["parameters"]["out_channels"] == channels

        desk.press("ctrl+4")
        tap_run(desk, winner)
        desk.press("ctrl+r")
        runs = finished(desk, 4)
        desk.until(lambda: any("equal numbers, bit for bit" in words for words in desk.ask("told")), within=20)
    again, first = RunFolder(workspace.runs / runs[0]["id"]), RunFolder(workspace.runs / winner)
    assert again.summary().origin == winner
    assert all(one.same for one in matches(again, first))
