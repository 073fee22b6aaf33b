"""What a page shows of one run's answers, or of two runs' beside each other, as plain JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.data import Source, in_words, shown
from engine.predict.answers import Answers, Array
from engine.predict.groups import GROUPS, grouped
from engine.predict.significance import mcnemar, wilcoxon
from engine.spec import Json

MOST_POINTS = 4000
"""Points of a scatter plot that are told; of more samples so many are drawn at random, and it says so."""
BINS = 40
SORTS = ("confidence", "error")


def told(sides: Sequence[Answers]) -> dict[str, Json]:
    """One run's answers, or two runs' to the same samples.

    `samples` counts them; `kind`, `column`, `error` and `unit` are the reading's; `sides` tells each run's; `groups`
    counts by name; `test` compares two. Of classes `classes` and, per side, `confusion`: truth, answer and count, three
    by three, without the empty cells. Of numbers `points`: truth, then each side's answer. Of all but classes
    `histogram`: `edges`, and `counts` of each side's errors (of numbers: answer minus truth).
    """
    first, reading = sides[0], sides[0].reading
    said: dict[str, Json] = {
        "samples": len(first),
        "kind": reading.kind,
        "column": reading.column,
        "error": reading.error,
        "unit": reading.unit,
        "sides": [_side(one) for one in sides],
        "groups": [
            {"name": name, "title": GROUPS[name], "count": len(places)} for name, places in grouped(sides).items()
        ],
        "test": _test(sides) if len(sides) == 2 else None,
    }
    if reading.kind == "class":
        return said | {"classes": list(first.classes)}
    points = {"points": _points(sides)} if reading.kind == "number" else {}
    return said | points | {"histogram": _histogram(sides)}


def listed(sides: Sequence[Answers], *, group: str = "all", cell: Sequence[int] = (), by: str = "error") -> Array:
    """Places of the samples in a group, the most telling first.

    Args:
        sides: one run's answers, or two runs' to the same samples.
        group: a name that `grouped` knows; an unknown one is "all".
        cell: of a confusion matrix: which side's, the true class, the answered one; nothing for all.
        by: "confidence" puts the surest answers first (of numbers, the largest), "error" the most wrong.
    """
    groups = grouped(sides)
    places = groups.get(group, groups["all"])
    if cell:
        values = sides[cell[0]].values
        behind = (values["truth"] == cell[1]) & (values["likely"][:, 0] == cell[2])
        places = places[behind[places]]
    keys = [_key(one, by)[places] for one in sides]
    order: Array = places[np.argsort(-np.max(keys, axis=0), kind="stable")]
    return order


def sample(source: Source, sides: Sequence[Answers], place: int) -> dict[str, Json]:
    """One sample with its picture or cells, and under `answers` what each side says of it."""
    said = {**shown(source, int(sides[0].rows[place])), "row": int(sides[0].rows[place])}
    return said | {"answers": [_answer(one, place) for one in sides]}


def _side(answers: Answers) -> dict[str, Json]:
    error = answers.values["error"]
    said: dict[str, Json] = {
        "run": answers.run,
        "checkpoint": answers.checkpoint,
        "error": float(np.mean(error)),
        "notes": list(answers.notes),
    }
    if answers.reading.kind == "class":
        return said | {"right": int(answers.right.sum()), "confusion": confusion(answers)}
    return said


def confusion(answers: Answers) -> list[int]:
    """Truth, answer and count of every cell that is not empty, one after the other."""
    classes = len(answers.classes)
    cells = answers.values["truth"] * classes + answers.values["likely"][:, 0]
    found, counts = np.unique(cells, return_counts=True)
    flat: list[int] = np.stack([found // classes, found % classes, counts], axis=1).ravel().tolist()
    return flat


def _test(sides: Sequence[Answers]) -> dict[str, Json]:
    first, second = sides
    if first.reading.kind == "class":
        fixed, broken = int((second.right & ~first.right).sum()), int((first.right & ~second.right).sum())
        return {"name": "McNemar’s exact test", "fixed": fixed, "broken": broken, "p": mcnemar(fixed, broken)}
    before, after = first.values["error"], second.values["error"]
    counts = {"better": int((after < before).sum()), "worse": int((after > before).sum())}
    return {"name": "Wilcoxon’s signed-rank test", **counts, "p": wilcoxon(before, after)}


def _points(sides: Sequence[Answers]) -> dict[str, Json]:
    """Truth and answers of every sample and number, or of some drawn at random."""
    truth = sides[0].values["truth"].ravel()
    drawn = np.arange(len(truth))
    if len(drawn) > MOST_POINTS:
        drawn = np.sort(np.random.default_rng(0).choice(len(truth), MOST_POINTS, replace=False))
    width = max(1, len(truth) // max(1, len(sides[0])))
    return {
        "of": len(truth),
        "rows": sides[0].rows[drawn // width].tolist(),
        "truth": truth[drawn].tolist(),
        "answers": [one.values["answer"].ravel()[drawn].tolist() for one in sides],
    }


def _histogram(sides: Sequence[Answers]) -> dict[str, Json]:
    errors = [_signed(one) for one in sides]
    known = [one[np.isfinite(one)] for one in errors]
    whole = np.concatenate(known)
    edges = np.histogram_bin_edges(whole if len(whole) else np.zeros(1), bins=BINS)
    return {"edges": edges.tolist(), "counts": [np.histogram(one, bins=edges)[0].tolist() for one in known]}


def _signed(answers: Answers) -> Array:
    if answers.reading.kind != "number":
        return answers.values["error"]
    found: Array = (answers.values["answer"] - answers.values["truth"]).ravel()
    return found


def _key(answers: Answers, by: str) -> Array:
    if by == "confidence" and answers.reading.kind == "class":
        found: Array = answers.values["chances"][:, 0]
    elif by == "confidence" and answers.reading.kind == "number":
        found = answers.values["answer"].max(axis=1)
    else:
        found = answers.values["error"]
    return np.nan_to_num(found, nan=np.inf)


def _answer(answers: Answers, place: int) -> dict[str, Json]:
    values: Mapping[str, Any] = {name: one[place] for name, one in answers.values.items()}
    said: dict[str, Json] = {"error": float(values["error"])}
    match answers.reading.kind:
        case "class":
            names = [answers.classes[code] for code in values["likely"]]
            likely = list(zip(names, values["chances"].astype(float).tolist(), strict=True))
            right = bool(values["likely"][0] == values["truth"])
            return said | {"text": names[0], "right": right, "confidence": likely[0][1], "likely": likely}
        case "number":
            return said | {"text": ", ".join(in_words(float(f"{one:.6g}")) for one in values["answer"])}
        case _:
            return said | {"text": f"{float(values['error']):.4g}"}
