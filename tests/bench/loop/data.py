"""The data that every contestant of `loop` trains on: 60,000 noisy pictures of ten patterns, 28 by 28, as IDX files."""

import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

TRAIN, VALIDATION, TEST = 60_000, 2_000, 500
SIDE, CLASSES = 28, 10


def write(folder: Path) -> Path:
    """Write the four IDX files that MNIST made known, and return their folder."""
    random = np.random.default_rng(0)
    patterns = random.integers(0, 256, (CLASSES, SIDE, SIDE))
    for part, count in (("train", TRAIN + VALIDATION), ("t10k", TEST)):
        labels = (np.arange(count) % CLASSES).astype(np.uint8)
        noise = random.integers(0, 256, (count, SIDE, SIDE))
        images = ((patterns[labels] + 3 * noise) // 4).astype(np.uint8)
        (folder / f"{part}-images-idx3-ubyte").write_bytes(struct.pack(">4i", 2051, *images.shape) + images.tobytes())
        (folder / f"{part}-labels-idx1-ubyte").write_bytes(struct.pack(">2i", 2049, count) + labels.tobytes())
    return folder


def read(folder: Path) -> tuple[NDArray[Any], NDArray[Any]]:
    """Read training and validation back: uint8 images (n, 28, 28) and uint8 labels (n,), validation last."""
    images = np.frombuffer((folder / "train-images-idx3-ubyte").read_bytes(), np.uint8, offset=16)
    labels = np.frombuffer((folder / "train-labels-idx1-ubyte").read_bytes(), np.uint8, offset=8)
    return images.reshape(-1, SIDE, SIDE), labels
