"""Dividing samples into train, validation and test: seeded, stratified, and never against the dataset's own word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data.encoders import Rows
from engine.data.source import Source
from engine.spec import SPLITS, DataError, Split


def divide(source: Source, split: Split) -> dict[str, Rows]:
    """Rows of each split, in ascending order.

    Splits that the dataset brings are kept as they are; those it lacks are carved from its training rows. A share of 0
    leaves a split out. Raise DataError when a split would be empty or training sees a single class.
    """
    official = {name: np.sort(rows).astype(np.int64) for name, rows in source.splits.items()}
    rows = official.get("train", np.arange(len(source), dtype=np.int64) if not official else np.empty(0, np.int64))
    shares = {name: getattr(split, name) for name in ("test", "validation") if name not in official}
    if sum(shares.values()) >= 1:
        raise DataError(
            "Validation and test together take every sample; leave some for training.",
            parameter="validation",
            section="split",
        )
    shares = {name: share for name, share in shares.items() if share > 0}
    carved = carve(rows, shares, seed=split.seed, classes=_classes(source, rows) if split.stratify else None)
    found = {**official, **carved}
    divided = {name: found[name] for name in SPLITS if name in found}
    _check(source, divided)
    return divided


def carve(
    rows: Rows, shares: Mapping[str, float], *, seed: int, classes: NDArray[Any] | None = None
) -> dict[str, Rows]:
    """Deal `rows` out to the named shares and, what is left, to "train".

    With `classes` (one code a row), each class's part of a share is within one sample of the exact one, and so is the
    share's whole, by rounding the running total over the classes. Every class keeps at least one row for training.
    """
    generator = np.random.default_rng(seed)
    groups = [rows] if classes is None else [rows[classes == one] for one in np.unique(classes)]
    parts: dict[str, list[Rows]] = {name: [] for name in (*shares, "train")}
    passed = 0
    for group in groups:
        shuffled, start = generator.permutation(group), 0
        for name, size in _sizes(len(group), shares, passed).items():
            parts[name].append(shuffled[start : start + size])
            start += size
        parts["train"].append(shuffled[start:])
        passed += len(group)
    return {name: np.sort(np.concatenate([rows[:0], *part])) for name, part in parts.items()}


def _sizes(count: int, shares: Mapping[str, float], passed: int) -> dict[str, int]:
    sizes = {name: round(share * (passed + count)) - round(share * passed) for name, share in shares.items()}
    for name, share in shares.items():
        if sum(sizes.values()) >= count and sizes[name] > int(share * count):
            sizes[name] -= 1  # from rounded up to rounded down, so that training keeps a row
    return sizes


def _classes(source: Source, rows: Rows) -> NDArray[Any] | None:
    return None if source.stratify is None else source.columns[source.stratify].values[rows]


def _check(source: Source, divided: Mapping[str, Rows]) -> None:
    for name, rows in divided.items():
        if len(rows):
            continue
        if name in source.splits:
            raise DataError(f"The dataset's own {name} split has no samples.")
        raise DataError(
            f"The {name} split would be empty: there are only {len(source)} samples. "
            "Raise its share or bring more data.",
            parameter=name if name != "train" else "validation",
            section="split",
        )
    classes = _classes(source, divided["train"])
    if classes is not None and len(np.unique(classes)) < 2:
        raise DataError("All training samples are of one class; two classes or more are needed to learn a difference.")
