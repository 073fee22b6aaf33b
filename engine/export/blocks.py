"""Blocks as classes: copies that differ only in numbers are one class that is handed those numbers."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace

from engine.export.body import Body, Call, Given, Member
from engine.export.naming import forward
from engine.spec import Graph


@dataclass(slots=True)
class Varying:
    """An argument of a block's class."""

    name: str
    type: str
    texts: tuple[str, ...]
    """What each body has in its place."""


@dataclass(slots=True)
class BlockClass:
    """A class to be written, and the call that makes each of the bodies it stands for."""

    name: str
    members: list[Member]
    forward: list[str]
    bodies: list[Body]
    varying: list[Varying] = field(default_factory=list)

    def call(self, place: int) -> Call:
        """What makes the copy that a body describes."""
        given = (Given(one.name, one.texts[place], keyword=False, type=one.type) for one in self.varying)
        return Call(self.name, tuple(given))


def classes_of(graph: Graph, bodies: list[Body], name: Callable[[], str]) -> list[BlockClass]:
    """The classes that one network's bodies need: as many as differ in more than numbers."""
    groups: dict[Hashable, list[Body]] = {}
    for body in bodies:
        groups.setdefault(_structure(body), []).append(body)
    return [_unified(graph, group, name()) for group in groups.values()]


def class_name(network: str, taken: Iterable[str]) -> str:
    """A network's name as that of a class, such as `ResidualBlock` for "residual block", with a number if taken."""
    words = re.findall(r"[A-Za-z0-9]+", network)
    stem = "".join(word[:1].upper() + word[1:] for word in words) or "Block"
    stem = f"Block{stem}" if stem[0].isdigit() or keyword.iskeyword(stem) else stem
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}{number}"
    return found


def _structure(body: Body) -> Hashable:
    """What two bodies must have in common to be of one class."""
    members = tuple(
        (one.name, tuple((call.callee, tuple(arg.name for arg in call.arguments)) for call in one.calls))
        for one in body.members
    )
    return members, tuple(forward(body, remarks=False))


def _unified(graph: Graph, bodies: list[Body], name: str) -> BlockClass:
    first = bodies[0]
    made = BlockClass(name, list(first.members), forward(first, remarks=False), bodies)
    columns = {place: tuple(given.text for given in row) for place, row in _columns(bodies).items()}
    differing = {place: texts for place, texts in columns.items() if len(set(texts)) > 1}
    for texts in dict.fromkeys(differing.values()):
        places = [place for place, other in differing.items() if other == texts]
        example = [_at(first, place) for place in places]
        found = Varying(
            _parameter(graph, first, places, made), _type([row for p in places for row in _columns(bodies)[p]]), texts
        )
        made.varying.append(found)
        for (member, call, place), given in zip(places, example, strict=True):
            made.members[member] = _put(made.members[member], call, place, replace(given, text=found.name))
    return made


def _columns(bodies: list[Body]) -> dict[tuple[int, int, int], list[Given]]:
    """By place (member, call, argument): what each body has there."""
    places = (
        (m, c, a)
        for m, member in enumerate(bodies[0].members)
        for c, call in enumerate(member.calls)
        for a in range(len(call.arguments))
    )
    return {place: [_at(body, place) for body in bodies] for place in places}


def _at(body: Body, place: tuple[int, int, int]) -> Given:
    member, call, argument = place
    return body.members[member].calls[call].arguments[argument]


def _put(member: Member, call: int, place: int, given: Given) -> Member:
    arguments = list(member.calls[call].arguments)
    arguments[place] = given
    calls = list(member.calls)
    calls[call] = replace(calls[call], arguments=tuple(arguments))
    return replace(member, calls=tuple(calls))


def _parameter(graph: Graph, body: Body, places: list[tuple[int, int, int]], made: BlockClass) -> str:
    """What the class calls a number: as the block exposes it, or as the layer does."""
    targets = {(body.members[m].node, _at(body, (m, c, a)).name) for m, c, a in places}
    taken = {one.name for one in made.varying}
    exposed = [one.name for one in graph.exposed if targets & set(one.targets)]
    member, call, argument = places[0]
    own = _at(body, (member, call, argument)).name
    for wanted in (*exposed, own, f"{body.members[member].node}_{own}"):
        if wanted not in taken:
            return wanted
    return f"{body.members[member].node}_{own}_{len(taken)}"


def _type(given: list[Given]) -> str:
    kinds = {one.type for one in given}
    return "float" if kinds == {"int", "float"} else kinds.pop() if len(kinds) == 1 else ""
