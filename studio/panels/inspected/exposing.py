"""The switches beside parameters within a block that let them be set from outside."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from engine.spec import Graph
from studio.blocks import MAIN, expose, exposed_by, unexpose
from studio.panels.inspected.section import Settings

if TYPE_CHECKING:
    from studio.document import Document

SWITCH = "external"


class Exposing(QObject):
    """Shows which parameters of a node are set from outside, and edits that.

    Args:
        document: what is edited.
        settings: the form that has the switches.
    """

    def __init__(self, document: Document, settings: Settings) -> None:
        super().__init__(settings)
        self._document = document
        self._settings = settings
        self._network, self._node = MAIN, ""
        settings.switched.connect(self.switch)

    def show_node(self, network: str, node: str, *, variant: str = "") -> None:
        """Show the switches of this node; the network that is trained stands in nothing that could set it.

        What a search may put in its place cannot be set from outside.
        """
        self._network, self._node = network, node
        form = self._settings.form
        if form is None:
            return
        names = form.editors if network != MAIN and not variant else ()
        found = {name: exposed_by(self._graph, node, name) for name in names}
        form.show_switches(SWITCH, {name: one is not None for name, one in found.items()})
        form.show_notes({name: _said(one.name) for name, one in found.items() if one is not None})
        for name, one in found.items():
            form.switches[name].setAccessibleName(f"Let blocks set {name}")
            form.switches[name].setToolTip(_said(one.name) if one else "Let the block set this from outside")

    def switch(self, parameter: str, on: bool) -> None:  # a signal calls it
        """Expose a parameter, or keep it inside; where something is exposed already, ask whether it goes with that."""
        names = [one.name for one in self._graph.exposed]
        if not on:
            project = unexpose(self._document.project, self._network, self._node, parameter)
            self._document.edit(f"Keep {parameter} inside", project)
        elif names:
            self._ask(parameter, names)
        else:
            self.expose(parameter)

    def expose(self, parameter: str, name: str = "") -> None:
        """Let a parameter be set from outside, under a name that sets others as well or under its own."""
        project = expose(self._document.project, self._network, self._node, parameter, name=name)
        self._document.edit(f"Expose {parameter}", project)

    def _ask(self, parameter: str, names: list[str]) -> None:
        menu = QMenu(self._settings)
        menu.addAction("Expose by a name of its own", partial(self.expose, parameter))
        menu.addSeparator()
        for name in names:
            menu.addAction(f"Set together with “{name}”", partial(self.expose, parameter, name))
        menu.aboutToHide.connect(partial(self.show_node, self._network, self._node))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())

    @property
    def _graph(self) -> Graph:
        graph: Graph = self._document.project.networks.get(self._network, Graph())
        return graph


def _said(name: str) -> str:
    return f"Set by blocks as “{name}”"
