"""Data that the next run finds where the last one left it."""

from __future__ import annotations

import os
from pathlib import Path

from engine.data import Data, DataCache, Place, Source
from engine.spec import Catalogue, Component, Dataset, Project, Split, field
from tests.data.making import numbered


class Counted(Dataset):
    """As many rows as a file has letters, or as it is told."""

    path: str = field("", path="file")
    rows: int = field(40, min=1)

    def open(self, folder: Path, cache: Path | None = None) -> Source:
        return numbered(len((folder / self.path).read_text()) if self.path else self.rows)


CATALOGUE = Catalogue([Counted])


def prepared(cache: DataCache, folder: Path, *, split: int = 0, **parameters: object) -> Data:
    project = Project(dataset=Component(kind="Counted").set(**parameters), split=Split(seed=split))
    return cache.prepared(project, CATALOGUE, Place(folder=folder))


def test_that_the_same_data_is_prepared_once(tmp_path: Path) -> None:
    cache = DataCache()
    assert prepared(cache, tmp_path) is prepared(cache, tmp_path)


def test_that_other_settings_folders_and_divisions_are_other_data(tmp_path: Path) -> None:
    cache, first = DataCache(), Component(kind="Counted")
    found = [
        prepared(cache, tmp_path),
        prepared(cache, tmp_path, rows=50),
        prepared(cache, tmp_path, split=1),
        prepared(cache, tmp_path / first.kind),
    ]
    assert len({id(one) for one in found}) == len(cache) == 4


def test_that_a_changed_file_is_noticed_even_where_its_size_is_the_same(tmp_path: Path) -> None:
    cache, file = DataCache(), tmp_path / "letters.txt"
    file.write_text("a" * 30)
    old = prepared(cache, tmp_path, path=file.name)
    assert prepared(cache, tmp_path, path=file.name) is old
    os.utime(file, ns=(1, 1))
    assert prepared(cache, tmp_path, path=file.name) is not old
    file.write_text("a" * 60)
    assert sum(prepared(cache, tmp_path, path=file.name).facts.sizes.values()) == 60
    assert len(cache) == 1


def test_that_a_file_deep_in_a_folder_counts(tmp_path: Path) -> None:
    class Folder(Counted):
        """Counts nothing in its folder."""

        def open(self, folder: Path, cache: Path | None = None) -> Source:
            return numbered(self.rows)

    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "one.png").write_text("1")
    project = Project(dataset=Component(kind="Folder").set(path="."))
    cache, place = DataCache(), Place(folder=tmp_path)
    old = cache.prepared(project, Catalogue([Folder]), place)
    os.utime(inner / "one.png", ns=(1, 1))
    assert cache.prepared(project, Catalogue([Folder]), place) is not old


def test_that_no_more_is_kept_than_is_allowed_besides_the_newest(tmp_path: Path) -> None:
    size = sum(one.nbytes for one in prepared(DataCache(), tmp_path).splits.values())
    cache = DataCache(most=size)
    for seed in range(4):
        newest = prepared(cache, tmp_path, split=seed)
    assert len(cache) == 2
    assert prepared(cache, tmp_path, split=3) is newest


def test_that_a_run_with_statistics_of_its_own_gets_data_of_its_own(tmp_path: Path) -> None:
    cache, project = DataCache(), Project(dataset=Component(kind="Counted"))
    fresh = prepared(cache, tmp_path)
    place, measured = Place(folder=tmp_path), dict(fresh.facts.statistics)
    assert cache.prepared(project, CATALOGUE, place, statistics=measured) is fresh
    other = measured | {"target": {**measured["target"], "mean": 0.0}}
    assert cache.prepared(project, CATALOGUE, place, statistics=other).facts.statistics["target"]["mean"] == 0
    assert prepared(cache, tmp_path) is fresh
