"""From image files to bytes of one shape, in parallel: PIL lets other threads run while it decodes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

GRAY = frozenset({"1", "L", "LA", "La", "I", "F", "I;16", "I;16L", "I;16B", "I;16N"})
DEEP = frozenset({"I", "F", "I;16", "I;16L", "I;16B", "I;16N"})
OWN_SIZE_UP_TO = 64  # pixels: larger ones make first experiments slow, and may be asked for by name


@dataclass(frozen=True)
class Recipe:
    """What every image becomes: width and height in pixels, one channel or three, and how it is made to fit."""

    width: int
    height: int
    channels: int
    fit: str

    @property
    def shape(self) -> tuple[int, int, int]:
        """Channels, height, width."""
        return self.channels, self.height, self.width


@dataclass(frozen=True)
class Look:
    """What a file's first bytes tell: mode and size of the image."""

    mode: str
    size: tuple[int, int]


def choose_recipe(looks: Sequence[Look], *, size: int, mode: str, fit: str) -> Recipe:
    """The recipe that suits these images where the settings leave it open."""
    gray = mode == "gray" or (mode == "auto" and all(look.mode in GRAY for look in looks))
    channels = 1 if gray else 3
    if size:
        return Recipe(size, size, channels, fit)
    width, height = looks[0].size
    if all(look.size == (width, height) for look in looks) and max(width, height) <= OWN_SIZE_UP_TO:
        return Recipe(width, height, channels, fit)
    return Recipe(OWN_SIZE_UP_TO, OWN_SIZE_UP_TO, channels, fit)


def look_at(path: Path) -> Look:
    """Read an image's header; raise whatever PIL raises when it is none."""
    with Image.open(path) as image:
        turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)  # orientations that lie on their side
        return Look(image.mode, (image.height, image.width) if turned else image.size)


def decode(path: Path, recipe: Recipe) -> NDArray[np.uint8]:
    """Read one image as bytes C×H×W; raise whatever PIL raises when it is broken."""
    with Image.open(path) as image:
        image.draft(None, (2 * recipe.width, 2 * recipe.height))  # JPEG can skip detail that would be scaled away
        upright = ImageOps.exif_transpose(image)
        plain = _plain(upright, "L" if recipe.channels == 1 else "RGB")
    pixels = np.asarray(_fitted(plain, recipe), dtype=np.uint8)
    return pixels[None] if recipe.channels == 1 else pixels.transpose(2, 0, 1)


def in_parallel(work: Callable[[int], Any], count: int) -> list[Any]:
    """Call `work` with 0 … count - 1; where it raises, the answer is the error."""

    def safely(at: int) -> Any:
        try:
            return work(at)
        except Exception as error:  # noqa: BLE001 - decoders of a dozen formats fail on broken files in any way
            return error

    with ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="decode") as threads:
        return list(threads.map(safely, range(count), chunksize=16))


def _plain(image: Image.Image, mode: str) -> Image.Image:
    """The image in 8 bits, transparency laid on white, as "L" or "RGB"."""
    if image.mode in DEEP:
        image = Image.fromarray(_eight_bits(np.asarray(image)))
    if image.mode in ("RGBA", "RGBa", "LA", "La", "PA") or "transparency" in image.info:
        solid = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", solid.size, "white"), solid)
    if image.mode == "CMYK":
        image = image.convert("RGB")
    return image.convert(mode)


def _eight_bits(values: NDArray[Any]) -> NDArray[np.uint8]:
    """Deep gray values on the scale of bytes: floats from 0 … 1, integers beyond a byte from 0 … 65535."""
    top = float(values.max(initial=0))
    scale = 255.0 if values.dtype.kind == "f" and top <= 1 else (1 if top <= 255 else 1 / 257)
    return np.clip(np.rint(values * scale), 0, 255).astype(np.uint8)


def _fitted(image: Image.Image, recipe: Recipe) -> Image.Image:
    size = (recipe.width, recipe.height)
    if image.size == size:
        return image
    if recipe.fit == "crop":
        return ImageOps.fit(image, size, Image.Resampling.BILINEAR)
    if recipe.fit == "pad":
        return ImageOps.pad(image, size, Image.Resampling.BILINEAR)
    return image.resize(size, Image.Resampling.BILINEAR)
