"""What runs can be plotted by: settings, metrics and the like. Pure functions of what is known of a run."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
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
    return isinstance(value, int | float) or (isinstance(value, str) and len(value) < 80)


def title(key: str) -> str:
    """What a property is called on an axis: the last words of a path, a metric with its split."""
    kind, _, name = key.partition("/")
    if kind == SETTING:
        return ".".join(name.split(".")[-2:]).removeprefix("training.")
    return {BEST: f"{name} (best)", LAST: name}.get(kind, name)


class Seen:
    """What values there are of each property, counted as runs become known: no look at all runs again is needed."""

    def __init__(self, rows: Iterable[Values] = ()) -> None:
        self._values: dict[str, set[Any]] = {}
        for row in rows:
            self.add(row)

    def add(self, row: Values) -> None:
        """One more run, or one that is known better."""
        for key, value in row.items():
            if value is not None:
                values = self._values.setdefault(key, set())
                if len(values) <= MOST_WORDS:
                    values.add(value)

    def offered(self) -> list[str]:
        """Keys with several values, in the order of their kinds."""
        order = list(KINDS)
        several = [key for key, values in self._values.items() if len(values) > 1]
        return sorted(several, key=lambda key: order.index(key.partition("/")[0]))

    def fits(self, key: str) -> bool:
        """Whether a property is numbers, or few enough words to stand on an axis."""
        values = self._values.get(key, set())
        return len(values) <= MOST_WORDS or not any(isinstance(one, str) for one in values)


def first_axes(seen: Seen, watched: str) -> list[str]:
    """A first choice of axes: some settings that differ, then metrics, and what is watched at the end."""
    known = seen.offered()
    settings = [key for key in known if key.startswith(f"{SETTING}/") and seen.fits(key) and key != "setting/name"]
    chosen = settings[:MOST_AXES]
    metrics = [key for key in (f"{LAST}/test/{watched.partition('/')[2]}", f"{BEST}/{watched}") if key in known]
    rest = [key for key in known if key.startswith(f"{BEST}/") and key not in metrics][: max(0, 2 - len(chosen))]
    return [*chosen, *rest, *metrics]
