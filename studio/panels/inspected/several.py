"""Several nodes at once: the parameters that all of them have, and what they cost together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from engine.spec import Catalogue, Graph, Node, Parameter, Project, Search, first_of
from studio.canvas.facts.measure import MEASURES
from studio.panels.inspected.searching import FIXED, NAMES
from studio.panels.inspected.section import Section, Settings
from studio.searching import at, mark_key, marked, variables
from studio.theme import SPACE
from studio.widgets import KeyValues, Label, column
from studio.widgets.fields import MIXED

if TYPE_CHECKING:
    from studio.analysis import Analysis
    from studio.document import Document


class SeveralPanel(QWidget):
    """One form for several nodes; a field is empty where they differ, and what is written there is written to all.

    Args:
        document: what is edited.
        catalogue: the declarations that the form is made from.
        analysis: what the nodes cost.
    """

    def __init__(self, document: Document, catalogue: Catalogue, analysis: Analysis) -> None:
        super().__init__()
        self._document = document
        self._catalogue = catalogue
        self._analysis = analysis
        self._network = "model"
        self._ids: tuple[str, ...] = ()
        self._title = Label("", "title")
        self._kinds = Label("", "caption", wrap=True)
        self._none = Label("These layers have no parameter in common.", "muted", wrap=True)
        self.settings = Settings()
        self._facts = KeyValues()
        self._lay_out()
        self.settings.edited.connect(self._edited)
        self.settings.marked.connect(self._marked)

    def _lay_out(self) -> None:
        top = QWidget()
        inside = column(top, margin=SPACE.l, gap=SPACE.xs)
        inside.addWidget(self._title)
        inside.addWidget(self._kinds)
        parameters, cost = Section("Common parameters"), Section("Together")
        parameters.body.addWidget(self.settings)
        parameters.body.addWidget(self._none)
        cost.body.addWidget(self._facts)
        box = column(self)
        for part in (top, parameters, cost):
            box.addWidget(part)

    def show_nodes(self, network: str, ids: tuple[str, ...]) -> None:
        """Show these nodes as they are now."""
        self._network, self._ids = network, ids
        nodes = [self._graph[one] for one in ids]
        shared = common(self._document.project.parameters_of(node, self._catalogue.layers) for node in nodes)
        self._title.setText(f"{len(nodes)} layers")
        self._kinds.setText(", ".join(f"{count} × {self._called(kind)}" for kind, count in _counted(nodes)))
        self.settings.show_settings(shared, {one.name: value_of(nodes, one) for one in shared}, {})
        fixed = any(node.kind in FIXED for node in nodes)
        without = [one.name for one in shared] if fixed else NAMES
        self.settings.show_dice(variables(self._document.project), without=without)
        self.settings.setVisible(bool(shared))
        self._none.setVisible(not shared)
        facts = [self._analysis.facts(network, one) for one in ids]
        self._facts.show_values({one.title: one.text(one.total(facts)) for one in MEASURES})

    @property
    def _graph(self) -> Graph:
        graph: Graph = self._document.project.networks[self._network]
        return graph

    def _called(self, kind: str) -> str:
        layer = self._catalogue.layers.get(kind)
        return layer.title() if layer else kind

    def _edited(self, name: str, value: Any) -> None:
        nodes = [self._graph[one].set(**{name: value}) for one in self._ids]
        project = self._document.project.with_network(self._network, self._graph.replace(*nodes))
        key = f"{self._network}.{'+'.join(self._ids)}.{name}"
        self._document.edit(f"Change {name} of {len(nodes)} layers", project, merge_key=key)

    def _marked(self, name: str, search: Search | None) -> None:
        """Let each of the nodes try a range around its own value, or none; a name makes one variable of them all."""
        nodes = [self._graph[one] for one in self._ids]
        before = value_of(nodes, Parameter(name=name, type="int"))
        shared = isinstance(before, Search) and search is not None and search.value != before.value
        try:
            project = self._with_marks(nodes, name, search, shared=shared)
        except ValueError as error:
            if self.settings.form is not None:
                self.settings.form.show_errors({name: str(error)})
            return
        words = "Search" if search else "Stop searching"
        key = mark_key(f"{self._network}.{'+'.join(self._ids)}.{name}", before, search)
        self._document.edit(f"{words} {name} of {len(nodes)} layers", project, merge_key=key)

    def _with_marks(self, nodes: list[Node], name: str, search: Search | None, *, shared: bool) -> Project:
        """The project with the mark at every node, with a value that they share or the one that each has."""
        project = self._document.project
        for node in nodes:
            own = node.parameters.get(name)
            keeps = search is not None and own is not None and not shared
            mark = search.having(value=first_of(own)) if search is not None and keeps else search
            project = marked(project, at(self._network, node.id, name), mark)
        return project


def common(forms: Iterable[tuple[Parameter, ...]]) -> tuple[Parameter, ...]:
    """The parameters that are in every form by name, kind and choices, in the first one's order and its bounds.

    Where bounds differ, what may be written is held to the first form's; what another does not take is told at its
    node.
    """
    first, *others = [{one.name: one for one in form} for form in forms]
    return tuple(one for name, one in first.items() if all(_alike(one, other.get(name)) for other in others))


def value_of(nodes: Iterable[Node], parameter: Parameter) -> Any:
    """What the nodes have for a parameter, or `MIXED` where they differ; a range may be around several values."""
    values = [node.parameters.get(parameter.name, parameter.default) for node in nodes]
    alike = [value.having(value=None) if isinstance(value, Search) else value for value in values]
    return values[0] if all(value == alike[0] for value in alike) else MIXED


def _alike(one: Parameter, other: Parameter | None) -> bool:
    return other is not None and (one.type, one.choices, one.optional) == (other.type, other.choices, other.optional)


def _counted(nodes: Iterable[Node]) -> list[tuple[str, int]]:
    return Counter(node.kind for node in nodes).most_common()
