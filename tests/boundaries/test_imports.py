"""The import rules hold in a fresh interpreter, and the check that says so can fail."""

import ast
import shutil
from pathlib import Path

import pytest

from tests.boundaries.probe import trespass
from tests.boundaries.rooms import ROOT, Room, rooms

ROOMS = {room.name: room for room in rooms()}


@pytest.mark.parametrize("name", ROOMS)
def test_that_a_room_loads_nothing_it_must_not(name: str) -> None:
    assert trespass(ROOMS[name]) is None


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the source tree that may be spoiled."""
    for package in ("engine", "studio", "plugins"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def room_of(root: Path, name: str) -> Room:
    return next(room for room in rooms(root) if room.name == name)


@pytest.mark.parametrize(
    ("place", "room"),
    [
        ("studio/window.py", "window"),
        ("engine/spec/graph.py", "words"),
        ("engine/runs/journal.py", "words"),
        ("plugins/vision/layers.py", "declarations"),
    ],
)
def test_that_importing_torch_at_the_top_of_a_light_module_is_caught(copy: Path, place: str, room: str) -> None:
    (copy / "torch.py").touch()  # an empty one before the real one: it is seen no less, and loaded at once
    spoil(copy / place, "import torch")
    found = trespass(room_of(copy, room), copy)
    assert found is not None
    assert "loads torch" in found
    assert place in found


def test_that_importing_the_window_in_the_engine_is_caught(copy: Path) -> None:
    spoil(copy / "engine/assemble.py", "import PySide6.QtCore")
    found = trespass(room_of(copy, "hands"), copy)
    assert found is not None
    assert "loads PySide6, by" in found


def test_that_the_window_reaching_into_the_engine_is_caught(copy: Path) -> None:
    spoil(copy / "studio/window.py", "import engine.assemble")
    found = trespass(room_of(copy, "window"), copy)
    assert found is not None
    assert "loads engine.assemble" in found


def spoil(path: Path, line: str) -> None:
    """Put a line at the top of a module, as early as Python lets imports stand."""
    assert path.exists(), f"{path} moved: name the file that took its place"
    text = path.read_text()
    first = next(
        statement
        for statement in ast.parse(text).body
        if not isinstance(statement, ast.Expr) and getattr(statement, "module", "") != "__future__"
    )
    lines = text.splitlines()
    path.write_text("\n".join([*lines[: first.lineno - 1], line, *lines[first.lineno - 1 :], ""]))
