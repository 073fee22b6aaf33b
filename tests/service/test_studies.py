"""What the service tells of studies, from studies in Optuna's own storage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.runs import StudyFolder, Workspace
from engine.search import open_study
from engine.service import studies
from engine.service.studies import Studies
from engine.spec import Catalogue, Component, Project, Search
from engine.spec.study import Study


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load(["plugins.tasks", "plugins.vision", "plugins.search", "plugins.core"])


@pytest.fixture
def folder(tmp_path: Path) -> StudyFolder:
    workspace = Workspace(tmp_path).prepare()
    return workspace.new_study(marked("Tries"))


@pytest.fixture
def part(folder: StudyFolder, catalogue: Catalogue) -> Studies:
    return Studies(Workspace(folder.path.parent.parent), catalogue)


def marked(name: str) -> Project:
    project = Project(name=name, dataset=Component(kind="Digits"), study=Study(current_first=False, trials=5))
    return project.set("training.batch_size", Search(choices=(16, 32, 64)))


def try_some(folder: StudyFolder, catalogue: Catalogue, *values: float) -> None:
    """Trials with these values."""
    study = open_study(folder, catalogue).study
    for value in values:
        trial = study.ask()
        trial.suggest_categorical("training.batch_size", (16, 32, 64))
        study.tell(trial, value)


def asked(part: Studies, folder: StudyFolder, since: str = "") -> dict[str, Any]:
    answer = part.study(folder.id, since)
    assert isinstance(answer, dict)
    return answer


def listed(part: Studies) -> dict[str, dict[str, Any]]:
    answer: Any = part.studies()
    return {one["id"]: one for one in answer}


def test_that_a_study_is_told_with_its_trials(part: Studies, folder: StudyFolder, catalogue: Catalogue) -> None:
    try_some(folder, catalogue, 0.5, 0.75)

    answer = asked(part, folder)

    assert [one["values"] for one in answer["trials"]] == [(0.5,), (0.75,)]
    assert answer["objectives"] == [{"name": "validation/accuracy", "goal": "max"}]
    assert answer["variables"] == {"training.batch_size": {"choices": (16, 32, 64), "value": 64}}
    assert answer["budget"]["trials"] == 5
    assert answer["budget"]["done"] == 2
    assert answer["state"] == "interrupted"


def test_that_a_study_that_is_told_to_be_finished_has_all_its_trials(
    part: Studies, folder: StudyFolder, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    describe = studies.described

    def described(handle: Any) -> dict[str, Any]:
        try_some(folder, catalogue, *[0.5] * 5)  # all of them end while the question is being answered
        return describe(handle)

    monkeypatch.setattr(studies, "described", described)
    answer = asked(part, folder)
    assert (answer["state"], len(answer["trials"])) == ("finished", 5)


def test_that_only_what_changed_is_told_again(part: Studies, folder: StudyFolder, catalogue: Catalogue) -> None:
    try_some(folder, catalogue, 0.5)
    first = asked(part, folder)
    try_some(folder, catalogue, 0.75)

    second = asked(part, folder, first["revision"])

    assert [one["number"] for one in second["trials"]] == [1]
    assert not asked(part, folder, second["revision"])["trials"]


def test_that_many_trials_come_in_parts(
    part: Studies, folder: StudyFolder, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studies, "AT_ONCE", 2)
    try_some(folder, catalogue, 0.1, 0.2, 0.3)

    first = asked(part, folder)
    second = asked(part, folder, first["revision"])

    assert [one["number"] for one in (*first["trials"], *second["trials"])] == [0, 1, 2]
    assert [first["whole"], second["whole"]] == [False, True]


def test_that_a_service_that_was_started_again_tells_all(
    part: Studies, folder: StudyFolder, catalogue: Catalogue
) -> None:
    try_some(folder, catalogue, 0.5)
    first = asked(part, folder)

    again = asked(Studies(part.workspace, catalogue), folder, first["revision"])

    assert [one["number"] for one in again["trials"]] == [0]


def test_that_a_deleted_trial_is_gone_and_comes_back(part: Studies, folder: StudyFolder, catalogue: Catalogue) -> None:
    try_some(folder, catalogue, 0.5, 0.75)
    revision = asked(part, folder)["revision"]

    part.order(folder.id, "delete_trial", {"number": 1})
    gone = asked(part, folder, revision)
    part.order(folder.id, "restore_trial", {"number": 1})
    back = asked(part, folder, gone["revision"])

    assert gone["gone"] == [1]
    assert back["gone"] == []
    assert [one["number"] for one in back["trials"]] == [1]


def test_that_the_list_has_trials_state_and_best(part: Studies, folder: StudyFolder, catalogue: Catalogue) -> None:
    try_some(folder, catalogue, 0.5, 0.75)
    folder.rename("Mine")

    line = listed(part)[folder.id]

    assert [line[name] for name in ("name", "project", "trials", "best")] == ["Mine", "Tries", 2, 0.75]


def test_that_a_study_that_cannot_be_read_says_why_and_others_are_listed(
    part: Studies, folder: StudyFolder, catalogue: Catalogue
) -> None:
    other = part.workspace.new_study(marked("Elsewhere"), storage="journal:////nowhere/at/all.log")
    try_some(folder, catalogue, 0.5)

    lines = listed(part)

    assert "cannot be opened" in lines[other.id]["trouble"]
    assert lines[folder.id]["trouble"] == ""


def test_that_a_study_whose_folder_is_gone_is_a_sentence(part: Studies) -> None:
    with pytest.raises(ValueError, match="gone"):
        part.study("nothing")
