"""Blocks of equal structure share one network, and set from outside what differs between them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.convert.draft import Draft, Piece, signature
from engine.convert.exposing import Varying, named
from engine.convert.variants import titles
from engine.spec import Exposed


@dataclass(slots=True)
class Family:
    """Drafts that share one network."""

    title: str
    drafts: list[Draft] = field(default_factory=list)
    exposed: tuple[Exposed, ...] = ()

    def settings(self, draft: Draft) -> dict[str, Any]:
        """What a block sets to become one of the drafts."""
        pieces = {one.id: one for one in draft.pieces}
        return {one.name: pieces[one.targets[0][0]].parameters[one.targets[0][1]] for one in self.exposed}


def share(root: Draft) -> dict[str, Family]:
    """The families of all drafts inside a network by title, those inside others first.

    Every block is told its network and what it sets of it.
    """
    groups: dict[Hashable, list[Draft]] = {}
    for draft in root.inner():
        groups.setdefault(signature(draft), []).append(draft)
    found: dict[str, Family] = {}
    holders = _holders(root)
    for title, drafts in zip(titles(list(groups.values())), groups.values(), strict=True):
        family = found[title] = Family(title, drafts)
        family.exposed = named(family.drafts[0], _varying(family.drafts))
        for draft in drafts:
            for piece in holders[id(draft)]:
                piece.parameters = {"network": title, **family.settings(draft)}
    return found


def _holders(root: Draft) -> dict[int, list[Piece]]:
    found: dict[int, list[Piece]] = {}
    for draft in (*root.inner(), root):
        for piece in draft.pieces:
            for copy in piece.copies:
                found.setdefault(id(copy), []).append(piece)
    return found


def _varying(drafts: Sequence[Draft]) -> list[Varying]:
    """The parameters that are not the same in all drafts."""
    found = []
    for place, piece in enumerate(drafts[0].pieces):
        for name in piece.parameters:
            values = tuple(one.pieces[place].parameters[name] for one in drafts)
            if any(value != values[0] for value in values):
                found.append(Varying(piece, name, values))
    return found
