"""Drawing what repeats once: runs of layers become blocks, and equal blocks that follow each other become one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from engine.convert.draft import Draft, Piece, Wire
from engine.convert.naming import Namer

LONG = 24
"""Nodes beyond which a network is no longer taken in at a glance."""
OFTEN = 6
"""How often layers have to follow each other in the same order to be worth a block."""
ELEMENTWISE = ("BatchNorm2d", "ReLU", "ReLU6", "SiLU", "GELU", "Hardswish", "LeakyReLU", "Dropout2d")
SHORT = {"Conv2d": "Conv", "BatchNorm2d": "Norm"}


def fold_runs(draft: Draft) -> None:
    """In a long network, make a block of each convolution with its normalization and activation."""
    if len(draft.pieces) <= LONG:
        return
    units = [unit for one in draft.pieces if one.kind == "Conv2d" and len(unit := _unit(draft, one)) > 1]
    counts = Counter(_kinds(unit) for unit in units)
    namer = Namer()
    for unit in units:
        kinds = _kinds(unit)
        if counts[kinds] >= OFTEN:
            title = "".join(SHORT.get(kind, kind) for kind in kinds)
            draft.merge(unit, Piece(namer.numbered(title.lower()), "Block", copies=(_within(draft, unit, title),)))


def fold_repeats(draft: Draft) -> None:
    """Make one block of equal ones that follow each other, each alone reading the one before.

    What a block sets of its network has to be in its parameters by now.
    """
    for piece in tuple(draft.pieces):
        if piece not in draft.pieces or piece.kind != "Block":
            continue
        chain = [piece]
        while (after := draft.follower(chain[-1])) is not None and _equal(after, piece):
            chain.append(after)
        if len(chain) > 1:
            copies = tuple(copy for one in chain for copy in one.copies)
            draft.merge(
                chain,
                Piece(piece.id, "Block", {**piece.parameters, "repeat": len(copies)}, copies=copies, path=piece.path),
            )


def _equal(one: Piece, other: Piece) -> bool:
    return one.kind == "Block" and one.parameters == other.parameters


def _unit(draft: Draft, first: Piece) -> list[Piece]:
    unit = [first]
    while (after := draft.follower(unit[-1])) is not None and after.kind in ELEMENTWISE:
        unit.append(after)
    return unit


def _kinds(unit: list[Piece]) -> tuple[str, ...]:
    return tuple(one.kind for one in unit)


def fold_stages(draft: Draft) -> list[Draft]:
    """In a long network, make a block of each stage whose blocks are not all the same; give the networks they use.

    A stage is what the original held in one list.
    """
    stages = [stage for stage in _stages(draft) if len(stage) > 1]
    if len(draft.pieces) <= LONG or max(map(len, stages), default=0) < 3:
        return []
    namer, found = Namer(), []
    for number, stage in enumerate(stages, 1):
        inner = _enclosed(draft, stage, f"Stage{number}")
        block = Piece(namer.block(_list_of(stage[0])), "Block", {"network": inner.title}, copies=(inner,))
        draft.merge(stage, block)
        found.append(inner)
    return found


def _stages(draft: Draft) -> list[list[Piece]]:
    """Chains of blocks that stood in one list, in the order of the network."""
    found: list[list[Piece]] = []
    for piece in draft.pieces:
        if piece.kind != "Block":
            continue
        last = found[-1][-1] if found else None
        if last is not None and draft.follower(last) is piece and _list_of(last) == _list_of(piece):
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def _list_of(piece: Piece) -> str:
    return piece.path.rpartition(".")[0]


def _within(draft: Draft, unit: list[Piece], title: str) -> Draft:
    """A chain of layers as a network of its own, whose names do not tell where it was."""
    inner = _enclosed(draft, unit, title)
    namer = Namer()
    names = {one.id: namer.numbered(one.kind.lower()) for one in unit}
    inner.pieces = [replace(one, id=names.get(one.id, one.id), path="") for one in inner.pieces]
    inner.wires = [
        one._replace(source=names.get(one.source, one.source), target=names.get(one.target, one.target))
        for one in inner.wires
    ]
    return inner


def _enclosed(draft: Draft, chain: list[Piece], title: str) -> Draft:
    """A chain of pieces between an Input and an Output."""
    inside = {one.id for one in chain}
    first = draft.sources(chain[0].id)[0]
    last = draft.readers(chain[-1].id)[0]
    wires = [one for one in draft.wires if {one.source, one.target} <= inside]
    ends = Wire("x", "output", first.target, first.input), Wire(last.source, last.output, "output", "x")
    pieces = [Piece("x", "Input", {"column": "x"}), *chain, Piece("output", "Output", {"name": "output"})]
    return Draft(title, pieces, [ends[0], *wires, ends[1]])
