"""Opening the dataset that a project names."""

from pathlib import Path

import pytest

from engine.data import Source, located, open_source
from engine.spec import Catalogue, Component, DataError, Dataset, Project, field
from tests.data.making import numbered


class Numbers(Dataset):
    """Made up."""

    rows: int = field(30, min=1)

    def open(self, folder: Path, cache: Path | None = None) -> Source:
        return numbered(self.rows)


class Locked(Dataset):
    """May not be read."""

    def open(self, folder: Path, cache: Path | None = None) -> Source:
        raise PermissionError(13, "Permission denied", str(folder / "secret.csv"))


class Full(Dataset):
    """Needs more room than there is."""

    def open(self, folder: Path, cache: Path | None = None) -> Source:
        raise OSError(28, "No space left on device", str(cache))


def opened(dataset: Component | None) -> Source:
    return open_source(Project(dataset=dataset), Catalogue([Numbers, Locked, Full]), folder=Path("here"))


def test_that_a_dataset_is_opened_with_its_parameters() -> None:
    assert len(opened(Component(kind="Numbers").set(rows=12))) == 12


@pytest.mark.parametrize(
    ("dataset", "said", "parameter"),
    [
        (None, "No dataset is chosen yet", None),
        (Component(kind="Unheard"), "'Unheard' is not a known dataset", None),
        (Component(kind="Numbers").set(rows=0), "Numbers.rows is 0", "rows"),
        (Component(kind="Numbers").set(lines=1), "no parameter 'lines'", "lines"),
        (Component(kind="Locked"), "secret.csv' may not be read: permission is missing", None),
        (Component(kind="Full"), "No space left on device", None),
    ],
)
def test_that_what_hinders_opening_is_said(dataset: Component | None, said: str, parameter: str | None) -> None:
    with pytest.raises(DataError) as refusal:
        opened(dataset)
    assert said in str(refusal.value)
    assert refusal.value.parameter == parameter


def test_that_paths_start_at_the_project_or_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.setenv("USERPROFILE", "/home/ada")
    assert located(Path("project"), "data/a.csv") == Path("project/data/a.csv")
    assert located(Path("project"), "~/a.csv") == Path("/home/ada/a.csv")
    assert located(Path("project"), "/data/a.csv") == Path("/data/a.csv")
