"""Reads the datasets that come with scikit-learn."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn import datasets

from engine.data import (
    Field,
    Source,
    features_column,
    fingerprint_of_arrays,
    image_column,
    label_column,
    target_column,
)


def digits() -> Source:
    """Images 1×8×8 (0 … 16 stretched to bytes) and their digit."""
    found = datasets.load_digits()
    images = np.rint(found.images * (255 / 16)).astype(np.uint8)[:, None]
    return Source(
        columns={
            "image": image_column(images),
            "label": label_column(found.target, [str(name) for name in found.target_names]),
        },
        fingerprint=fingerprint_of_arrays(images, found.target),
        stratify="label",
    )


def breast_cancer() -> Source:
    """30 measurements of cell nuclei, and malignant or benign."""
    return _classes(datasets.load_breast_cancer())


def wine() -> Source:
    """13 chemical measurements, and the grower."""
    return _classes(datasets.load_wine())


def diabetes() -> Source:
    """10 measurements in their own units, and a score of how far the disease went in a year."""
    found = datasets.load_diabetes(scaled=False)
    values = found.data.astype(np.float64)
    sex = list(found.feature_names).index("sex")
    values[:, sex] -= 1  # coded 1 and 2, and not said which is which
    fields = [
        Field(name, "category", ("1", "2")) if at == sex else Field(name) for at, name in enumerate(found.feature_names)
    ]
    return Source(
        columns={"features": features_column(values, fields), "target": target_column(found.target)},
        fingerprint=fingerprint_of_arrays(values, found.target),
    )


def _classes(found: Any) -> Source:
    fields = [Field(str(name)) for name in found.feature_names]
    return Source(
        columns={
            "features": features_column(found.data.astype(np.float64), fields),
            "label": label_column(found.target, [str(name) for name in found.target_names]),
        },
        fingerprint=fingerprint_of_arrays(found.data, found.target),
        stratify="label",
    )
