"""One node: its name, what it does, its parameters, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.spec import RESERVED, Block, Catalogue, Graph, Layer, Node, Parameter
from engine.spec.quantities import bytes_text, count_text
from studio.canvas.facts.face import icon_of
from studio.canvas.facts.words import tensor_text
from studio.panels.inspected.exposing import Exposing
from studio.panels.inspected.searching import Searching
from studio.panels.inspected.section import Section, Settings, errors_at, of_variant, own_error
from studio.panels.inspected.tile import CategoryTile
from studio.searching import at
from studio.theme import SPACE
from studio.widgets import Elided, KeyValues, Label, column, row, tag

if TYPE_CHECKING:
    from studio.analysis import Analysis
    from studio.document import Document


class NodePanel(QWidget):
    """The settings of one node, each an edit of the document.

    Args:
        document: what is edited.
        catalogue: the declarations that the form is made from.
        analysis: facts and problems.
    """

    renamed = Signal(str, str)
    """A node has another id: the old one and the new."""

    def __init__(self, document: Document, catalogue: Catalogue, analysis: Analysis) -> None:
        super().__init__()
        self._document = document
        self._catalogue = catalogue
        self._analysis = analysis
        self._network, self._id = "model", ""
        self._tile = CategoryTile()
        self._title = Elided("", "title")
        self._kind = Label("", "caption")
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the layer")
        self.name_error = Label("", "error", wrap=True)
        self._summary = Label("", "muted", wrap=True)
        self.unknown = Label("", "error", wrap=True)
        self._trouble = Label("", "error", wrap=True)
        self.settings = Settings()
        self.exposing = Exposing(document, self.settings)
        self.searching = Searching(document, self.settings)
        self.known: dict[str, str] = {}
        """What is written of the analysis."""
        self._facts = KeyValues()
        self._facts_section = Section("Analysis")
        self._facts_note = Label("", "muted", wrap=True)
        self._lay_out()
        self.name.editingFinished.connect(self._rename)
        self.settings.edited.connect(self._edited)
        self.searching.turned.connect(lambda: self.show_node(self._network, self._id))

    def _lay_out(self) -> None:
        box = column(self)
        top = QWidget()
        inside = column(top, margin=SPACE.l, gap=SPACE.s)
        line = row(gap=SPACE.m)
        words = column(gap=0)
        words.addWidget(self._title)
        words.addWidget(self._kind)
        line.addWidget(self._tile)
        line.addLayout(words, 1)
        inside.addLayout(line)
        for part in (self._summary, self.unknown, self._trouble):
            inside.addWidget(part)
        self._parameters = Section("Parameters")
        self._parameters.body.addWidget(self.searching.variants)
        self._parameters.body.addWidget(self.settings)
        self._identity = Section("Name")
        self._identity.body.addWidget(self.name)
        self._identity.body.addWidget(self.name_error)
        self._facts_section.body.addWidget(self._facts)
        self._facts_section.body.addWidget(self._facts_note)
        parts: tuple[QWidget, ...] = (
            *(top, self._parameters, self.searching.section),
            *(self._facts_section, self._identity),
        )
        for one in parts:
            box.addWidget(one)

    @property
    def _graph(self) -> Graph:
        graph: Graph = self._document.project.networks[self._network]
        return graph

    def show_node(self, network: str, node: str) -> None:
        """Show this node as it is now."""
        same = (network, node) == (self._network, self._id)
        self._network, self._id = network, node
        found = self.searching.turn_to(network, self._graph[node])
        self._analysis.imagine(at(network, node), self.searching.variant)
        layer = self._catalogue.layers.get(found.kind)
        self._show_head(found, layer)
        if not (same and self.name.hasFocus()):
            self.name.setText(node)
            self._say_name("")
        self._show_parameters(found, layer)
        self._show_facts(self._analysis.facts(network, node))

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        form = self.settings.form
        if form is not None and form.editors:
            next(iter(form.editors.values())).setFocus()

    def open_range(self, parameter: str) -> None:
        """Show the editor of a parameter's range."""
        form = self.settings.form
        if form is not None and parameter in form.editors:
            form.dice.unfold(parameter)
            form.editors[parameter].setFocus()

    def _show_head(self, node: Node, layer: type[Layer] | None) -> None:
        self._title.setText(layer.title() if layer else node.kind)
        self._kind.setText(layer.category if layer else "Unknown layer")
        self._tile.show_category(
            layer.category if layer else "", icon_of(node.kind, layer.category) if layer else "help"
        )
        self._summary.setText(layer.summary() if layer else "")
        self._summary.setVisible(layer is not None)
        self.unknown.setVisible(layer is None)
        self.unknown.setText(
            f"No installed pack brings “{node.kind}”. It is kept as it is and saved back untouched; "
            "install its pack to use it."
        )

    def _show_parameters(self, node: Node, layer: type[Layer] | None) -> None:
        problems = [one for one in self._analysis.problems_in(self._network) if one.node == self._id]
        errors = errors_at(problems, lambda problem: problem.node == node.id)
        if self.searching.variant:
            errors = of_variant(errors, node, self._graph[node.id])
        if layer is not None:
            errors |= own_error(lambda: self._catalogue.make(Layer, node))
        parameters = self._form_of(node)
        self.settings.show_settings(parameters, node.parameters, errors)
        self.exposing.show_node(self._network, node.id, variant=self.searching.variant)
        self.searching.show(node)
        self._parameters.setVisible(bool(parameters or node.parameters or node.variants))
        general = [problem.message for problem in problems if not problem.parameter]
        self._trouble.setText("\n".join(general))
        self._trouble.setVisible(bool(general) and layer is not None)

    def _form_of(self, node: Node) -> tuple[Parameter, ...]:
        """What can be set; a block chooses among the project's networks, and has what its network exposes."""
        project = self._document.project
        every = project.parameters_of(node, self._catalogue.layers)
        if node.kind != Block.kind():
            return every
        others = tuple(name for name in project.networks if name != self._network)
        return tuple(one.having(type="choice", choices=others) if one.name == RESERVED[0] else one for one in every)

    def _show_facts(self, facts: Mapping[str, Any]) -> None:
        outputs: Mapping[str, Any] = facts.get("outputs") or {}
        shown = {
            ("Output" if len(outputs) == 1 else port): tensor_text(tensor, batch=True)
            for port, tensor in outputs.items()
        }
        if outputs:
            shown["Parameters"] = f"{facts.get('parameters') or 0:,}"
            shown["FLOPs"] = f"{count_text(facts.get('flops') or 0)} per sample"
            shown["Memory"] = f"{bytes_text(facts.get('activation_bytes') or 0)} per sample"
        self.known = shown
        self._facts.show_values(shown)
        self._facts.setVisible(bool(shown))
        wrong = bool(self._analysis.problems)
        self._facts_note.setText("Not known until the problems are mended." if wrong else "Not known yet.")
        self._facts_note.setVisible(not shown)

    # Editing

    def _edited(self, name: str, value: Any) -> None:
        path = at(self._network, self._id, name, variant=self.searching.variant)
        if not self._document.edit(
            f"Change {self._id}.{name}", self._document.project.set(path, value), merge_key=path
        ):
            self.show_node(self._network, self._id)  # what was refused is not what the field may go on showing

    def _rename(self) -> None:
        new = self.name.text().strip()
        if new == self._id or self._id not in self._graph:
            self._say_name("")
            return
        try:
            graph = self._graph.rename(self._id, new)
        except ValueError as error:
            self._say_name(str(error))
            return
        self._say_name("")
        old = self._id
        self._document.edit(f"Rename {old}", self._document.project.with_network(self._network, graph))
        self.renamed.emit(old, new)

    def _say_name(self, sentence: str) -> None:
        self.name_error.setText(sentence)
        self.name_error.setVisible(bool(sentence))
        tag(self.name, wrong=bool(sentence))
