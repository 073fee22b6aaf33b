"""The answers of one run for one split, and the file that keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from engine.spec import Reading
from engine.train.checkpoint import write_whole

Array = NDArray[Any]
MOST_CLASSES = 5
"""Classes kept of a sample, the likeliest first: a thousand chances a sample would be larger than the data."""
ABOUT = "answers"


class PredictionError(ValueError):
    """Answers that cannot be given, in the user's words."""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a run answers to the samples of a split.

    `values` holds `error` (float32) for every kind of reading. For a class also `truth` (int64), `likely` (samples ×
    up to 5 class codes, the likeliest first) and `chances` (their probabilities, float32); for a number `truth` and
    `answer` (samples × numbers, float64, in the data's unit).
    """

    run: str
    split: str
    fingerprint: str
    """Of the data that was answered to."""
    checkpoint: str
    """The file with the weights, relative to the run folder."""
    reading: Reading
    classes: tuple[str, ...]
    rows: Array
    """Which samples of the data, int64, ascending."""
    values: Mapping[str, Array]
    notes: tuple[str, ...] = ()
    """What has to be said of them, in sentences."""

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def right(self) -> Array:
        """Of classes: which samples were answered rightly."""
        found: Array = self.values["likely"][:, 0] == self.values["truth"]
        return found


def write_answers(path: Path, answers: Answers) -> None:
    """Keep answers, whole or not at all; raise OSError where that is not possible."""
    about = {
        "run": answers.run,
        "split": answers.split,
        "fingerprint": answers.fingerprint,
        "checkpoint": answers.checkpoint,
        "reading": answers.reading.model_dump(),
        "classes": list(answers.classes),
        "notes": list(answers.notes),
    }
    arrays = {name: np.ascontiguousarray(one) for name, one in {"rows": answers.rows, **answers.values}.items()}
    data = save(arrays, metadata={ABOUT: json.dumps(about)})
    write_whole(path, lambda file: file.write(data))


def read_answers(path: Path) -> Answers | None:
    """Answers that were kept; None where there are none, or none that this version reads."""
    try:
        with safe_open(path, framework="numpy") as file:
            about = json.loads(file.metadata()[ABOUT])
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - it is no mapping
        return Answers(
            **{name: about[name] for name in ("run", "split", "fingerprint", "checkpoint")},
            reading=Reading.model_validate(about["reading"]),
            classes=tuple(about["classes"]),
            notes=tuple(about["notes"]),
            rows=arrays.pop("rows"),
            values=arrays,
        )
    except (OSError, ValueError, KeyError, TypeError, SafetensorError):
        return None
