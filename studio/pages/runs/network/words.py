"""How what became of a node is said and shown: by a sign, a word and a tone."""

from __future__ import annotations

from typing import NamedTuple

from engine.compare import NodeDifference, Status, elided
from studio.canvas.facts.face import Marks


class Look(NamedTuple):
    """How a status is shown."""

    sign: str
    word: str
    tone: str


LOOKS: dict[Status, Look] = {
    "added": Look("+", "added", "added"),
    "removed": Look("−", "removed", "removed"),
    "changed": Look("≠", "changed", "altered"),
    "inside": Look("≠", "changed inside", "altered"),
    "moved": Look("↕", "moved", "info"),
    "renamed": Look("=", "renamed", "info"),
}
LEGEND: tuple[Status, ...] = ("added", "removed", "changed", "moved", "renamed")


def marks_of(one: NodeDifference, *, told: bool = False) -> Marks:
    """What stands on the box of a node, and, where it is to be told whole, on a card beside it."""
    if one.status == "same":
        return Marks()
    look, says = LOOKS[one.status], told and one.before is not None and one.after is not None
    return Marks(tone=look.tone, sign=look.sign, badge=look.word, message="\n".join(one.words) if says else "")


def line_of(one: NodeDifference) -> str:
    """The line below the name on the box of a node that is there in both; empty to leave what stands there."""
    return elided("; ".join(one.words), 120) if one.before is not None and one.after is not None else ""
