"""Sources: raw samples as they were read, by column, before anything is measured or scaled."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data.encoders import Encoder, Features, Field, Image, Label, Target
from engine.spec import DataError

Array = NDArray[Any]


@dataclass(frozen=True, kw_only=True)
class SourceColumn:
    """One column's raw values (first dimension: samples; memory-mapped where large) and how they are encoded."""

    values: Array
    encoder: Encoder


@dataclass(frozen=True, kw_only=True)
class Source:
    """Samples of one dataset, raw."""

    columns: Mapping[str, SourceColumn]
    fingerprint: str
    """Another one once the data changes: what a cache and a run's record know it by."""
    splits: Mapping[str, Array] = field(default_factory=dict)
    """Rows of the splits that the dataset itself brings; those it lacks are carved from its "train"."""
    stratify: str | None = None
    """The label column whose shares every split keeps."""
    names: Sequence[str] = ()
    """Where each sample came from, such as a file's path; empty when rows have no names."""
    notes: tuple[str, ...] = ()
    """What the reader skipped, guessed or left out, in sentences for the user."""

    def __post_init__(self) -> None:
        lengths = {name: len(column.values) for name, column in self.columns.items()}
        assert len(set(lengths.values())) == 1, f"columns differ in length: {lengths}"

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())).values)


def image_column(values: Array) -> SourceColumn:
    """Images as uint8, N×C×H×W."""
    assert values.dtype == np.uint8, values.dtype
    assert values.ndim == 4, values.shape
    return SourceColumn(values=values, encoder=Image(shape=tuple(values.shape[1:])))


def features_column(values: Array, fields: Sequence[Field], *, indicators: bool = True) -> SourceColumn:
    """A table as N×fields; numbers as they are, categories as indices into their field's values, NaN where missing."""
    assert values.shape[1] == len(fields), (values.shape, len(fields))
    return SourceColumn(values=values, encoder=Features(fields=tuple(fields), indicators=indicators))


def label_column(codes: Array, classes: Sequence[str], *, parameter: str | None = None) -> SourceColumn:
    """Class codes 0 … len(classes) - 1; raise DataError when all samples are of one class."""
    found = np.unique(codes)
    if len(found) < 2:
        only = f"of class '{classes[int(found[0])]}'" if len(found) else "missing"
        raise DataError(
            f"There is nothing to tell apart: every sample is {only}. Two classes or more are needed.",
            parameter=parameter,
        )
    return SourceColumn(values=codes.astype(np.int64), encoder=Label(classes=tuple(classes)))


def target_column(values: Array, *, unit: str = "") -> SourceColumn:
    """Numbers to predict, one a sample, in the user's unit."""
    return SourceColumn(values=values.astype(np.float64), encoder=Target(unit=unit))


def fingerprint_of_arrays(*arrays: Array) -> str:
    """Sixteen hexadecimal digits of the contents."""
    digest = hashlib.blake2b(digest_size=8)
    for array in arrays:
        digest.update(f"{array.dtype}{array.shape}".encode())
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


def fingerprint_of_files(paths: Sequence[Path], *, settings: str = "") -> str:
    """Sixteen hexadecimal digits of the files' places, sizes and times of change: quick where contents are large."""
    digest = hashlib.blake2b(settings.encode(), digest_size=8)
    for path in paths:
        stat = path.stat()
        digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
