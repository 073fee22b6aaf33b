"""Bringing the answers of two runs together: the samples that neither learned from, in one order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.predict.answers import Answers, Array, PredictionError

OTHER_DATA = "The two runs learned from different data, and nothing tells which samples are the same."


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The same samples as two runs answered them: `first` and `second` are equally long and in the same order."""

    first: Answers
    second: Answers
    notes: tuple[str, ...] = ()
    """What was left out, in sentences."""

    @property
    def sides(self) -> tuple[Answers, Answers]:
        """Both."""
        return self.first, self.second


def paired(first: Answers, second: Answers, *, names: tuple[Sequence[str], Sequence[str]] = ((), ())) -> Pair:
    """The samples that are in both runs' split: none that one of them was trained on.

    Args:
        first: answers of a run.
        second: of another, to the same split as that run divided its data.
        names: where each row of either data came from, which tells samples of different data apart.

    Raises:
        PredictionError: when they answer different questions, or have no sample in common.
    """
    if first.reading.kind != second.reading.kind:
        raise PredictionError("The two runs learned different things, so their answers cannot be laid side by side.")
    here, there = _places(first, second, names)
    if not len(here):
        raise PredictionError(
            f"The {first.split} splits of the two runs have no sample in common, and others one of them has learned "
            "from. Train both with the same split seed."
        )
    notes = [] if len(here) == len(first) == len(second) else [_left_out(first, second, len(here))]
    one, other = _same_classes(_taken(first, here), _taken(second, there))
    same = _same_truth(one, other)
    if not same.all():
        notes.append(f"{(~same).sum():,} samples have another truth in the second run's data and are left out.")
        one, other = _taken(one, np.flatnonzero(same)), _taken(other, np.flatnonzero(same))
    if not len(one):
        raise PredictionError(OTHER_DATA)
    return Pair(first=one, second=other, notes=tuple(notes))


def _places(first: Answers, second: Answers, names: tuple[Sequence[str], Sequence[str]]) -> tuple[Array, Array]:
    """Where the common samples stand in either."""
    if first.fingerprint == second.fingerprint:
        _, here, there = np.intersect1d(first.rows, second.rows, assume_unique=True, return_indices=True)
        return here, there
    if not (len(names[0]) and len(names[1])):
        raise PredictionError(OTHER_DATA)
    one, other = (
        np.array([known[row] for row in side.rows]) for side, known in zip((first, second), names, strict=True)
    )
    _, here, there = np.intersect1d(one, other, return_indices=True)
    return here, there


def _taken(answers: Answers, places: Array) -> Answers:
    values = {name: one[places] for name, one in answers.values.items()}
    return replace(answers, rows=answers.rows[places], values=values)


def _same_classes(first: Answers, second: Answers) -> tuple[Answers, Answers]:
    """Both with codes of the same list of classes: those of the first, then those that only the second knows."""
    if first.reading.kind != "class" or first.classes == second.classes:
        return first, second
    classes = tuple(dict.fromkeys((*first.classes, *second.classes)))
    codes = np.array([classes.index(name) for name in second.classes])
    coded = {name: codes[second.values[name]] for name in ("truth", "likely")}
    return replace(first, classes=classes), replace(second, classes=classes, values={**second.values, **coded})


def _same_truth(first: Answers, second: Answers) -> Array:
    one, other = first.values.get("truth"), second.values.get("truth")
    if one is None or other is None:
        return np.ones(len(first), bool)
    if one.shape != other.shape:
        return np.zeros(len(first), bool)
    # Numbers went through float32 on their way, scaled by each run's own measure.
    same = np.asarray(np.isclose(one, other, rtol=1e-4, atol=1e-6))
    return np.asarray(same.reshape(len(same), -1).all(axis=1))


def _left_out(first: Answers, second: Answers, both: int) -> str:
    return (
        f"Compared on the {both:,} samples that are in the {first.split} split of both runs (of {len(first):,} and "
        f"{len(second):,}); the others one of them has learned from or chosen by."
    )
