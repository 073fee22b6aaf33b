"""Whether the numbers of a run that repeats another came out equal: found once, and kept with the run."""

from __future__ import annotations

from collections.abc import Sequence

from engine.runs.equality import END, Match
from engine.runs.folder import RunFolder

FILE = "equality.json"


def keep(run: RunFolder, origin: RunFolder, found: Sequence[Match]) -> None:
    """Write down how a run's numbers compare with those of the run that it repeats.

    Raise OSError where that is not possible.
    """
    unlike = [one for one in found if not one.same]
    first = min(unlike, key=_when) if unlike else None
    data = {"origin": origin.id, "compared": sum(one.compared for one in found)}
    if first is not None:
        data |= {"name": first.name, "place": first.first, "every_step": first.every_step}
    run.write_json(FILE, data)


def kept(run: RunFolder) -> str:
    """What was written down, in words; empty where nothing was, or where it cannot be read."""
    data = run.read_json(FILE)
    origin, place = data.get("origin"), data.get("place")
    if not isinstance(origin, str):
        return ""
    if not data.get("compared"):
        return f"no number in common with {origin}"
    if not isinstance(place, int):
        return f"equal to {origin}, bit for bit"
    where = "at the end" if place == END else f"from {'step' if data.get('every_step') else 'epoch'} {place:,} on"
    return f"unlike {origin} {where} ({data.get('name')})"


def _when(one: Match) -> tuple[int, float]:
    """Steps tell soonest where two runs part, the end tells last."""
    return (0 if one.every_step else 1 if one.first != END else 2), one.first
