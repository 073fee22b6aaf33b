"""What the Search page says of a study in numbers and sentences: pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.runs import Trial
from studio.pace import spoken
from studio.widgets.numbers import NONE

if TYPE_CHECKING:
    from studio.studies import Budget

RECENT = 600.0
"""Seconds of the past that the pace is measured over."""
LATEST = 500
COUNTED = frozenset({"finished", "pruned", "failed"})
"""States of trials that use up a budget, once they are over."""
SENTENCES = {
    "new": "Its workers are starting: they load the data and build the first network.",
    "paused": "Paused. What is trained waits at a checkpoint until the search goes on, today or next week.",
    "interrupted": "Nobody works on it any more. Go on: what was under way goes on from its last checkpoint.",
}


def tally(trials: Sequence[Trial]) -> Counter[str]:
    """How many trials are in each state."""
    return Counter(one.state for one in trials)


def figures(
    trials: Sequence[Trial], counted: Mapping[str, int], budget: Budget, *, state: str, now: float
) -> dict[str, str]:
    """Names and values for the head of a study whose trials were counted; `now` is in seconds since 1970."""
    going, over = state == "running", done(counted)
    rate = pace(trials, now) if going else overall(counted, budget)
    left = seconds_left(over, budget, rate) if going else None
    return {
        "Trials": f"{over:,} / {budget.trials:,}" if budget.trials else f"{over:,}",
        "Finished": f"{counted['finished']:,}",
        "Pruned": f"{counted['pruned']:,}",
        "Failed": f"{counted['failed']:,}",
        "Infeasible": f"{counted['infeasible']:,}",
        "Per minute": f"{rate:.3g}" if rate else NONE,
        "Spent": spoken(budget.seconds) if budget.seconds else NONE,
        "Left": NONE if left is None else spoken(left),
    }


def done(counted: Mapping[str, int]) -> int:
    """Trials that are over and use up the budget."""
    return sum(counted.get(state, 0) for state in COUNTED)


def fraction(counted: Mapping[str, int], budget: Budget) -> float | None:
    """How much of the budget is used, 0 to 1; None where there is none."""
    parts = [done(counted) / budget.trials] if budget.trials else []
    parts += [budget.seconds / budget.timeout] if budget.timeout else []
    return min(max(parts), 1.0) if parts else None


def pace(trials: Sequence[Trial], now: float) -> float:
    """Trials that used up the budget per minute, over the last ten minutes or `LATEST` trials; 0 if nobody knows."""
    ended = [one for one in trials[-LATEST:] if one.state in COUNTED and one.ended >= now - RECENT]
    if not ended:
        return 0.0
    since = max(min(one.began for one in ended), now - RECENT)
    return 60 * len(ended) / max(now - since, 1.0)


def overall(counted: Mapping[str, int], budget: Budget) -> float:
    """Trials per minute that was spent; 0 while nothing is known."""
    return 60 * done(counted) / budget.seconds if budget.seconds > 0 else 0.0


def seconds_left(over: int, budget: Budget, rate: float) -> float | None:
    """Seconds until the budget is used up at a rate of trials per minute, None while nobody can say."""
    found = [max(budget.timeout - budget.seconds, 0.0)] if budget.timeout else []
    if budget.trials and rate > 0:
        found.append(60 * max(budget.trials - over, 0) / rate)
    return min(found) if found else None


def sentence(state: str, message: str, trials: Sequence[Trial], *, starting: bool) -> str:
    """What there is to say of a state; nothing of a study that runs."""
    if starting and state in ("new", "interrupted"):
        return SENTENCES["new"]
    if state == "new":
        return "It has not begun: nobody works on it yet."
    if state == "finished":
        return message or "It is finished."
    if state == "running" and not any(one.state in ("running", "finished", "pruned") for one in trials):
        return SENTENCES["new"]
    return SENTENCES.get(state, "")
