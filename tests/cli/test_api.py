"""The same from Python: `from engine import load, check, train`."""

import subprocess
import sys
from pathlib import Path

import pytest

from engine.events import Metrics
from engine.runs import Workspace


def test_that_a_project_is_loaded_checked_and_trained(file: Path, workspace: Workspace, untracked: list[Path]) -> None:
    from engine import check, load, train

    project = load(file)
    assert check(project).problems == ()
    seen: list[object] = []
    run = train(project, workspace=workspace.path, on_event=seen.append)
    assert run.summary().state == "finished"
    assert len([one for one in seen if isinstance(one, Metrics)]) == 2
    assert set(untracked) == {workspace.path}


def test_that_a_file_is_as_good_as_a_project(file: Path) -> None:
    from engine import check

    assert check(file).totals["parameters"] == 42


@pytest.mark.parametrize(
    "before", ["pass", "import engine.search", "from engine.train import train_run"], ids=["first", "package", "name"]
)
def test_that_packages_can_be_called_whatever_was_imported_before(before: str) -> None:
    code = (
        f"{before}\nfrom engine import search, train\nimport engine\nassert callable(train) and callable(engine.search)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_that_a_name_that_is_not_there_is_an_attribute_error() -> None:
    import engine

    with pytest.raises(AttributeError, match="nothing"):
        _ = engine.nothing
