"""The page where a network is drawn: palette, canvas, inspector, and below them what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from studio.actions import Action
from studio.canvas.board import Board
from studio.canvas.canvas import Canvas
from studio.canvas.commands import Commands
from studio.canvas.overlays.tabs import NetworkTabs
from studio.canvas.overlays.welcome import Welcome
from studio.canvas.showing import level_of
from studio.library import Library
from studio.pages.design_blocks import PaletteBlocks
from studio.pages.page import Page
from studio.pages.told import Told
from studio.panels.inspector import Inspector
from studio.panels.palette import Palette
from studio.widgets import Split, column
from studio.widgets.fields import press_focused

if TYPE_CHECKING:
    from studio.context import Studio


class Design(Page):
    """Puts the parts beside each other and lets them know of each other; each of them knows only the document."""

    title: ClassVar[str] = "Design"
    icon: ClassVar[str] = "design"

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        document, catalogue, analysis = studio.document, studio.catalogue, studio.analysis
        self.canvas = Canvas(document, catalogue, studio.theme)
        self.board = Board(self.canvas, studio.actions, memory=studio.settings)
        self.palette_panel = Palette(catalogue)
        self.inspector = Inspector(document, catalogue, analysis)
        self.told = Told(studio, self.canvas, self._tell)
        self.marking, self.problems, self.table = self.told.marking, self.told.problems, self.told.table
        self.commands = Commands(self.canvas, studio.actions, self._tell, memory=studio.settings)
        self.blocks = PaletteBlocks(
            self.canvas, self.palette_panel, Library(studio.settings.folder / "blocks"), self._tell
        )
        self.blocks.declare(studio.actions)
        self.tabs = NetworkTabs(self.canvas, studio.actions, self._tell)
        self.told.declare(studio.actions)
        self._declare()
        self.board.show_buttons()
        self.welcome = Welcome(self.board, studio.actions, studio.settings)
        self.welcome.closed.connect(self.activated)
        self._lay_out()
        self._join()
        self.canvas.open_view()

    def _lay_out(self) -> None:
        memory = self.studio.settings
        middle = Split("design/problems", memory=memory, sizes=(700, 120), vertical=True)
        drawing = QWidget()
        box = column(drawing)
        box.addWidget(self.tabs)
        box.addWidget(self.board, 1)
        middle.fill(drawing, self.told.bottom)
        parts: tuple[QWidget, ...] = (self.palette_panel, middle, self.inspector)
        column(self).addWidget(Split("design", memory=memory, sizes=(208, 900, 300)).fill(*parts, stretch=1))
        self.palette_panel.setMinimumWidth(160)
        self.inspector.setMinimumWidth(240)
        self.told.bottom.setMinimumHeight(96)

    def _join(self) -> None:
        canvas, palette = self.canvas, self.palette_panel
        canvas.selection.changed.connect(self._inspect)
        canvas.showing.changed.connect(self._inspect)
        canvas.node_opened.connect(self._open_node)
        palette.chosen.connect(canvas.adding.add)
        palette.dragged.connect(self._drag)
        palette.dropped.connect(lambda _: canvas.hands.finish())
        palette.given_up.connect(canvas.hands.give_up)
        self.inspector.network.user_chosen.connect(self._show_block)
        self.inspector.node.searching.another_asked.connect(self.commands.searching.ask_variant)
        self.commands.searching.focused = press_focused
        self.commands.searching.marked = self.inspector.node.open_range
        self.inspector.node.renamed.connect(lambda _, new: canvas.selection.set([new]))
        self.studio.document.refused.connect(self._tell)

    def activated(self) -> None:
        self.canvas.setFocus()
        network, node = self.studio.wanted.take_place()
        if node and node in self.studio.document.project.networks.get(network, ()):
            self._show_block(network, node)

    def _inspect(self) -> None:
        network, nodes = self.canvas.editing.network, self.canvas.selection.nodes
        self.inspector.show_nodes(network, nodes)
        self.table.show_network(network)
        self.table.show_chosen(nodes)

    def _show_block(self, network: str, node: str) -> None:
        self.canvas.showing.show(level_of(self.studio.document.project, network))
        self.canvas.show_node(node)

    def _open_node(self, node: str) -> None:
        """Go into a block; of another layer, put the keyboard into its first setting."""
        if not self.canvas.showing.enter(node):
            self.inspector.node.focus_first()

    def _drag(self, kind: str, where: QPoint) -> None:
        place = self.canvas.viewport().mapFromGlobal(where)
        if self.canvas.hands.tool is None:
            self.canvas.adding.begin_place(kind, place)
        assert self.canvas.hands.tool is not None
        self.canvas.hands.tool.move_to(place.toPointF())

    def _declare(self) -> None:
        action = Action(
            id="network.compare",
            text="Compare with a run",
            handler=self._compare,
            group="Network",
            section="run",
        )
        self.studio.actions.add(action)

    def _compare(self) -> None:
        """Show on the Runs page what differs between what is drawn here and the run that is selected there."""
        for name in ("page.runs", "runs.compare_networks"):
            self.studio.actions.trigger(name)

    def _tell(self, sentence: str) -> None:
        self.studio.messages.post(sentence, tone="warning", key="canvas")
