"""Several seeds, and a run once more, from the command line."""

from pathlib import Path

import pytest

from engine.runs import Workspace
from tests.cli.conftest import Netloom

pytestmark = pytest.mark.usefixtures("untracked")


def test_that_seeds_are_trained_in_turn_as_one_group(netloom: Netloom, file: Path, workspace: Workspace) -> None:
    said = netloom("train", file, "--workspace", workspace.path, "--seeds", 3, "--json")

    assert said.status == 0
    group = said.lines[-1]
    runs = [workspace.find_run(name) for name in group["runs"]]
    assert [run.project().training.seed for run in runs] == [0, 1, 2]
    assert {run.summary().group for run in runs} == {group["group"]}
    assert {line["run"] for line in said.lines[:-1]} == set(group["runs"])
    accuracy = group["metrics"]["test/accuracy"]
    assert accuracy["n"] == 3
    assert accuracy["low"] <= accuracy["mean"] <= accuracy["high"]


def test_that_people_are_told_the_mean_with_its_interval(netloom: Netloom, file: Path, workspace: Workspace) -> None:
    said = netloom("train", file, "--workspace", workspace.path, "--seeds", 2)
    assert "95 % interval" in said.out
    assert "Wines · seed 1" in said.out


@pytest.mark.parametrize(
    ("settings", "words"), [(("--seeds", -1), "seeds"), (("--seeds", 3, "--set", f"training.seed={2**31}"), "seeds")]
)
def test_that_seeds_beyond_the_range_start_nothing(
    netloom: Netloom, file: Path, workspace: Workspace, settings: tuple[object, ...], words: str
) -> None:
    said = netloom("train", file, "--workspace", workspace.path, *settings)
    assert said.status == 2
    assert words in said.err
    assert not list(workspace.all_runs())


def test_that_a_run_is_repeated_with_equal_numbers_and_gone_on_from(
    netloom: Netloom, file: Path, workspace: Workspace
) -> None:
    place = ("--workspace", workspace.path)
    netloom("train", file, *place, "--device", "cpu")
    [first] = workspace.all_runs()

    repeated = netloom("again", "last", *place, "--json")
    longer = netloom("again", first.id, *place, "--epochs", 3, "--json")

    assert (repeated.status, longer.status) == (0, 0)
    assert repeated.lines[-1]["equal"] is True
    assert repeated.lines[-1]["origin"] == first.id
    newest = workspace.find_run(longer.lines[0]["run"]).summary()
    assert (newest.origin, newest.epoch, newest.state) == (first.id, 3, "finished")
    assert netloom("again", first.id, *place, "--epochs", 2).status == 2
