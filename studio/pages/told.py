"""What the analysis tells on the Design page: on the canvas, in the list of problems, in the table of layers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSplitter

from engine.spec import Mend, Problem
from studio.actions import Action, Actions
from studio.canvas.editing.joining import End, Fits
from studio.canvas.editing.mending import mend_network
from studio.canvas.facts.marking import Marking
from studio.canvas.facts.measure import Measure
from studio.canvas.facts.measuring import Measuring
from studio.canvas.showing import level_of
from studio.pages.bottom import TALL, Bottom
from studio.panels.layers import LayerTable
from studio.panels.problems import Problems

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas
    from studio.context import Studio


class Told(QObject):
    """Lets canvas, problems and table say the same, and does what is asked for at any of them.

    Args:
        studio: the window's parts.
        canvas: where the network is drawn.
        tell: shows a sentence when a mend does not fit any more.
    """

    def __init__(self, studio: Studio, canvas: Canvas, tell: Callable[[str], object]) -> None:
        super().__init__(canvas)
        document, catalogue, analysis = studio.document, studio.catalogue, studio.analysis
        self._studio = studio
        self._canvas = canvas
        self._tell = tell
        self.marking = Marking(canvas, analysis)
        self.problems = Problems(analysis, self._mend)
        self.table = LayerTable(document, catalogue, analysis)
        self.bottom = Bottom({"Problems": self.problems, "Layers": self.table})
        self.measuring = Measuring(self._show_measure, studio.actions, studio.settings)
        canvas.fits = self._fits
        canvas.mend_asked.connect(self._mend_node)
        self.problems.shown.connect(self._show_problem)
        self.problems.listed.connect(self._show_problems)
        self.table.chosen.connect(self._choose)
        self.bottom.raised.connect(lambda _: self.table.show_chosen(canvas.selection.nodes))
        self._show_problems(self.problems.counted(), 0)

    def declare(self, actions: Actions) -> None:
        """Declare what can be done with it."""
        act = partial(Action, group="View", section="problems")
        for action in (
            act(
                id="view.problems",
                text="Next problem",
                handler=self._next_problem,
                shortcut="F8",
                icon="error",
                enabled=lambda: bool(self._studio.analysis.problems),
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
            actions.add(action)

    def _fits(self, end: End, then: Callable[[Fits], object]) -> None:
        place = {"network": self._canvas.editing.network, "node": end.node, "port": end.port, "output": end.output}
        self._studio.analysis.fits(place, lambda answer: then(_fits(answer)))

    def _mend_node(self, node: str) -> None:
        mend = self.marking.marks[node].mend
        if mend is not None:
            self._mend(mend)

    def _mend(self, mend: Mend) -> None:
        try:
            mend_network(self._canvas.editing, mend)
        except ValueError as error:
            self._tell(str(error))

    def _show_problem(self, problem: Problem) -> None:
        showing = self._canvas.showing
        if problem.network and problem.network != showing.network:
            showing.show(level_of(self._studio.document.project, problem.network))
        if problem.node and problem.node in self._canvas.graph:
            self._canvas.show_node(problem.node)
        else:
            self._canvas.selection.set()

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
        self.bottom.show_tab(self.problems, shown=bool(self._studio.analysis.problems))

    def _toggle_table(self) -> None:
        """Open the table of layers, or close it."""
        shown = not self.bottom.shows(self.table)
        self.bottom.show_tab(self.table, shown=shown, front=shown)
        split = self.bottom.parentWidget()
        if shown and self.bottom.height() < TALL and isinstance(split, QSplitter):
            split.setSizes([max(split.height() - TALL, TALL), TALL])
        self._studio.actions.refresh()

    def _choose(self, nodes: tuple[str, ...]) -> None:
        """Choose on the canvas what was chosen in the table, and bring it into sight."""
        self._canvas.selection.set(nodes)
        if nodes:
            self._canvas.camera.reveal(self._canvas.network.bounds(nodes))

    def _show_measure(self, measure: Measure | None) -> None:
        self.marking.show_measure(measure)
        self.table.show_measure(measure)


def _fits(answer: Mapping[str, Any]) -> Fits:
    """The service's answer in the canvas's words."""
    return Fits(answer["ports"], frozenset(answer["kinds"]) if "kinds" in answer else None)
