"""The page where a network is drawn: palette, canvas, inspector, and below them what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from engine.spec import Mend, Problem
from studio.actions import Action
from studio.canvas.board import Board
from studio.canvas.canvas import Canvas
from studio.canvas.commands import Commands
from studio.canvas.joining import End, Fits
from studio.canvas.marking import Marking
from studio.canvas.measure import Measure
from studio.canvas.measuring import Measuring
from studio.canvas.mending import mend_network
from studio.canvas.showing import level_of
from studio.canvas.tabs import NetworkTabs
from studio.canvas.welcome import Welcome
from studio.library import Library
from studio.pages.bottom import TALL, Bottom
from studio.pages.design_blocks import PaletteBlocks
from studio.pages.page import Page
from studio.panels.inspector import Inspector
from studio.panels.layers import LayerTable
from studio.panels.palette import Palette
from studio.panels.problems import Problems
from studio.widgets import Split, column

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
        self.problems = Problems(analysis, self._mend)
        self.marking = Marking(self.canvas, analysis)
        self.table = LayerTable(document, catalogue, analysis)
        self.bottom = Bottom({"Problems": self.problems, "Layers": self.table})
        self.measuring = Measuring(self._show_measure, studio.actions, studio.settings)
        self.commands = Commands(self.canvas, studio.actions, self._tell, memory=studio.settings)
        self.blocks = PaletteBlocks(
            self.canvas, self.palette_panel, Library(studio.settings.folder / "blocks"), self._tell
        )
        self.blocks.declare(studio.actions)
        self.tabs = NetworkTabs(self.canvas, studio.actions, self._tell)
        self._declare()
        self.board.show_buttons()
        self.welcome = Welcome(self.board, studio.actions, studio.settings)
        self.welcome.closed.connect(self.activated)
        self._lay_out()
        self._join()
        self.canvas.open_view()

    def _declare(self) -> None:
        act = partial(Action, group="View", section="problems")
        for action in (
            act(
                id="view.problems",
                text="Next problem",
                handler=self._next_problem,
                shortcut="F8",
                icon="error",
                enabled=lambda: bool(self.studio.analysis.problems),
            ),
            act(
                id="view.table",
                text="Table of layers",
                handler=self._toggle_table,
                shortcut="Ctrl+T",
                icon="table",
                checked=lambda: self.bottom.shows(self.table),
            ),
            act(id="view.table_copy", text="Copy the table of layers as CSV", handler=self.table.copy_csv, icon="copy"),
        ):
            self.studio.actions.add(action)

    def _lay_out(self) -> None:
        memory = self.studio.settings
        middle = self._middle = Split("design/problems", memory=memory, sizes=(700, 120), vertical=True)
        drawing = QWidget()
        box = column(drawing)
        box.addWidget(self.tabs)
        box.addWidget(self.board, 1)
        middle.fill(drawing, self.bottom)
        parts: tuple[QWidget, ...] = (self.palette_panel, middle, self.inspector)
        column(self).addWidget(Split("design", memory=memory, sizes=(208, 900, 300)).fill(*parts, stretch=1))
        self.palette_panel.setMinimumWidth(160)
        self.inspector.setMinimumWidth(240)
        self.bottom.setMinimumHeight(96)

    def _join(self) -> None:
        canvas, palette = self.canvas, self.palette_panel
        canvas.selection.changed.connect(self._inspect)
        canvas.showing.changed.connect(self._inspect)
        canvas.fits = self._fits
        canvas.mend_asked.connect(self._mend_node)
        canvas.node_opened.connect(self._open_node)
        palette.chosen.connect(canvas.adding.add)
        palette.dragged.connect(self._drag)
        palette.dropped.connect(lambda _: canvas.hands.finish())
        palette.given_up.connect(canvas.hands.give_up)
        self.inspector.network.user_chosen.connect(self._show_block)
        self.inspector.node.renamed.connect(lambda _, new: canvas.selection.set([new]))
        self.problems.shown.connect(self._show_problem)
        self.studio.document.refused.connect(self._tell)
        self.problems.listed.connect(self._show_problems)
        self.table.chosen.connect(self._choose)
        self.bottom.raised.connect(lambda _: self.table.show_chosen(self.canvas.selection.nodes))
        self._show_problems(self.problems.counted(), 0)

    def activated(self) -> None:
        self.canvas.setFocus()

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

    def _fits(self, end: End, then: Callable[[Fits], object]) -> None:
        place = {"network": self.canvas.editing.network, "node": end.node, "port": end.port, "output": end.output}
        self.studio.analysis.fits(place, lambda answer: then(_fits(answer)))

    def _mend_node(self, node: str) -> None:
        mend = self.marking.marks[node].mend
        if mend is not None:
            self._mend(mend)

    def _mend(self, mend: Mend) -> None:
        try:
            mend_network(self.canvas.editing, mend)
        except ValueError as error:
            self._tell(str(error))

    def _show_problem(self, problem: Problem) -> None:
        showing = self.canvas.showing
        if problem.network and problem.network != showing.network:
            showing.show(level_of(self.studio.document.project, problem.network))
        if problem.node and problem.node in self.canvas.graph:
            self.canvas.show_node(problem.node)
        else:
            self.canvas.selection.set()

    def _next_problem(self) -> None:
        """Show the problem after the one that is shown, as listed."""
        rows = self.problems.rows
        here = next((place for place, row in enumerate(rows) if row.hasFocus()), -1)
        found = rows[(here + 1) % len(rows)]
        self.bottom.show_tab(self.problems, shown=True, front=True)
        found.setFocus()
        self._show_problem(found.problem)

    def _show_problems(self, counted: str, height: int) -> None:
        """Have a tab for the problems while there are some."""
        self.bottom.entitle(self.problems, counted)
        self.bottom.limit(self.problems, height)
        self.bottom.show_tab(self.problems, shown=bool(self.studio.analysis.problems))

    def _toggle_table(self) -> None:
        """Open the table of layers, or close it."""
        shown = not self.bottom.shows(self.table)
        self.bottom.show_tab(self.table, shown=shown, front=shown)
        if shown and self.bottom.height() < TALL:
            self._middle.setSizes([max(self._middle.height() - TALL, TALL), TALL])
        self.studio.actions.refresh()

    def _choose(self, nodes: tuple[str, ...]) -> None:
        """Choose on the canvas what was chosen in the table, and bring it into sight."""
        self.canvas.selection.set(nodes)
        if nodes:
            self.canvas.camera.reveal(self.canvas.network.bounds(nodes))

    def _show_measure(self, measure: Measure | None) -> None:
        self.marking.show_measure(measure)
        self.table.show_measure(measure)

    def _tell(self, sentence: str) -> None:
        self.studio.messages.post(sentence, tone="warning", key="canvas")


def _fits(answer: Mapping[str, Any]) -> Fits:
    """The service's answer in the canvas's words."""
    return Fits(answer["ports"], frozenset(answer["kinds"]) if "kinds" in answer else None)
