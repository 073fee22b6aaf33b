"""Decoded images kept on disk and mapped into memory, written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plugins.vision._decode import choose_recipe, decode, in_parallel, look_at

PIXELS, INDEX = "pixels.npy", "index.json"


@dataclass(frozen=True)
class Decoded:
    """Pixels N×C×H×W of the files that could be read, and which of the asked-for files those are."""

    pixels: NDArray[np.uint8]
    good: list[int]


def decoded(paths: Sequence[Path], wishes: dict[str, Any], place: Path | None) -> Decoded:
    """The images of these files: from the cache folder `place` if they are there, else decoded and kept there."""
    if place is None:
        return _decode(paths, wishes, None)
    if (found := _kept(place)) is not None:
        return found
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        made = _decode(paths, wishes, draft / PIXELS)
        (draft / INDEX).write_text(json.dumps({"good": made.good}), encoding="utf-8")
        del made  # the mapping holds the draft's file
        shutil.rmtree(place, ignore_errors=True)  # damaged, or it would have been used
        draft.replace(place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    kept = _kept(place)
    assert kept is not None, f"{place} was just written"
    return kept


def _kept(place: Path) -> Decoded | None:
    try:
        good = json.loads((place / INDEX).read_text(encoding="utf-8"))["good"]
        # Copy on write: torch shares the memory and wants to be allowed to write, the file stays as it is.
        pixels = np.load(place / PIXELS, mmap_mode="c", allow_pickle=False)
    except (OSError, ValueError, KeyError):
        return None
    return Decoded(pixels[: len(good)], good)


def _decode(paths: Sequence[Path], wishes: dict[str, Any], file: Path | None) -> Decoded:
    looks = in_parallel(lambda at: look_at(paths[at]), len(paths))
    good = [at for at, look in enumerate(looks) if not isinstance(look, Exception)]
    if not good:
        return Decoded(np.empty((0, 1, 1, 1), np.uint8), [])
    recipe = choose_recipe([looks[at] for at in good], **wishes)
    pixels = _room((len(good), *recipe.shape), file)

    def read(at: int) -> None:
        pixels[at] = decode(paths[good[at]], recipe)

    failed = {at for at, answer in enumerate(in_parallel(read, len(good))) if isinstance(answer, Exception)}
    fine = [at for at in range(len(good)) if at not in failed]
    for to, at in enumerate(fine):
        if to != at:
            pixels[to] = pixels[at]
    return Decoded(pixels[: len(fine)], [good[at] for at in fine])


def _room(shape: tuple[int, ...], file: Path | None) -> NDArray[np.uint8]:
    if file is None:
        return np.empty(shape, np.uint8)
    pixels = np.lib.format.open_memmap(file, mode="w+", dtype=np.uint8, shape=shape)
    if hasattr(os, "posix_fallocate"):
        # A full disk is an error here; found out later, while pages are written, it would kill the process.
        with file.open("r+b") as opened:
            os.posix_fallocate(opened.fileno(), 0, file.stat().st_size)
    return pixels
