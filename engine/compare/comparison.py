"""Two or more runs laid beside each other: a line for everything that is known, a column for each run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.compare.facts import BEST, ENVIRONMENT, LATEST, OUTCOME, PARAMETERS, Called, Fact, Facts, Place, facts_of
from engine.compare.matching import matched
from engine.compare.networks import NetworkDifference, compare_networks
from engine.compare.subject import Subject
from engine.compare.values import MISSING, UNKNOWN, Form, Missing, relation, same, written
from engine.spec import Catalogue, Project

SLICE = 50
"""Facts and lines that are made at a time."""
TOLD = (OUTCOME, ENVIRONMENT, PARAMETERS)
"""Sections of which a run tells without its project."""
LAST = (PARAMETERS, ENVIRONMENT)
"""Sections that stand below all networks."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing, for every run; `MISSING` where a run has no such thing."""

    place: Place
    values: tuple[Any, ...]
    form: Form = "setting"

    @cached_property
    def differs(self) -> bool:
        """Whether not all of whom it is known have the same."""
        known = [one for one in self.values if one is not UNKNOWN]
        return any(not same(known[0], one) for one in known[1:])

    def text(self, column: int) -> str:
        """What a run has, whole."""
        return written(self.values[column], self.form)

    def relation(self, column: int, baseline: int) -> str:
        """How far a run's number is from the baseline's; empty where that says nothing."""
        return relation(self.values[baseline], self.values[column], self.form)

    def departs(self, column: int, baseline: int) -> bool:
        """Whether a run has another value than the baseline."""
        pair = self.values[baseline], self.values[column]
        return UNKNOWN not in pair and not same(*pair)


class Comparison:
    """The lines for some runs. Nodes that have another name than in the first run stand in the line of that one.

    Args:
        subjects: what is compared, at least one.
        catalogue: tells what settings are that were not written.
    """

    def __init__(self, subjects: Sequence[Subject], catalogue: Catalogue) -> None:
        self.subjects = tuple(subjects)
        self._catalogue = catalogue
        self._lines: tuple[Line, ...] | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, section by section."""
        if self._lines is None:
            for _ in self.build():
                pass
        return self._lines or ()

    def build(self) -> Iterator[None]:
        """Lay everything beside each other in small slices, for who has something else to do in between."""
        first = next((one.project for one in self.subjects if one.project is not None), None)
        every: list[dict[Place, Fact]] = []
        places: list[Place] = []
        for one in self.subjects:
            facts: dict[Place, Fact] = {}
            for place, fact in facts_of(one, self._catalogue, _called(first, one.project)):
                facts[place] = fact
                if not len(facts) % SLICE:
                    yield
            every.append(facts)
            places = merged(places, facts)
            yield
        lines: list[Line] = []
        for number, place in enumerate(_by_section(places)):
            line = _line(place, every, [one.project is None for one in self.subjects])
            lines += [line] if line is not None else []
            if not number % SLICE:
                yield
        self._lines = tuple(_without_echoes(lines))

    @property
    def differences(self) -> tuple[Line, ...]:
        """The lines in which not all runs have the same."""
        return tuple(line for line in self.lines if line.differs)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What must be known to read the comparison, a sentence each."""
        return tuple(_remarks(self.subjects))

    def networks(self, baseline: int, other: int) -> tuple[NetworkDifference, ...]:
        """The differences of the networks of two of them; none where a project is not known."""
        before, after = self.subjects[baseline].project, self.subjects[other].project
        if before is None or after is None:
            return ()
        return compare_networks(before, after, self._catalogue.layers)


def _without_echoes(lines: Sequence[Line]) -> Iterator[Line]:
    """Where the last epoch was the best for all, a metric is told once."""
    best = {line.place.name: line.values for line in lines if line.place.name.endswith(BEST)}
    for line in lines:
        echoed = best.get(line.place.name.removesuffix(LATEST) + BEST) if line.place.name.endswith(LATEST) else None
        if echoed is None or not all(map(same, echoed, line.values)):
            yield line


def merged(places: list[Place], more: Iterable[Place]) -> list[Place]:
    """Places in their order, and those that are new each behind what it follows among the others."""
    more = list(more)
    if more == places:
        return places
    found, known, at = list(places), set(places), 0
    for place in more:
        if place in known:
            at = at + 1 if found[at : at + 1] == [place] else found.index(place) + 1
        else:
            found.insert(at, place)
            known.add(place)
            at += 1
    return found


def _by_section(places: Sequence[Place]) -> list[Place]:
    """Sections in the order in which they come first, but for those that stand below all networks."""
    sections = list(dict.fromkeys(place.section for place in places))
    order = {name: at for at, name in enumerate(sorted(sections, key=lambda one: one in LAST))}
    return sorted(places, key=lambda place: order[place.section])


def _line(place: Place, every: Sequence[Facts], strange: Sequence[bool]) -> Line | None:
    """A line; `strange` are runs of which the project is not known."""
    found = [facts.get(place) for facts in every]
    known = next(fact for fact in found if fact is not None)
    gaps = (UNKNOWN if one and place.section not in TOLD else MISSING for one in strange)
    values = tuple(gap if fact is None else fact.value for fact, gap in zip(found, gaps, strict=True))
    line = Line(place=place, values=values, form=known.form)
    if not known.quiet:
        return line
    present = [value for value in line.values if not isinstance(value, Missing)]
    return line if any(not same(present[0], one) for one in present[1:]) else None


def _called(first: Project | None, project: Project | None) -> Called:
    """What the nodes of a project are called in the first: by name, and a new one by its own where that is free."""
    if first is None or project is None or first is project:
        return {}
    called: dict[str, dict[str, str]] = {}
    for name, graph in project.networks.items():
        if name not in first.networks or first.networks[name] is graph:
            continue
        back = {new: old for old, new in matched(first.networks[name], graph).items()}
        strange = (node.id for node in graph.nodes if node.id not in back and node.id in first.networks[name])
        called[name] = {**back, **{node: f"{node} (new)" for node in strange}}
    return called


def _remarks(subjects: Sequence[Subject]) -> Iterator[str]:
    for one in subjects:
        if one.trouble:
            yield f"Of “{one.title}” only results and environment are compared: {one.trouble}"
        elif one.project is None:
            yield f"“{one.title}” was logged by another program: only its parameters and metrics are known."
    tasks = list(dict.fromkeys(one.project.task.kind for one in subjects if one.project is not None))
    if len(tasks) > 1:
        words = f"{', '.join(tasks[:-1])} and {tasks[-1]}"
        yield f"These runs learn different tasks ({words}): a metric of one says nothing about the others."
    prints = {str(one.data["fingerprint"]) for one in subjects if one.data.get("fingerprint")}
    if len(prints) > 1:
        yield "Their data is not the same, so part of a difference in metrics may come from it."
