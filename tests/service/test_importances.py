"""The service weighs variables a piece at a time, and remembers what it weighed."""

from pathlib import Path
from typing import Any

import pytest

from engine.runs import StudyFolder, Workspace
from engine.search import open_study
from engine.service import importances
from engine.service.importances import Importances
from engine.spec import Catalogue
from tests.service.test_studies import marked


@pytest.fixture
def folder(tmp_path: Path) -> StudyFolder:
    return Workspace(tmp_path).prepare().new_study(marked("Tries"))


def try_some(folder: StudyFolder, catalogue: Catalogue, count: int) -> None:
    study = open_study(folder, catalogue).study
    for _ in range(count):
        trial = study.ask()
        size = trial.suggest_categorical("training.batch_size", (16, 32, 64))
        study.tell(trial, size / 64)


def test_that_an_answer_comes_in_pieces_and_is_remembered_until_a_trial_is_added(
    folder: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = Catalogue.load(["plugins.tasks", "plugins.vision", "plugins.search", "plugins.core"])
    part = Importances(Workspace(folder.path.parent.parent), catalogue)
    try_some(folder, catalogue, 12)
    monkeypatch.setattr(importances, "SLICE", 1e-9)  # one piece an answer

    def ask() -> dict[str, Any]:
        answer = part.importance(folder.id, "fanova")
        assert isinstance(answer, dict)
        return answer

    first = ask()
    assert first["state"] == "working"
    while (answer := ask())["state"] == "working":
        assert answer["done"] < answer["of"]
    assert answer["importance"] == {"training.batch_size": pytest.approx(1)}
    assert ask() == answer
    try_some(folder, catalogue, 1)
    assert (ask()["done"], ask()["finished"]) == (1, 13)
    try_some(folder, catalogue, 1)
    assert (ask()["done"], ask()["finished"]) == (3, 13)  # what is being weighed is weighed to its end
    try_some(folder, catalogue, 5)
    assert (ask()["done"], ask()["finished"]) == (1, 19)


def test_that_a_study_that_is_gone_is_said_so(tmp_path: Path) -> None:
    part = Importances(Workspace(tmp_path).prepare(), Catalogue.load(["plugins.search"]))
    with pytest.raises(ValueError, match="gone"):
        part.importance("nowhere")
