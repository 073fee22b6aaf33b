"""Starting studies, with a stand-in for the processes that search them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.runs import Workspace, WorkspaceError
from engine.spec import Project, Search
from studio.searcher import Searcher

Started = list[list[str]]
MARKED = Project(name="Tries").set("training.batch_size", Search(choices=(16, 32))).set("study.workers", 2)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """The orders of processes that were started; all of them live."""
    found: Started = []

    def detach(_log: Path, order: list[str]) -> int:
        found.append(order)
        return len(found)

    monkeypatch.setattr("studio.searcher.detach", detach)
    monkeypatch.setattr("studio.searcher.lives", lambda process: process > 0)
    return found


@pytest.fixture
def start(tmp_path: Path) -> Callable[[Project], Searcher]:
    def make(project: Project) -> Searcher:
        made = Searcher(Workspace(tmp_path).prepare())
        made.start(project, folder=tmp_path, device="cpu")
        return made

    return make


def test_that_a_study_is_frozen_and_gets_its_workers(
    start: Callable[[Project], Searcher], started: Started, tmp_path: Path
) -> None:
    searcher = start(MARKED)

    (study,) = Workspace(tmp_path).all_studies()
    assert study.project() == MARKED
    assert started[0][-6:] == ["--study", study.id, "--device", "cpu", "--workers", "2"]
    assert searcher.starting(study.id)


def test_that_nobody_is_started_where_somebody_looks_after_the_workers(
    start: Callable[[Project], Searcher], started: Started, tmp_path: Path
) -> None:
    searcher = start(MARKED)
    (study,) = Workspace(tmp_path).all_studies()

    searcher.go_on(study, device="cpu", workers=2)

    assert len(started) == 1


def test_that_only_those_are_started_that_are_missing(tmp_path: Path, started: Started) -> None:
    workspace = Workspace(tmp_path).prepare()
    study = workspace.new_study(MARKED)

    with study.worker("cpu-1"):  # this very process is one, and is alive
        Searcher(workspace).go_on(study, device="cpu", workers=2)

    assert started[0][-1] == "1"


def test_that_a_project_without_marks_is_refused_in_words(
    start: Callable[[Project], Searcher], started: Started, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="Nothing is marked for search"):
        start(Project(name="Tries"))

    assert not started
    assert not Workspace(tmp_path).all_studies()


def test_that_a_process_that_cannot_be_started_is_a_sentence(
    start: Callable[[Project], Searcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.searcher.detach", lambda _log, _order: 0)

    with pytest.raises(WorkspaceError, match="could not be started"):
        start(MARKED)


def test_that_the_last_words_of_a_worker_are_told_without_the_time(
    start: Callable[[Project], Searcher], started: Started, tmp_path: Path
) -> None:
    searcher = start(MARKED)
    (study,) = Workspace(tmp_path).all_studies()
    log = Workspace(tmp_path).logs / f"search-{study.id}-cpu-1.log"

    log.write_text("2026-11-25 22:00:00,123 trial 1\n2026-11-25 22:00:01,123 No metric is called that.\n\n")

    assert searcher.last_words(study.id) == "No metric is called that."
