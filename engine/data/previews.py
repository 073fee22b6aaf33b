"""What a person sees of a dataset before training: columns, sizes, balance and real samples, as plain JSON."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data.data import facts_of
from engine.data.division import divide
from engine.data.encoders import Features, Image, Label, Rows, Target
from engine.data.features import Field
from engine.data.source import Source, SourceColumn
from engine.spec import Column, Json, Split

BINS = 24
MOST_VALUES = 12  # of a category, that are counted one by one


def preview(source: Source, split: Split, *, count: int = 24) -> dict[str, Json]:
    """Describe the data, with `count` samples drawn from its splits; raise DataError when it cannot be divided.

    `columns`: name, kind, encoded shape and dtype, classes, unit; `splits`: samples in each; `balance`: per split,
    samples of each class; `histogram`: of a number to predict, `edges` and counts per split; `fields`: of a table, what
    the training split holds; `samples`: split, name and label, with `png` (base64) or `cells`; `notes`: sentences.
    """
    rows = divide(source, split)
    facts = facts_of(source, rows)
    return {
        "columns": [_described(facts.column(name)) for name in source.columns],
        "splits": {name: len(one) for name, one in rows.items()},
        "balance": _balance(source, rows),
        "histogram": _histogram(source, rows),
        "fields": [one for column in source.columns.values() for one in _fields(column, rows["train"])],
        "samples": list(_samples(source, rows, count)),
        "notes": list(source.notes),
    }


def _described(column: Column) -> dict[str, Json]:
    return {
        "name": column.name,
        "kind": column.kind,
        "shape": list(column.shape),
        "dtype": column.dtype,
        "classes": list(column.classes),
        "unit": column.unit,
    }


def _balance(source: Source, rows: Mapping[str, Rows]) -> dict[str, dict[str, int]]:
    for column in source.columns.values():
        match column.encoder:
            case Label(classes=classes):
                counts = {name: np.bincount(column.values[one], minlength=len(classes)) for name, one in rows.items()}
                return {name: dict(zip(classes, one.tolist(), strict=True)) for name, one in counts.items()}
    return {}


def _histogram(source: Source, rows: Mapping[str, Rows]) -> dict[str, Json]:
    for column in source.columns.values():
        if isinstance(column.encoder, Target):
            edges = np.histogram_bin_edges(column.values, bins=BINS)
            counts = {name: np.histogram(column.values[one], bins=edges)[0].tolist() for name, one in rows.items()}
            return {"edges": edges.tolist(), "counts": counts}
    return {}


def _fields(column: SourceColumn, train: Rows) -> Iterator[dict[str, Json]]:
    if isinstance(column.encoder, Features):
        for at, one in enumerate(column.encoder.fields):
            yield _field(one, column.values[train, at])


def _field(one: Field, values: NDArray[Any]) -> dict[str, Json]:
    known = values[~np.isnan(values)]
    said: dict[str, Json] = {"name": one.name, "type": one.type, "missing": len(values) - len(known)}
    if one.type == "category":
        counts = np.bincount(known.astype(np.int64), minlength=len(one.values))
        most = np.argsort(-counts, kind="stable")[:MOST_VALUES]
        return said | {"different": len(one.values), "values": {one.values[at]: int(counts[at]) for at in most}}
    if not len(known):
        return said | {"min": None, "mean": None, "max": None}
    return said | {"min": float(known.min()), "mean": float(known.mean()), "max": float(known.max())}


def _samples(source: Source, rows: Mapping[str, Rows], count: int) -> Iterator[dict[str, Json]]:
    """The same few of each split at every call, in turns, so that each split is seen."""
    generator = np.random.default_rng(0)
    drawn = {name: generator.permutation(one)[:count] for name, one in rows.items()}
    turns = [(name, int(one[turn])) for turn in range(count) for name, one in drawn.items() if turn < len(one)]
    for name, row in sorted(turns[:count], key=lambda turn: list(rows).index(turn[0])):
        yield {"split": name, **shown(source, row)}


def shown(source: Source, row: int) -> dict[str, Json]:
    """One sample as a person sees it: `name` and `label`, with `png` (base64) or `cells`."""
    said: dict[str, Json] = {"name": source.names[row] if source.names else str(row), "label": ""}
    for column in source.columns.values():
        said |= _shown(column, column.values[row])
    return said


def _shown(column: SourceColumn, value: Any) -> dict[str, Json]:
    match column.encoder:
        case Image():
            return {"png": base64.b64encode(png(value)).decode("ascii")}
        case Label(classes=classes):
            return {"label": classes[int(value)]}
        case Target():
            return {"label": in_words(float(value))}
        case Features(fields=fields):
            return {"cells": {one.name: _cell(one, float(raw)) for one, raw in zip(fields, value, strict=True)}}
    return {}


def _cell(one: Field, raw: float) -> str:
    if np.isnan(raw):
        return ""
    return one.values[int(raw)] if one.type == "category" else in_words(raw)


def in_words(value: float) -> str:
    """A number as a person would write it into a table."""
    return f"{value:,.0f}".replace(",", "") if value.is_integer() and abs(value) < 1e15 else f"{value:.6g}"


def png(pixels: NDArray[np.uint8]) -> bytes:
    """An image C×H×W (gray or color) as a PNG file's bytes."""
    from PIL import Image as Picture

    plain = pixels[0] if len(pixels) != 3 else np.ascontiguousarray(pixels.transpose(1, 2, 0))
    file = io.BytesIO()
    Picture.fromarray(plain).save(file, "PNG")
    return file.getvalue()
