"""What is wrong with search marks where they stand, found without computing anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.spec.catalogue import Catalogue
from engine.spec.declaration import Component, Declaration, ParameterError
from engine.spec.graph import RESERVED, Graph, Node
from engine.spec.parameter import Parameter
from engine.spec.problem import Problem
from engine.spec.project import Project
from engine.spec.search import Search, first_of
from engine.spec.space import PRESENT, space_of

FEW = 3
"""Choices that are named in a sentence."""


def mark_problems(project: Project, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield what keeps values that are marked for search from being tried, each at its mark."""
    yield from _names(project)
    yield from _training(project)
    for path, component in project.components():
        titles = tuple(component.candidates)
        for title, one in component.candidates.items():
            variant = title if title != titles[0] else ""
            inspected = _Inspected(project=project, catalogue=catalogue, path=path, component=one, variant=variant)
            yield from inspected.problems()
        if isinstance(component, Node) and (component.variants or component.optional):
            yield from _in_place(project, catalogue, path, component)


def place_of(path: str) -> dict[str, Any]:
    """Where problems of a mark stand, by its path: a network, a node and a parameter, or a section and a parameter."""
    parts = path.split("[", maxsplit=1)[0].split(".") + path.partition("]")[2].split(".")[1:]
    if parts[0] in ("dataset", "task", "training"):
        return {"section": parts[0], "parameter": parts[-1] if len(parts) > 1 else None}
    named = parts[2] if len(parts) > 2 and parts[2] != PRESENT else None
    return {"network": parts[0], "node": parts[1], "parameter": named}


def tried(search: Search) -> tuple[Any, ...]:
    """The outermost values that stand at a mark: all choices, or both ends of the range."""
    if search.choices:
        return tuple(search.standing(one) for one in search.choices)
    assert search.low is not None
    last = search.low + (search.count - 1) * (search.step or 1) if search.count else search.high
    return search.standing(search.low), search.standing(last)


def _names(project: Project) -> Iterator[Problem]:
    """Marks of one name that try different values."""
    first: dict[str, Any] = {}
    for mark in space_of(project).marks:
        known = first.setdefault(mark.name, mark)
        if known.search.having(value=None) != mark.search.having(value=None):
            message = (
                f"The marks called '{mark.name}' are one variable, and this one tries {in_words(mark.search)}, but "
                f"{known.path} tries {in_words(known.search)}. Give them the same values, or another name."
            )
            yield Problem(message=message, **place_of(mark.path))


def _training(project: Project) -> Iterator[Problem]:
    for name, search in project.training.marks.items():
        for value in tried(search):
            try:
                project.set(f"training.{name}", value)
            except ValueError as error:
                yield Problem(message=str(error), section="training", parameter=name)
                break


def _in_place(project: Project, catalogue: Catalogue, path: str, node: Node) -> Iterator[Problem]:
    """Variants that do not take the links of the node, and what cannot be left out."""
    network = path.partition(".")[0]
    graph: Graph = project.networks[network]
    ports = project.ports(node, catalogue.layers)
    if node.optional and ports is not None and not (ports[0] and ports[1]):
        message = f"{node.kind} has nothing before or behind it, so a search cannot leave it out."
        yield Problem(message=message, network=network, node=node.id)
    arriving = {link.input for link in graph.incoming[node.id]}
    leaving = {link.output for link in graph.outgoing[node.id]}
    for title, one in [*node.candidates.items()][1:]:
        other = project.ports(Node(id=node.id, kind=one.kind, parameters=one.parameters), catalogue.layers)
        if other is None:
            continue  # an unknown kind is told of by itself
        missing = sorted(arriving - {port.name for port in other[0]}) + sorted(leaving - {*other[1]})
        if missing:
            message = f"{title} cannot stand here: it has no '{missing[0]}', where a link ends."
            yield Problem(message=message, network=network, node=node.id)


@dataclass(frozen=True, kw_only=True)
class _Inspected:
    """A component, or one of its variants, whose marks are looked at."""

    project: Project
    catalogue: Catalogue
    path: str
    component: Component
    variant: str

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with each mark, and with a variant that nobody knows."""
        if self.variant and self._family.get(self.component.kind) is None:
            message = f"'{self.component.kind}' is not known here; the pack that brings it may not be installed."
            yield self._at(None, message)
        for name, value in self.component.parameters.items():
            if isinstance(value, Search):
                yield from self._of_mark(name, value)

    @property
    def _family(self) -> Mapping[str, type[Declaration]]:
        families: dict[str, Mapping[str, type[Declaration]]] = {
            "dataset": self.catalogue.datasets,
            "task": self.catalogue.tasks,
            "training.optimizer": self.catalogue.optimizers,
            "training.schedule": self.catalogue.schedules,
        }
        return families.get(self.path, self.catalogue.layers)

    def _of_mark(self, name: str, search: Search) -> Iterator[Problem]:
        if self.component.kind == "Block" and name == "network":
            strange = [one for one in search.choices if one not in self.project.networks]
            if strange:
                yield self._at(name, f"The project has no network '{strange[0]}'.")
            return
        found = self._declared(self._family, self.component, name)
        if found is None:
            return  # the analysis tells of kinds and parameters that are not there
        declaration, parameter = found
        unfit = _unfit(parameter, search)
        told = () if self.variant else (search.first(),)  # what stands there is looked at by the analysis
        refusals = (_refusal(declaration, parameter.name, one) for one in tried(search) if one not in told)
        wrong = unfit or next((one for one in refusals if one), "")
        if wrong:
            yield self._at(name, wrong)
        elif parameter.type == "float" and search.whole and search.step is None and not search.relative:
            message = f"Only whole numbers are tried, {in_words(search)}. Write {search.low}.0 for those between, too."
            yield self._at(name, message).having(severity="warning")

    def _declared(
        self, family: Mapping[str, type[Declaration]], component: Component, name: str, depth: int = 0
    ) -> tuple[type[Declaration], Parameter] | None:
        """Whose parameter it is in the end: what a block exposes belongs to a layer within."""
        if component.kind == "Block" and name not in RESERVED:
            inner = self.project.networks.get(str(first_of(component.parameters.get("network", ""))), Graph())
            exposed = next((one for one in inner.exposed if one.name == name), None)
            if exposed is None or depth > len(self.project.networks):
                return None
            node, within = exposed.targets[0]
            return self._declared(self.catalogue.layers, inner[node], within, depth + 1)
        declaration = family.get(component.kind)
        parameters = () if declaration is None else declaration.parameters()
        found = next((one for one in parameters if one.name == name), None)
        return None if declaration is None or found is None else (declaration, found)

    def _at(self, name: str | None, message: str) -> Problem:
        said = f"In {self.variant}: {message}" if self.variant else message
        place = place_of(self.path)
        if "section" in place:
            return Problem(message=said, section=place["section"], parameter=name)
        return Problem(message=said, network=place["network"], node=place["node"], parameter=name)


def _unfit(parameter: Parameter, search: Search) -> str:
    """Why a kind of mark is none for a kind of parameter."""
    number = parameter.type in ("int", "float")
    if search.relative and not number:
        return f"{parameter.name} is no number, so nothing multiplies it. Mark choices."
    if not search.choices and not number:
        return f"{parameter.name} is no number, so it has no range. Mark choices."
    if parameter.type == "int" and not search.choices and not search.whole and not search.relative:
        return f"{parameter.name} takes whole numbers, and {in_words(search)} has others between. Use whole ends."
    return ""


def _refusal(declaration: type[Declaration], name: str, value: Any) -> str:
    try:
        declaration.made({name: value})
    except ParameterError as error:
        return str(error) if error.parameter in (name, None) else ""
    return ""


def in_words(search: Search) -> str:
    """What is tried: `8 to 64 in steps of 8`, `0.5 to 2 times 32`, `0.001 to 0.1 on a log scale`, `Adam, SGD or …`."""
    if search.choices:
        shown = [str(one) for one in search.choices[:FEW]] + (["…"] if len(search.choices) > FEW else [])
        return " or ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
    times = f" times {search.value}" if search.relative else ""
    steps = " on a log scale" if search.log else f" in steps of {search.step}" if search.step else ""
    return f"{search.low} to {search.high}{times}{steps}"
