from __future__ import annotations

from pathlib import Path

import pytest

from engine.runs import commit_of

COMMIT, OTHER = "a" * 40, "b" * 40


def repository(folder: Path, head: str, **files: str) -> Path:
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "HEAD").write_text(head + "\n")
    for name, text in files.items():
        place = folder / ".git" / name.replace("__", "/").replace("_", "-")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text + "\n")
    return folder


def test_that_the_commit_is_found_from_a_folder_within_the_repository(tmp_path: Path) -> None:
    home = repository(tmp_path, "ref: refs/heads/main", refs__heads__main=COMMIT)
    inside = home / "projects" / "mine"
    inside.mkdir(parents=True)
    assert commit_of(inside) == COMMIT


@pytest.mark.parametrize(
    ("head", "files"),
    [
        (COMMIT, {}),
        ("ref: refs/heads/main", {"packed_refs": f"# pack-refs\n{OTHER} refs/heads/x\n{COMMIT} refs/heads/main"}),
    ],
    ids=["detached", "packed"],
)
def test_that_a_commit_is_read_wherever_git_keeps_it(tmp_path: Path, head: str, files: dict[str, str]) -> None:
    assert commit_of(repository(tmp_path, head, **files)) == COMMIT


def test_that_a_worktree_has_a_commit_of_its_own(tmp_path: Path) -> None:
    home = repository(tmp_path / "home", "ref: refs/heads/main", refs__heads__main=OTHER, refs__heads__side=COMMIT)
    inner = home / ".git" / "worktrees" / "side"
    inner.mkdir(parents=True)
    (inner / "HEAD").write_text("ref: refs/heads/side\n")
    (inner / "commondir").write_text("../..\n")
    side = tmp_path / "side"
    side.mkdir()
    (side / ".git").write_text(f"gitdir: {inner}\n")
    assert commit_of(side) == COMMIT


@pytest.mark.parametrize("head", ["", "ref: refs/heads/gone", "ref: HEAD", "nonsense"])
def test_that_a_repository_that_tells_no_commit_has_none(tmp_path: Path, head: str) -> None:
    assert commit_of(repository(tmp_path, head)) == ""
