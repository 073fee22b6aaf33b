"""Rules about the source itself that no import shows."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.boundaries.rooms import ROOT

PACKAGES = ("engine", "studio", "plugins")
ENTRANCES = {"studio/app.py"}  # where Qt's own event loop is started


def calls(method: str, root: Path = ROOT) -> Iterator[str]:
    """Places that call a method of that name."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method:
                    yield f"{path.relative_to(root).as_posix()}:{node.lineno}"


def test_that_no_dialog_stands_in_the_way_with_an_event_loop_of_its_own() -> None:
    found = [place for place in calls("exec") if place.split(":")[0] not in ENTRANCES]
    assert not found, f"use open(), not exec(): {found}"


def test_that_a_call_of_exec_is_found(tmp_path: Path) -> None:
    (tmp_path / "studio").mkdir()
    (tmp_path / "studio" / "about.py").write_text("def show(dialog):\n    return dialog.exec()\n")
    assert list(calls("exec", tmp_path)) == ["studio/about.py:2"]
