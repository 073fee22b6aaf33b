"""What the service does with the disk: counting, emptying the trash, writing tables."""

import csv
import os
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from engine.runs import Workspace
from engine.service.files import Files
from engine.spec import Catalogue


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "work").prepare()


@pytest.fixture
def files(workspace: Workspace) -> Files:
    return Files(workspace, Catalogue())


def trashed(workspace: Workspace, name: str, size: int = 50_000) -> Path:
    place = workspace.trash / name
    (place / "checkpoints").mkdir(parents=True)
    (place / "checkpoints" / "last").write_bytes(os.urandom(size))
    return place


def test_that_emptying_the_trash_frees_as_much_as_was_said(workspace: Workspace, files: Files) -> None:
    one, two = trashed(workspace, "one"), trashed(workspace, "two")
    answers = [workspace.predictions / name for name in ("one", "two", "three")]
    for place in answers:
        place.mkdir(parents=True)
        (place / "test-0.safetensors").write_bytes(os.urandom(30_000))
    said = files.trash()

    done = files.purge(["one", "two", "never was"])

    assert said["runs"] == ["one", "two"]
    assert done["freed"] == said["bytes"] >= 160_000
    assert done["runs"] == ["one", "two"]
    assert not one.exists()
    assert not two.exists()
    assert [place.exists() for place in answers] == [False, False, True]
    assert files.trash() == {"runs": [], "bytes": 0}


def test_that_only_what_lies_in_the_trash_is_removed(workspace: Workspace, files: Files) -> None:
    (workspace.runs / "good").mkdir()
    trashed(workspace, "other")

    done = files.purge(["../runs/good", "good", "..", ""])

    assert done["runs"] == []
    assert (workspace.runs / "good").exists()
    assert (workspace.trash / "other").exists()


def test_that_a_link_in_the_trash_goes_and_what_it_leads_to_stays(workspace: Workspace, files: Files) -> None:
    (workspace.path / "precious").mkdir()
    workspace.trash.mkdir()
    (workspace.trash / "link").symlink_to(workspace.path / "precious", target_is_directory=True)

    assert files.purge(["link"])["runs"] == ["link"]
    assert (workspace.path / "precious").exists()


def test_that_a_run_that_somebody_trains_stays_with_the_reason(workspace: Workspace, files: Files) -> None:
    from engine.runs import RunFolder

    place = trashed(workspace, "going")
    with RunFolder(place).owner:
        done = files.purge(["going"])

    assert done["kept"] == {"going": "it is being trained"}
    assert done["freed"] == 0
    assert place.exists()


def test_that_a_folder_that_cannot_be_removed_is_told_with_the_reason(
    workspace: Workspace, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    trashed(workspace, "held")
    monkeypatch.setattr("engine.service.files.shutil.rmtree", refuse)

    done = files.purge(["held"])

    assert done["kept"] == {"held": "Permission denied"}
    assert done["freed"] == 0


def test_that_sizes_are_of_what_lies_in_the_run_and_nothing_for_a_run_that_is_gone(
    workspace: Workspace, files: Files
) -> None:
    (workspace.runs / "a").mkdir()
    (workspace.runs / "a" / "x").write_bytes(os.urandom(20_000))

    assert files.disk_usage(["a", "gone", "../runs/a"]) == {"a": pytest.approx(20_000, abs=5_000), "gone": 0}


ROWS = [["a, b", 0.1 + 0.2, 1, "x"], ["ü", None, "auto", None]]
TABLE: dict[str, Any] = {"columns": ["Name", "Best", "lr", "lr"], "rows": ROWS}


def test_that_a_table_is_written_as_csv_with_every_digit(files: Files, tmp_path: Path) -> None:
    place = tmp_path / "runs.csv"

    assert files.write_table(str(place), **TABLE)["rows"] == 2

    with place.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines == [["Name", "Best", "lr", "lr"], ["a, b", repr(0.1 + 0.2), "1", "x"], ["ü", "", "auto", ""]]


def test_that_a_text_is_no_formula_in_a_spreadsheet(files: Files, tmp_path: Path) -> None:
    files.write_table(str(tmp_path / "runs.csv"), columns=["Name"], rows=[["=1+1"], [-1.5]])

    assert (tmp_path / "runs.csv").read_text().split() == ["Name", "'=1+1", "-1.5"]


def test_that_a_table_is_written_as_parquet_with_columns_of_one_kind(files: Files, tmp_path: Path) -> None:
    place = tmp_path / "runs.parquet"

    files.write_table(str(place), **TABLE)

    assert parquet.read_table(place).to_pydict() == {
        "Name": ["a, b", "ü"],
        "Best": [0.1 + 0.2, None],
        "lr": ["1", "auto"],
        "lr (2)": ["x", None],
    }


def test_that_a_table_that_cannot_be_written_is_refused_and_leaves_the_old_one(files: Files, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="could not be written"):
        files.write_table(str(tmp_path / "nowhere" / "runs.csv"), columns=[], rows=[])
