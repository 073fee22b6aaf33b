"""Sorting samples by who was right: fixed, broken, both wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from engine.predict.answers import Answers, Array

GROUPS: Mapping[str, str] = {
    "wrong": "Wrong",
    "right": "Right",
    "fixed": "Fixed",
    "broken": "Broken",
    "both wrong": "Both wrong",
    "both right": "Both right",
    "different": "Different answers",
    "better": "Nearer",
    "worse": "Farther",
    "all": "All",
}
"""What the groups are called."""


def grouped(sides: Sequence[Answers]) -> dict[str, Array]:
    """Places of the samples in each group, of one run or of two over the same samples.

    Of classes: "wrong" and "right"; of two runs "fixed" (the second is right, the first was wrong), "broken", "both
    wrong", "both right", and "different" wherever they answer differently. Of anything else, of two runs, "better" and
    "worse": where the second is nearer to the truth, or farther. "all" comes last.
    """
    masks = _of_classes(sides) if sides[0].reading.kind == "class" else _of_errors(sides)
    return {name: np.flatnonzero(mask) for name, mask in {**masks, "all": np.ones(len(sides[0]), bool)}.items()}


def _of_classes(sides: Sequence[Answers]) -> dict[str, Array]:
    if len(sides) == 1:
        return {"wrong": ~sides[0].right, "right": sides[0].right}
    before, after = (one.right for one in sides)
    first, second = (one.values["likely"][:, 0] for one in sides)
    return {
        "fixed": ~before & after,
        "broken": before & ~after,
        "both wrong": ~before & ~after,
        "both right": before & after,
        "different": first != second,
    }


def _of_errors(sides: Sequence[Answers]) -> dict[str, Array]:
    if len(sides) == 1:
        return {}
    before, after = (one.values["error"] for one in sides)
    return {"better": after < before, "worse": after > before}
