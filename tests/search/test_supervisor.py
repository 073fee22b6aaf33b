"""Supervised workers: started, started again when they die, and told to end."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.runs import Workspace
from engine.search import Crew, supervise
from tests.search.making import marked

WRITES = "import sys, time; open({file!r}, 'a').write(sys.argv[-1] + '\\n'); {then}"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path).prepare()


def crew(workspace: Workspace, then: str, *, workers: int = 1) -> Crew:
    """Workers that say where they are, and then do this."""
    script = WRITES.format(file=str(workspace.path / "starts"), then=then)
    study = workspace.new_study(marked())
    command = (sys.executable, "-S", "-c", script)
    return Crew(workspace=workspace, folder=study, device="cpu", command=command, workers=workers)


def starts(workspace: Workspace) -> list[str]:
    return sorted((workspace.path / "starts").read_text().split())


@pytest.mark.parametrize(("status", "count", "well"), [(0, 1, True), (2, 1, False), (3, 1, True), (9, 3, False)])
def test_that_a_worker_is_started_again_when_it_died_and_not_when_it_said_why_it_ends(
    workspace: Workspace, status: int, count: int, well: bool
) -> None:
    assert supervise(crew(workspace, f"sys.exit({status})")) is well
    assert starts(workspace) == ["cpu-1"] * count


def test_that_all_workers_end_when_they_are_told_to(workspace: Workspace, eventually: Callable[..., None]) -> None:
    busy = crew(workspace, "time.sleep(60)", workers=2)
    over = threading.Thread(target=supervise, args=(busy,))
    over.start()
    eventually(lambda: (workspace.path / "starts").exists() and len(starts(workspace)) == 2, within=30)
    busy.ended.set()
    over.join(timeout=30)
    assert not over.is_alive()
    assert starts(workspace) == ["cpu-1", "cpu-2"]


def test_that_a_place_that_another_worker_has_is_left_to_it(workspace: Workspace) -> None:
    more = crew(workspace, "sys.exit(0)")
    with more.folder.worker("cpu-1"):
        supervise(more)
    assert starts(workspace) == ["cpu-2"]
