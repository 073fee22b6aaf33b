"""The canvas: it shows one network of the document and turns hands into edits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)

from engine.spec import Catalogue, Graph, Node, Project
from studio.blocks import MAIN
from studio.canvas.arranging import Arranging
from studio.canvas.editing.editing import Editing
from studio.canvas.editing.joining import AskFits, End, Fits
from studio.canvas.editing.making import Making
from studio.canvas.facts.face import Face, face_of
from studio.canvas.hands.adding import Adding
from studio.canvas.hands.hands import Hands
from studio.canvas.overlays.hint import Hint
from studio.canvas.paper import READABLE, Paper
from studio.canvas.scenes import Scenes
from studio.canvas.search.finding import entries
from studio.canvas.search.popup import AddPopup
from studio.canvas.selection import Selection
from studio.canvas.showing import Level, Showing, level_of

if TYPE_CHECKING:
    from studio.document import Document
    from studio.theme import Theme

KEPT = "canvas"
"""Under which name a project keeps how it was looked at."""


@dataclass(frozen=True, slots=True)
class View:
    """What was in sight of a network: its middle, in canvas units, and pixels per unit."""

    center: QPointF
    zoom: float


@dataclass(frozen=True, slots=True)
class Sight:
    """How a project was looked at: the level, what was in sight of it and of others, and what was chosen."""

    level: Level
    view: View
    views: dict[Level, View]
    nodes: tuple[str, ...]


def _nobody_knows(end: End, then: Callable[[Fits], object]) -> None:
    """Where nobody can be asked, nothing is known to misfit."""


class Canvas(Paper):
    """A network as boxes and wires.

    Args:
        document: what is shown and edited.
        catalogue: the kinds of layer there are.
        theme: its colors.
        network: which of the project's networks it starts with.
    """

    mend_asked = Signal(str)
    """The button on the card of this node was pressed."""
    node_opened = Signal(str)
    """A node was double-clicked."""
    frame_opened = Signal(str)
    """A frame's title was double-clicked."""
    menu_asked = Signal(QPoint)
    """A context menu is wanted at this place of the screen; what it is about is selected."""

    def __init__(self, document: Document, catalogue: Catalogue, theme: Theme, *, network: str = MAIN) -> None:
        super().__init__(theme)
        self.document = document
        self.selection = Selection(self.network, self)
        self.showing = Showing(document, network, self)
        self.editing = Editing(document, catalogue, self.showing)
        self.making = Making(self.editing)
        self.snapping = True
        """Whether what is dragged is drawn to what stands beside it."""
        self._views: dict[Level, View] = {}
        self._scenes = Scenes(self.network, network, owner=self)
        self.hint = Hint(self.viewport())
        self.popup = AddPopup(entries(catalogue.layers), self)
        self.adding = Adding(self)
        self.hands = Hands(self)
        self.arranging = Arranging(self)
        self.fits: AskFits = _nobody_knows
        """Asks what would take what flows at an end; whoever knows of shapes answers it later."""
        document.changed.connect(self._document_changed)
        document.opened.connect(self._document_opened)
        document.stepped.connect(self._follow)
        document.leaving.connect(self._keep_sight)
        self.showing.changed.connect(self._level_changed)
        self._show()

    # The document

    @property
    def graph(self) -> Graph:
        return self.editing.graph

    def _document_changed(self, before: Project, after: Project) -> None:
        self.hands.give_up()
        self.showing.keep_up(before, after)
        self._show()
        if before.networks is not after.networks:
            self._scenes.keep(after.networks)
            self.network.describe_again(self._describe)

    def _document_opened(self) -> None:
        self.selection.set()
        self.popup.hide()
        self._views.clear()
        kept = self.document.sheet.kept.get(KEPT)
        if isinstance(kept, Sight):
            self._look_again(kept)
        else:
            self.showing.reset()
            self.open_view()

    def _keep_sight(self) -> None:
        """Another project comes to the front: this one will be seen again as it is now."""
        view = View(self.camera.sight().center(), self.camera.zoom)
        sight = Sight(self.showing.level, view, dict(self._views), tuple(self.selection.nodes))
        self.document.sheet.kept[KEPT] = sight

    def _look_again(self, sight: Sight) -> None:
        self.showing.show(sight.level)
        self._views = dict(sight.views)
        self.camera.zoom_to(sight.view.zoom)
        self.camera.center(sight.view.center)
        self.selection.set(sight.nodes)

    def _follow(self, before: Project, after: Project) -> None:
        """Go to the network in which a step was undone or made again, if that is another one, and the place there."""
        changed = [name for name, graph in after.networks.items() if before.networks.get(name) is not graph]
        if not changed or self.editing.network in changed:
            return
        self.showing.show(level_of(after, changed[0]))
        old: Graph = before.networks.get(changed[0], Graph())
        moved = [node.id for node in self.graph.nodes if node.id not in old or old[node.id] != node]
        if moved:
            self.camera.reveal(self.network.bounds(moved))

    def open_view(self) -> None:
        """Show the whole of what was opened; a project made by code has no places yet and is laid out first."""
        self._lay_out()
        self.camera.fit(self.network.bounds(), least=READABLE)

    def _lay_out(self) -> None:
        """Give every box a place; that is no edit, unless there are others that must not be forgotten."""
        project = self.editing.unpiled(self.document.project)
        if project == self.document.project:
            return
        if self.document.dirty:
            self.document.edit("Arrange", project)
        else:
            self.document.replace(project, path=self.document.path)

    def _level_changed(self, before: Level, after: Level) -> None:
        """Another network is shown: as it was seen last, or whole when it is seen for the first time."""
        self.hands.let_be()
        self.arranging.rest()
        self.popup.hide()
        self.selection.set()
        self._views[before] = View(self.camera.sight().center(), self.camera.zoom)
        self._show()
        view = self._views.get(after)
        if view is None:
            self.camera.fit(self.network.bounds(), least=READABLE)
        else:
            self.camera.zoom_to(view.zoom)
            self.camera.center(view.center)
        if before.outside == after and before.path:
            self.selection.set([before.path[-1]])  # one comes out of the block that one went into

    def _show(self) -> None:
        scene = self._scenes.of(self.editing.network)
        if scene is not self.network:
            self.network.light(None)
            self.turn_to(scene)
            self.selection.turn_to(scene)
            scene.show_graph(self.graph, self._describe)
            scene.describe_again(self._describe)  # what its blocks stand for may have changed meanwhile
        self.network.show_graph(self.graph, self._describe)
        self.selection.keep_up()

    def _describe(self, node: Node) -> Face:
        return face_of(node, self.document.project, self.network.graph, self.editing.catalogue.layers)

    def _restyle(self) -> None:
        self._scenes.keep(())
        super()._restyle()

    # What is in sight

    def fit(self) -> None:
        """Show the whole network, or what is chosen of it."""
        chosen = self.selection.nodes if len(self.selection.nodes) > 1 else None
        self.camera.fit(self.network.bounds(chosen))

    def fit_chosen(self) -> None:
        """Show all that is chosen, as large as it can be read."""
        self.camera.fit(self.network.bounds(self.selection.nodes))

    def show_node(self, node: str) -> None:
        """Choose a node and bring it into the middle."""
        self.selection.set([node])
        self.camera.center(self.network.bounds([node]).center())

    # Mouse, wheel and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.popup.hide()
        if self.arranging.gliding:
            self.arranging.rest()
        self.hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.hands.double(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.hands.menu(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.hands.key(event):
            event.ignore()  # the page's shortcuts have it; the view must not scroll by itself

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.hands.key_up(event):
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hands.let_go()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.popup.hide()
