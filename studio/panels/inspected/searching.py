"""What a search may do with one node: try ranges of its parameters, leave it out, put something else in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox

from engine.spec import Node, Project, Search, get
from studio.blocks import MAIN
from studio.panels.inspected.section import Section, Settings
from studio.panels.inspected.variants import Variants
from studio.searching import at, mark_key, marked, optional, preferred, unvaried, variables, word_of_mark
from studio.widgets import Button, Label

if TYPE_CHECKING:
    from studio.document import Document

FIXED = ("Input", "Output")
"""Kinds that are what they are: data comes in and goes out whatever is tried."""
NAMES = ("network",)
"""Parameters that say which thing is meant; for those there are variants."""


class Searching(QObject):
    """Shows the dice, the variants and the section about a search, and edits what they say.

    Args:
        document: what is edited.
        settings: the form whose parameters are marked.
    """

    another_asked = Signal()
    """Something else is to be chosen that a search may put in the node's place."""
    turned = Signal()
    """Another of the variants is to be shown."""

    def __init__(self, document: Document, settings: Settings) -> None:
        super().__init__(settings)
        self._document = document
        self._settings = settings
        self._network, self._id = MAIN, ""
        self.variants = Variants()
        self.section = Section("In a search")
        self.optional = QCheckBox("Optional: tried with it and without")
        self.another = Button("Or another layer…", kind="link", icon="dice")
        self.refusal = Label("", "error", wrap=True)
        self.refusal.hide()
        self.section.body.addWidget(self.optional)
        self.section.body.addWidget(self.another, 0, Qt.AlignmentFlag.AlignLeft)
        self.section.body.addWidget(self.refusal)
        settings.marked.connect(self.mark)
        self.optional.clicked.connect(self.set_optional)
        self.another.clicked.connect(self.another_asked)
        self.variants.chosen.connect(self.turned)
        self.variants.removed.connect(self._remove)
        self.variants.preferred.connect(self._prefer)

    @property
    def variant(self) -> str:
        """The title of the variant that is shown; empty for the node itself."""
        return self.variants.shown

    def turn_to(self, network: str, node: Node) -> Node:
        """Take up another node, and return it as what of its variants is to be shown."""
        if (network, node.id) != (self._network, self._id):
            self._network, self._id = network, node.id
            self.variants.shown = ""
            self._say("")
            if self._settings.form is not None:
                self._settings.form.dice.fold()
        candidates = node.candidates if node.variants else {node.kind: node}
        self.variants.show_titles(tuple(candidates))
        found = candidates[self.variant] if self.variant else node
        shown: Node = node.having(kind=found.kind, parameters=found.parameters)
        return shown

    def show(self, node: Node) -> None:
        """Show what a search does with it."""
        free = node.kind not in FIXED
        self.section.setVisible(free)
        self.optional.setChecked(node.optional)
        without = NAMES if free else tuple(self._settings.form.editors) if self._settings.form else ()
        self._settings.show_dice(variables(self._document.project), without=without)

    # Editing

    def mark(self, parameter: str, search: Search | None) -> None:
        """Search a parameter, or search it no longer."""
        path = at(self._network, self._id, parameter, variant=self.variant)
        before = get(self._document.project, path)
        try:
            project = marked(self._document.project, path, search)
        except ValueError as error:
            self._say(str(error))
            return
        self._say("")
        self._document.edit(word_of_mark(path, before, search), project, merge_key=mark_key(path, before, search))

    def set_optional(self, on: bool) -> None:  # Qt calls it
        """Let a search try the network with the node and without it."""
        words = f"Make {self._id} optional" if on else f"Keep {self._id}"
        self._document.edit(words, optional(self._document.project, self._network, (self._id,), on=on))

    def _remove(self, title: str) -> None:
        self._change(f"Do not try {title}", unvaried(self._document.project, self._path, title))

    def _prefer(self, title: str) -> None:
        self._change(f"Prefer {title}", preferred(self._document.project, self._path, title))

    def _change(self, words: str, project: Project) -> None:
        self.variants.shown = ""
        self._document.edit(words, project)

    def _say(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    @property
    def _path(self) -> str:
        return at(self._network, self._id)
