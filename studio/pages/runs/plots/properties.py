"""What runs can be plotted by: settings, metrics and the like. Pure functions of what is known of a run."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.runs import Summary

SETTING, BEST, LAST, OTHER = "setting", "best", "last", "run"
KINDS = {SETTING: "Settings", BEST: "Metrics at the best epoch", LAST: "Newest metrics and test", OTHER: "The run"}
MOST_AXES = 6
MOST_WORDS = 30
"""Different words that an axis is offered with by itself."""

Values = Mapping[str, Any]


def properties(summary: Summary, parameters: Mapping[str, Any], *, state: str) -> dict[str, Any]:
    """Everything that one run can be plotted by; keys begin with one of `KINDS`."""
    found = {f"{SETTING}/{path}": value for path, value in parameters.items() if plottable(value)}
    found |= {f"{BEST}/{name}": value for name, value in summary.best.items()}
    found |= {f"{LAST}/{name}": value for name, value in summary.last.items()}
    found |= {
        f"{OTHER}/state": state,
        f"{OTHER}/seconds": summary.seconds if summary.started else None,
        f"{OTHER}/epochs": summary.epoch or None,
        f"{OTHER}/best epoch": summary.best_epoch or None,
        f"{OTHER}/device": summary.device or None,
        f"{OTHER}/group": summary.group or None,
    }
    return {name: None if isinstance(one, float) and not math.isfinite(one) else one for name, one in found.items()}


def plottable(value: object) -> bool:
    """Whether a setting has one value that stands on an axis."""
    return isinstance(value, int | float | str | bool) and len(str(value)) < 80


def title(key: str) -> str:
    """What a property is called on an axis: the last words of a path, a metric with its split."""
    kind, _, name = key.partition("/")
    if kind == SETTING:
        return ".".join(name.split(".")[-2:]).removeprefix("training.")
    return {BEST: f"{name} (best)", LAST: name}.get(kind, name)


def varying(rows: Sequence[Values]) -> list[str]:
    """Keys that not all runs have the same value of, in the order of their kinds."""
    seen: dict[str, set[Any]] = {}
    counts: Counter[str] = Counter()
    for row in rows:
        for key, value in row.items():
            if value is not None:
                counts[key] += 1
                values = seen.setdefault(key, set())
                if len(values) <= MOST_WORDS:
                    values.add(value)
    different = [key for key, values in seen.items() if len(values) > 1 or counts[key] < len(rows)]
    order = list(KINDS)
    return sorted(different, key=lambda key: order.index(key.partition("/")[0]))


def first_axes(rows: Sequence[Values], keys: Iterable[str], watched: str) -> list[str]:
    """A first choice of axes: settings that differ, those that most runs have first, and what is watched at the end."""
    known = list(keys)
    settings = [key for key in known if key.startswith(f"{SETTING}/") and fits(rows, key) and key != "setting/name"]
    have = {key: sum(row.get(key) is not None for row in rows) for key in settings}
    chosen = sorted(settings, key=lambda key: -have[key])[:MOST_AXES]
    metrics = [key for key in (f"{BEST}/{watched}", f"{LAST}/test/{watched.partition('/')[2]}") if key in known]
    rest = [key for key in known if key.startswith(f"{BEST}/") and key not in metrics][: max(0, 2 - len(chosen))]
    return [*[key for key in settings if key in chosen], *rest, *reversed(metrics)]


def fits(rows: Sequence[Values], key: str) -> bool:
    """Whether a property has several values, and those are numbers or few enough words to stand on an axis."""
    values = {row[key] for row in rows if row.get(key) is not None}
    words = {one for one in values if isinstance(one, str)}
    return len(values) > 1 and len(words) <= MOST_WORDS
