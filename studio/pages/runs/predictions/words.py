"""What a comparison says, in sentences: pure functions of the service's answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.widgets.chart.words import number

Found = Mapping[str, Any]


def scores(found: Found) -> list[str]:
    """How good each side is: `91.1 % right`, or its mean error."""
    if found["kind"] == "class":
        return [f"{side['right'] / max(found['samples'], 1):.1%} right".replace("%", " %") for side in found["sides"]]
    unit = f" {found['unit']}" if found["unit"] else ""
    return [f"mean error {number(side['error'])}{unit}" for side in found["sides"]]


def change(found: Found) -> str:
    """By how many percent of the samples the second classifier is better: `+3.1 %`; empty for one run."""
    if len(found["sides"]) < 2:
        return ""
    before, after = (side["right"] for side in found["sides"])
    return f"{(after - before) / max(found['samples'], 1):+.1%}".replace("%", " %").replace("-", "−")


def verdict(found: Found) -> str:
    """Whether the two differ by more than chance, with the counts and the name of the test; empty for one run."""
    test = found.get("test")
    if test is None:
        return ""
    more, less = ("fixed", "broken") if "fixed" in test else ("better", "worse")
    counts = f"{test[more]:,} {'fixed' if more == 'fixed' else 'nearer'}, {test[less]:,} "
    counts += "broken" if less == "broken" else "farther"
    if test["p"] is None:
        return f"{counts}: too few differ for a test."
    return f"{counts}. {test['name']}: {chance(test['p'])}, {_meaning(test['p'])}"


def chance(p: float) -> str:
    """A p-value: `p = 0.031`, `p < 0.0001`."""
    return "p < 0.0001" if p < 1e-4 else f"p = {p:.2g}" if p < 0.01 else f"p = {p:.2f}"


def _meaning(p: float) -> str:
    if p < 0.05:
        return "so chance alone seldom makes such a difference."
    return "so the difference may well be chance."


def notes(found: Found) -> list[str]:
    """Everything that has to be said of the samples and of either run."""
    said = [*found["notes"], *(note for side in found["sides"] for note in side["notes"])]
    if any(side["checkpoint"].endswith("last.pt") for side in found["sides"]):
        said.append("A run without a best epoch is asked with its last weights.")
    return list(dict.fromkeys(said))
