"""The commit that a folder stands at, read from git's own files: no process is started, and none has to be installed.

See gitrepository-layout(5) for `.git` files, `commondir` and `packed-refs`.
"""

from __future__ import annotations

from pathlib import Path

DEEP = 5
"""So many references may lead to each other; git's own limit."""


def commit_of(folder: Path) -> str:
    """The commit of the repository around a folder, empty where there is none; edits not committed are not told."""
    try:
        start = folder.resolve()
        place = next((one / ".git" for one in (start, *start.parents) if (one / ".git").exists()), None)
        return "" if place is None else _resolved(_opened(place), "HEAD", DEEP)
    except (OSError, ValueError, RuntimeError):  # no right to look, broken text, a loop of links
        return ""


def _opened(place: Path) -> Path:
    """Git's folder; of a worktree or submodule, `.git` is a file that says where it is."""
    if place.is_dir():
        return place
    return place.parent / _text(place).removeprefix("gitdir:").strip()


def _resolved(folder: Path, name: str, deep: int) -> str:
    shared = folder / _text(folder / "commondir")
    found = _text(folder / name) or _text(shared / name) or _packed(shared, name)
    if found.startswith("ref:"):
        return _resolved(folder, found.removeprefix("ref:").strip(), deep - 1) if deep else ""
    whole = len(found) in (40, 64) and all(letter in "0123456789abcdef" for letter in found)
    return found if whole else ""


def _packed(folder: Path, name: str) -> str:
    """A reference that git keeps together with others in one file."""
    lines = _text(folder / "packed-refs").splitlines()
    return next((line.split(" ", 1)[0] for line in lines if line.endswith(f" {name}")), "")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ""
