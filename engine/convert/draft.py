"""A network on its way from module to graph: pieces and wires, before it is known what is shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Wire(NamedTuple):
    """From an output of one piece to an input of another."""

    source: str
    output: str
    target: str
    input: str


@dataclass(slots=True)
class Piece:
    """A node to be: a layer, or a block that holds drafts."""

    id: str
    kind: str
    parameters: dict[str, Any] = field(default_factory=dict)
    weights: dict[str, str] = field(default_factory=dict)
    """What a weight is called within our layer, and in the original model."""
    copies: tuple[Draft, ...] = ()
    """For a block, what it holds; several where equal ones follow each other."""
    path: str = ""
    """Where the module stands in the one that holds it; empty where there was no module."""

    @property
    def part(self) -> str:
        """The first name of its path: what the original calls the part that it belongs to."""
        return self.path.partition(".")[0]


@dataclass(slots=True)
class Draft:
    """A network to be."""

    title: str
    """What it is called: the name of the module's class."""
    pieces: list[Piece] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)

    def readers(self, piece: str) -> list[Wire]:
        """The wires that start at a piece."""
        return [one for one in self.wires if one.source == piece]

    def sources(self, piece: str) -> list[Wire]:
        """The wires that end at a piece."""
        return [one for one in self.wires if one.target == piece]

    def follower(self, piece: Piece) -> Piece | None:
        """The piece that alone reads this one, and reads nothing else; None where the way parts or joins."""
        out = self.readers(piece.id)
        if len(out) != 1 or len(self.sources(out[0].target)) != 1:
            return None
        return next(one for one in self.pieces if one.id == out[0].target)

    def merge(self, chain: list[Piece], into: Piece) -> None:
        """Put one piece in the place of a chain of pieces, each of which is read by the next alone."""
        first, last, gone = chain[0].id, chain[-1].id, {one.id for one in chain}
        entry, leave = (into.copies[0].entry, into.copies[-1].exit) if into.copies else ("", "output")
        place = next(place for place, one in enumerate(self.pieces) if one.id == first)
        self.pieces = [one for one in self.pieces if one.id not in gone]
        self.pieces.insert(place, into)
        kept = []
        for wire in self.wires:
            if wire.target == first:
                kept.append(wire._replace(target=into.id, input=entry or wire.input))
            elif wire.source == last:
                kept.append(wire._replace(source=into.id, output=leave))
            elif not gone & {wire.source, wire.target}:
                kept.append(wire)
        self.wires = kept

    def rename(self, old: str, new: str) -> None:
        """Call a piece otherwise; the new name must be free."""
        assert all(one.id != new for one in self.pieces), f"'{new}' is taken"
        for piece in self.pieces:
            piece.id = new if piece.id == old else piece.id
        ends = {old: new}
        self.wires = [
            one._replace(source=ends.get(one.source, one.source), target=ends.get(one.target, one.target))
            for one in self.wires
        ]

    @property
    def entry(self) -> str:
        """The id of its first Input: what the port of a block is called."""
        return next(one.id for one in self.pieces if one.kind == "Input")

    @property
    def exit(self) -> str:
        """The name of its first Output."""
        return str(next(one.parameters["name"] for one in self.pieces if one.kind == "Output"))

    def inner(self) -> Iterator[Draft]:
        """All drafts inside, those of blocks before the blocks that hold them."""
        for piece in self.pieces:
            for copy in piece.copies:
                yield from copy.inner()
                yield copy


def signature(draft: Draft) -> tuple[Any, ...]:
    """What drafts that can share a network have in common: all but the values of parameters."""
    return (draft.title, tuple(_shape(one) for one in draft.pieces), tuple(draft.wires))


def _shape(piece: Piece) -> tuple[Any, ...]:
    inside: Iterable[Draft] = piece.copies
    return piece.id, piece.kind, tuple(sorted(piece.parameters)), tuple(signature(one) for one in inside)
