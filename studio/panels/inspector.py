"""What is chosen, in full, and every setting of it: a node, or with nothing chosen the network or the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.spec import Catalogue
from studio.blocks import MAIN
from studio.panels.inspected.network import NetworkPanel
from studio.panels.inspected.node import NodePanel
from studio.panels.inspected.project import ProjectPanel
from studio.panels.inspected.several import SeveralPanel
from studio.theme import SPACE
from studio.widgets import Scroll, Surface, column

if TYPE_CHECKING:
    from studio.analysis import Analysis
    from studio.document import Document


PANELS = ("project", "node", "several", "network")


class Inspector(Surface):
    """Follows the selection of the canvas and the document.

    Args:
        document: what is edited.
        catalogue: what declarations there are.
        analysis: facts and problems.
    """

    def __init__(
        self, document: Document, catalogue: Catalogue, analysis: Analysis, *, parent: QWidget | None = None
    ) -> None:
        super().__init__("panel", parent=parent)
        self._document = document
        self._analysis = analysis
        self._network = "model"
        self._nodes: tuple[str, ...] = ()
        self.shown = "project"
        """Which of `PANELS` is in front."""
        self.node = NodePanel(document, catalogue, analysis)
        self.project = ProjectPanel(document, catalogue, analysis)
        self.several = SeveralPanel(document, catalogue, analysis)
        self.network = NetworkPanel(document)
        self._stack = QStackedWidget()
        for panel in (self.project, self.node, self.several, self.network):
            scroll = Scroll(margin=0, gap=0)
            scroll.body.addWidget(panel)
            scroll.body.addStretch(1)
            self._stack.addWidget(scroll)
        column(self, gap=SPACE.s).addWidget(self._stack)
        document.changed.connect(self._refresh)
        analysis.changed.connect(self._refresh)
        self._refresh()

    def show_nodes(self, network: str, nodes: tuple[str, ...]) -> None:
        """Show this selection."""
        self._network, self._nodes = network, nodes
        self._refresh()

    def _refresh(self) -> None:
        graph = self._document.project.networks.get(self._network, ())
        present = tuple(node for node in self._nodes if node in graph)
        if len(present) != 1:
            self._analysis.imagine("", "")
        if len(present) == 1:
            self.node.show_node(self._network, present[0])
            self._show("node")
        elif present:
            self.several.show_nodes(self._network, present)
            self._show("several")
        elif self._network != MAIN and self._network in self._document.project.networks:
            self.network.show_network(self._network)
            self._show("network")
        else:
            self.project.refresh()
            self._show("project")

    def _show(self, what: str) -> None:
        self.shown = what
        self._stack.setCurrentIndex(PANELS.index(what))
