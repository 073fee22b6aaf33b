"""Reads class folders: finds the images, has them decoded, and names what could not be read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.data import Source, fingerprint_of_files, image_column, label_column, located
from engine.spec import DataError
from plugins.vision._cache import decoded

if TYPE_CHECKING:
    from plugins.vision.folder import ImageFolder

SUFFIXES = frozenset(
    (".png", ".jpg", ".jpeg", ".jpe", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ppm", ".pgm", ".pbm")
)
SPLIT_NAMES = {
    "train": "train",
    "training": "train",
    "validation": "validation",
    "valid": "validation",
    "val": "validation",
    "dev": "validation",
    "test": "test",
    "testing": "test",
}
NAMED = 5  # unreadable files that a note names


@dataclass(frozen=True)
class Picture:
    """An image file, its class, and the split whose folder it lies in ("" where there are no such folders)."""

    path: Path
    label: str
    split: str


def read_folder(settings: ImageFolder, folder: Path, cache: Path | None) -> Source:
    """Open the folder that the settings describe."""
    place = located(folder, settings.path)
    if not settings.path:
        raise DataError("No folder is chosen yet.", parameter="path")
    if not place.is_dir():
        raise DataError(f"There is no folder '{place}'.", parameter="path")
    pictures, notes = _known_classes(list(_pictures(place)))
    if not pictures:
        raise DataError(_nothing_found(place), parameter="path")
    paths = [picture.path for picture in pictures]
    wishes: dict[str, Any] = {"size": settings.size, "mode": settings.mode, "fit": settings.fit}
    fingerprint = fingerprint_of_files(paths, settings=str(wishes))
    images = decoded(paths, wishes, cache / f"images-{fingerprint}" if cache else None)
    kept = [pictures[at] for at in images.good]
    if not kept:
        raise DataError(f"None of the {len(paths):,} image files in '{place}' can be read.", parameter="path")
    classes = sorted({picture.label for picture in pictures}, key=natural)
    codes = np.array([classes.index(picture.label) for picture in kept], dtype=np.int64)
    return Source(
        columns={"image": image_column(images.pixels), "label": label_column(codes, classes, parameter="path")},
        splits=_splits(kept, _split_folders(place)),
        stratify="label",
        names=[str(picture.path.relative_to(place)) for picture in kept],
        notes=(*notes, *_unreadable(pictures, images.good, place)),
        fingerprint=fingerprint,
    )


def natural(name: str) -> list[tuple[int, int, str]]:
    """A key that sorts "2" before "10"."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", name) if part]


def _pictures(place: Path) -> Iterator[Picture]:
    splits = _split_folders(place)
    for split, outer in splits.items() if splits else (("", place),):
        for folder in _folders(outer):
            for path in _images(folder):
                yield Picture(path, folder.name, split)


def _split_folders(place: Path) -> dict[str, Path]:
    """The folders named after splits; none unless the training one has class folders in it ("train" may be a class)."""
    found = {SPLIT_NAMES[one.name.lower()]: one for one in _folders(place) if one.name.lower() in SPLIT_NAMES}
    has_classes = "train" in found and any(next(_images(one), None) for one in _folders(found["train"]))
    return found if has_classes else {}


def _folders(place: Path) -> list[Path]:
    return sorted(one for one in place.iterdir() if one.is_dir() and not one.name.startswith((".", "__")))


def _images(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if os.path.splitext(name)[1].lower() in SUFFIXES and not name.startswith("."):  # noqa: PTH122 - in a hot loop
                yield Path(place, name)


def _known_classes(pictures: list[Picture]) -> tuple[list[Picture], tuple[str, ...]]:
    """Without the pictures of classes that training does not have."""
    known = {picture.label for picture in pictures if picture.split in ("", "train")}
    strange = sorted({picture.label for picture in pictures} - known)
    notes = tuple(f"Left out '{label}': there is no such class in the training folder." for label in strange)
    return [picture for picture in pictures if picture.label in known], notes


def _splits(kept: Sequence[Picture], names: Iterable[str]) -> dict[str, Any]:
    return {name: np.array([at for at, one in enumerate(kept) if one.split == name], dtype=np.int64) for name in names}


def _unreadable(pictures: Sequence[Picture], good: Sequence[int], place: Path) -> tuple[str, ...]:
    bad = [pictures[at].path.relative_to(place) for at in sorted(set(range(len(pictures))) - set(good))]
    if not bad:
        return ()
    images = "1 image" if len(bad) == 1 else f"{len(bad):,} images"
    names = ", ".join(str(path) for path in bad[:NAMED]) + (" …" if len(bad) > NAMED else "")
    return (f"Skipped {images} that cannot be read: {names}.",)


def _nothing_found(place: Path) -> str:
    loose = sum(1 for one in place.iterdir() if one.suffix.lower() in SUFFIXES)
    if loose:
        return f"'{place}' holds {loose:,} images but no class folders. Give each class a folder with its images."
    return f"There are no images in the folders of '{place}'. A folder for each class was looked for (PNG, JPEG …)."
