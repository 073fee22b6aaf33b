"""The user's own blocks: kept in files, whatever happens to them."""

from pathlib import Path

import pytest

from engine.spec import Node, Project, ProjectError
from studio.library import Library
from tests.studio.canvas.layers import chain

UNIT = chain("Input", "Linear", "Output")
STAGE = chain("Input", "Output").add(Node(id="u", kind="Block", parameters={"network": "unit"}))
PROJECT = Project(networks={"model": chain("Input", "Output"), "stage": STAGE, "unit": UNIT})


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "blocks")


def test_that_a_kept_block_is_read_again_with_all_that_it_uses(library: Library) -> None:
    assert library.every == ()
    library.keep(PROJECT, "stage")
    kept = Library(library.folder)["stage"]
    assert kept.network == "stage"
    assert dict(kept.project.networks) == {"stage": STAGE, "unit": UNIT}


def test_that_a_broken_file_is_named_with_its_reason_and_harms_no_other(library: Library) -> None:
    library.keep(PROJECT, "unit")
    (library.folder / "bad.netloom").write_text("{", "utf-8")
    (library.folder / "none.netloom").write_bytes((library.folder / "unit.netloom").read_bytes()[:0])
    reasons = {one.name: one.reason for one in Library(library.folder).every}
    assert reasons["unit"] == ""
    assert "cannot be opened" in reasons["bad"]
    assert "cannot be opened" in reasons["none"]


def test_that_a_block_is_renamed_and_deleted_and_whoever_shows_it_hears_of_it(library: Library) -> None:
    heard: list[int] = []
    library.changed.connect(lambda: heard.append(len(library.every)))
    library.keep(PROJECT, "unit")
    library.rename("unit", "my unit")
    assert [one.name for one in library.every] == ["my unit"]
    library.remove("my unit")
    assert heard == [1, 1, 0]


@pytest.mark.parametrize(("name", "words"), [("a/b", "cannot name a block"), ("stage", "already a block")])
def test_that_a_name_that_cannot_be_is_refused(library: Library, name: str, words: str) -> None:
    library.keep(PROJECT, "unit")
    library.keep(PROJECT, "stage")
    with pytest.raises(ValueError, match=words):
        library.rename("unit", name)
    assert {one.name for one in library.every} == {"unit", "stage"}


def test_that_a_folder_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "blocks").write_text("in the way", "utf-8")
    with pytest.raises(ProjectError, match="could not be saved"):
        Library(tmp_path / "blocks").keep(PROJECT, "unit")
