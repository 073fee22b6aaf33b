"""Small sources, made up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data import Field, Source, features_column, image_column, label_column, target_column


def labeled(codes: NDArray[Any], *, splits: Mapping[str, NDArray[Any]] | None = None) -> Source:
    """One feature (the row's number) and a class a row."""
    count = int(codes.max(initial=1)) + 1
    return Source(
        columns={
            "features": features_column(np.arange(len(codes), dtype=np.float64)[:, None], [Field("row")]),
            "label": label_column(codes, [f"class {code}" for code in range(count)]),
        },
        splits=splits or {},
        stratify="label",
        fingerprint="made up",
    )


def numbered(rows: int) -> Source:
    """Two features and a number to predict."""
    generator = np.random.default_rng(rows)
    values = generator.normal(5, 2, (rows, 2))
    return Source(
        columns={
            "features": features_column(values, [Field("a"), Field("b")]),
            "target": target_column(values.sum(axis=1) * 1000, unit="$"),
        },
        fingerprint="made up",
    )


def pictured(rows: int, *, channels: int = 3) -> Source:
    """Noise of 5 × 4 pixels in two classes."""
    pixels = np.random.default_rng(rows).integers(0, 256, (rows, channels, 5, 4), np.uint8)
    return Source(
        columns={"image": image_column(pixels), "label": label_column(np.arange(rows) % 2, ["a", "b"])},
        stratify="label",
        fingerprint="made up",
    )
