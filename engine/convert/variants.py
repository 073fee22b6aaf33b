"""Titles for networks of one class that differ in structure: by what one has, or lacks, beside the most usual."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engine.convert.draft import Draft, Piece
from engine.convert.naming import camel


def titles(groups: Sequence[Sequence[Draft]]) -> list[str]:
    """A title for each group of equal drafts; no two are the same.

    The groups have those inside others first, so that a difference inside is known by its name. Of one class, the
    group that is used most has the plain title, and the rest choose in the order of their use.
    """
    classes = list(dict.fromkeys(group[0].title for group in groups))
    found: dict[int, str] = {}
    for title in classes:
        variants = sorted((group for group in groups if group[0].title == title), key=len, reverse=True)
        for group in variants:
            wanted = [title] if group is variants[0] else _candidates(group[0], variants[0][0], found)
            taken = {*found.values(), *classes} - ({title} if group is variants[0] else set())
            chosen = next((one for one in wanted if one not in taken), "") or _numbered(wanted[-1], taken)
            found |= {id(draft): chosen for draft in group}
    return [found[id(group[0])] for group in groups]


def _numbered(title: str, taken: set[str]) -> str:
    number = 2
    while f"{title}{number}" in taken:
        number += 1
    return f"{title}{number}"


def _candidates(draft: Draft, usual: Draft, found: dict[int, str]) -> list[str]:
    """Titles from short to long."""
    more = list(dict.fromkeys(_words(draft, usual, found)))
    less = [f"Without{word}" for word in dict.fromkeys(_words(usual, draft, found))]
    if not more:
        return [*(f"{draft.title}{one}" for one in less), draft.title + "".join(less)]
    return [f"{draft.title}{more[0]}", *(f"{draft.title}{more[0]}{one}" for one in less), draft.title + "".join(more)]


def _words(draft: Draft, other: Draft, found: dict[int, str]) -> Iterator[str]:
    """What a draft has beyond another: its own part by name where it has one, else kinds; joins and blocks first."""
    left = [_sort(one, found) for one in other.pieces]
    parts = {one.part for one in other.pieces}
    more = []
    for piece in draft.pieces:
        if _sort(piece, found) in left:
            left.remove(_sort(piece, found))
        else:
            more.append(piece)
    for piece in sorted(more, key=lambda one: (_rank(one), one.part in parts)):
        yield camel(piece.part) if piece.part not in parts and piece.kind != "Block" else _word(piece, found)


def _rank(piece: Piece) -> int:
    """What tells most comes first: joins and blocks, then what has weights; what acts in training alone comes last."""
    known = {"Add": 0, "Block": 0, "StochasticDepth": 3, "Dropout": 3}
    return known.get(piece.kind, 1 if piece.kind.startswith(("Conv", "Linear")) else 2)


def _sort(piece: Piece, found: dict[int, str]) -> str:
    return found.get(id(piece.copies[0]), "") if piece.copies else piece.kind


def _word(piece: Piece, found: dict[int, str]) -> str:
    """A kind without its dimensions; of a block that is a variant itself, what makes it one."""
    if not piece.copies:
        return re.sub(r"\dd$", "", piece.kind)
    inner = piece.copies[0].title
    return found.get(id(piece.copies[0]), inner).removeprefix(inner) or inner
