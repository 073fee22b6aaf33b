"""Whether the files of a dataset are as they were: by size and time of change, without reading them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from engine.data.opening import located
from engine.spec import Dataset

Stamp: TypeAlias = tuple[str, int, int]


def stamps_of(dataset: Dataset, folder: Path, *, deep: bool = True) -> Iterator[Stamp]:
    """Place, bytes and time of change (ns) of the files and folders that a dataset's parameters point at.

    Args:
        dataset: whose parameters; one without paths has none.
        folder: where relative paths start.
        deep: whether all that lies in a folder counts, or only what lies in it at once: a file that is written over
            further down is then not noticed, but a hundred thousand of them cost nothing.
    """
    for path in _paths(dataset, folder):
        yield _stamp(path)
        if path.is_dir():
            yield from map(_stamp, sorted(_inside(path) if deep else path.iterdir()))


def _paths(dataset: Dataset, folder: Path) -> Iterator[Path]:
    written = (str(getattr(dataset, one.name)) for one in dataset.parameters() if one.type == "path")
    return (located(folder, one) for one in written if one)


def _inside(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        yield from (Path(place, name) for name in (*folders, *files))


def _stamp(path: Path) -> Stamp:
    try:
        stat = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), stat.st_size, stat.st_mtime_ns
