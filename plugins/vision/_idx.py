"""Reads IDX files: two zero bytes, a type, a number of dimensions, their sizes (big-endian), then the values.

The format is described at the end of http://yann.lecun.com/exdb/mnist (as archived).
"""

from __future__ import annotations

import gzip
import re
import zlib
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.data import Source, fingerprint_of_arrays, image_column, label_column, located
from engine.spec import DataError

if TYPE_CHECKING:
    from plugins.vision.idx import IDX

UNSIGNED_BYTE = 0x08
TRAIN, TEST = ("train",), ("t10k", "test")
CLASS_NAMES = ("labels.txt", "classes.txt")


def read_idx(settings: IDX, folder: Path) -> Source:
    """Open the training files and, where there are any, the test files."""
    place = located(folder, settings.path)
    if not settings.path or not place.is_dir():
        raise DataError(
            f"There is no folder '{place}'." if settings.path else "No folder is chosen yet.", parameter="path"
        )
    images, labels = _pair(settings, place, "train", TRAIN)
    splits: dict[str, NDArray[Any]] = {}
    if settings.test_images or _find(place, "images", TEST):
        more_images, more_labels = _pair(settings, place, "test", TEST)
        if more_images.shape[1:] != images.shape[1:]:
            raise DataError(f"Training images are {_size(images)}, test images {_size(more_images)}; they must agree.")
        total = len(images) + len(more_images)
        splits = {"train": np.arange(len(images)), "test": np.arange(len(images), total)}
        images, labels = np.concatenate([images, more_images]), np.concatenate([labels, more_labels])
    codes, classes = _classes(labels, place)
    return Source(
        columns={"image": image_column(images[:, None]), "label": label_column(codes, classes)},
        splits=splits,
        stratify="label",
        fingerprint=fingerprint_of_arrays(images, labels),
    )


def read_array(path: Path, *, dimensions: int) -> NDArray[np.uint8]:
    """The bytes of one IDX file; raise DataError when it is another format, or shorter than it says."""
    raw = _bytes(path)
    if len(raw) < 4 or raw[:2] != b"\0\0" or raw[2] != UNSIGNED_BYTE:
        raise DataError(
            f"'{path.name}' is not an IDX file of bytes: it begins with {raw[:4].hex(' ') or 'nothing'}, "
            f"where 00 00 08 0{dimensions} was expected."
        )
    if raw[3] != dimensions:
        what = {1: "labels", 3: "images"}
        raise DataError(
            f"'{path.name}' holds {what.get(raw[3], 'something else')} (dimensions: {raw[3]}), "
            f"where {what[dimensions]} (dimensions: {dimensions}) were expected. Are the files mixed up?"
        )
    start = 4 + 4 * dimensions
    shape = tuple(int(size) for size in np.frombuffer(raw[4:start].ljust(start - 4, b"\0"), dtype=">u4"))
    count = prod(shape)
    if len(raw) - start != count:
        raise DataError(
            f"'{path.name}' is damaged: it says {' × '.join(f'{size:,}' for size in shape)} values but holds "
            f"{max(0, len(raw) - start):,}. Fetch it again."
        )
    return np.frombuffer(raw, dtype=np.uint8, offset=start).reshape(shape)


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise DataError(f"There is no file '{path}'.")
    raw = path.read_bytes()
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    try:
        return gzip.decompress(raw)
    except (EOFError, OSError, zlib.error) as error:
        raise DataError(f"'{path.name}' is damaged or was not fetched whole ({error}). Fetch it again.") from None


def _pair(
    settings: IDX, place: Path, split: str, words: tuple[str, ...]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    found: dict[str, NDArray[np.uint8]] = {}
    for kind, dimensions in (("images", 3), ("labels", 1)):
        named = getattr(settings, f"{split}_{kind}")
        path = located(place, named) if named else _find(place, kind, words)
        if path is None:
            raise DataError(
                f"No {split} {kind} in '{place}': "
                f"a file such as {words[0]}-{kind}-idx{dimensions}-ubyte.gz was looked for.",
                parameter="path",
            )
        found[kind] = read_array(path, dimensions=dimensions)
    images, labels = found["images"], found["labels"]
    if len(images) != len(labels):
        raise DataError(f"There are {len(images):,} {split} images but {len(labels):,} labels; each image needs one.")
    if not len(images):
        raise DataError(f"The {split} files hold no images.")
    return images, labels


def _find(place: Path, kind: str, words: tuple[str, ...]) -> Path | None:
    pattern = re.compile(rf"({'|'.join(words)}).*{kind}.*idx\d.ubyte(\.gz)?$", re.IGNORECASE)
    return next((path for path in sorted(place.iterdir()) if pattern.search(path.name)), None)


def _classes(labels: NDArray[np.uint8], place: Path) -> tuple[NDArray[np.int64], list[str]]:
    """Codes and names of the classes; names come from a text file beside the data where its lines fit."""
    found, codes = np.unique(labels, return_inverse=True)
    for name in CLASS_NAMES:
        path = place / name
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path.is_file() else []
        names = [line.strip() for line in lines if line.strip()]
        if len(names) > int(found.max()):
            return labels.astype(np.int64), names
    return codes.astype(np.int64), [str(label) for label in found]


def _size(images: NDArray[np.uint8]) -> str:
    return f"{images.shape[1]} × {images.shape[2]}"
