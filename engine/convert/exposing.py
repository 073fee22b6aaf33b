"""Names for what a network lets its blocks set: one for all parameters that always go together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from engine.convert.draft import Draft, Piece
from engine.spec import Exposed

WIDTHS = ("out_channels", "out_features", "groups")
"""Parameters that count channels, and may go together under one name."""


class Varying(NamedTuple):
    """A parameter with its values in all drafts of a family."""

    piece: Piece
    name: str
    values: tuple[Any, ...]


def named(draft: Draft, varying: Sequence[Varying]) -> tuple[Exposed, ...]:
    """What a network exposes, the widths first."""
    groups: dict[Any, list[Varying]] = {}
    for one in varying:
        sort = (
            "width" if one.name in WIDTHS or one.name.endswith(("out_channels", "_channels", "_features")) else one.name
        )
        groups.setdefault((sort, repr(one.values)), []).append(one)
    found: list[Exposed] = []
    for group in groups.values():
        name = _name(draft, group, list(groups.values()), {one.name for one in found})
        found.append(Exposed(name=name, targets=tuple((one.piece.id, one.name) for one in group)))
    return tuple(found)


def _name(draft: Draft, group: list[Varying], groups: list[list[Varying]], taken: set[str]) -> str:
    """The parameter's own name where one group has it, else with what tells it apart.

    Of two widths, the one that comes last leaves the network and the other is hidden in it.
    """
    name = _leading(group)
    rivals = [one for one in groups if one is not group and _leading(one) == name]
    hidden = name.replace("out_", "hidden_")
    if not rivals and name not in taken and len(name) > 1:  # a letter says nothing without its layer
        return name
    if len(rivals) == 1 and hidden != name:
        wanted = name if _place(draft, group) > _place(draft, rivals[0]) else hidden
        if wanted not in taken:
            return wanted
    return f"{group[0].piece.id}_{name.removeprefix('out_')}"


def _leading(group: list[Varying]) -> str:
    return next((one.name for one in group if one.name.startswith("out_")), group[0].name)


def _place(draft: Draft, group: list[Varying]) -> int:
    """How far behind in the network the last layer stands that the group sets."""
    return max(draft.pieces.index(one.piece) for one in group)
