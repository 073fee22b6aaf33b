"""What a comparison of seeds says, in honest sentences."""

from __future__ import annotations

from math import isfinite

from engine.runs import Comparison, Spread
from studio.pages.runs.seeds.groups import Group

MINUS = "−"
FEW = 5
"""Seeds below which even a clear difference is known only roughly."""


def number(value: float) -> str:
    """Four digits that tell runs apart, or a dash for what is none."""
    return f"{value:.4g}".replace("-", MINUS) if isfinite(value) else "–"


def spread_text(one: Spread) -> str:
    """Mean and half the interval's width, to digits that the interval allows."""
    if one.n == 0:
        return "no number"
    if one.n == 1:
        return number(one.mean)
    places = _places(one.half)
    return f"{one.mean:.{places}f} ± {one.half:.{places}f}" if places is not None else f"{number(one.mean)} ± 0"


def signed(value: float) -> str:
    """A difference with its sign."""
    return f"{value:+.4g}".replace("-", MINUS) if isfinite(value) else "–"


def p_text(p: float) -> str:
    """A probability as papers give it."""
    return "–" if not isfinite(p) else "< 0.001" if p < 0.001 else f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def seeds_text(one: int, other: int) -> str:
    """How many seeds stand behind a comparison."""
    return f"{one} seeds each" if one == other else f"{one} and {other} seeds"


def verdict(found: Comparison, metric: str) -> str:
    """Whether the difference is one, and how far that can be believed."""
    seeds = seeds_text(found.one.n, found.other.n)
    if not found.tested:
        return f"Every seed gave the same {metric}, so there is no spread to test the difference by."
    if not found.significant:
        return (
            f"With {seeds}, a difference of this size would often arise by chance (p = {p_text(found.p)}). "
            "That does not show that there is none: more seeds can tell."
        )
    chance = "less than once in a thousand times" if found.p < 0.001 else f"in {100 * found.p:.2g} % of cases"
    words = f"Were there no difference, one of this size would arise by chance {chance}."
    if min(found.one.n, found.other.n) < FEW:
        words += f" With {seeds} its size is still uncertain: {signed(found.low)} to {signed(found.high)}."
    return words


def lacking(group: Group) -> str:
    """What is missing before a group says anything; empty when it has two seeds."""
    done, coming = len(group.finished), len(group.lively)
    if done >= 2:
        return ""
    later = f" {coming} more to come." if coming else ""
    if done == 1:
        return f"“{group.name}” has one finished seed: one says nothing of how much another would differ.{later}"
    return f"“{group.name}” has no finished run yet.{later}"


def _places(half: float) -> int | None:
    """Decimal places that show two digits of an interval."""
    if not half > 0:
        return None
    from math import floor, log10

    return min(8, max(0, 1 - floor(log10(half))))
