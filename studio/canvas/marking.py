"""Bringing what the analysis knows to the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.spec import Problem
from studio.canvas.face import Marks, marks_of
from studio.canvas.measure import MEASURES, Measure

if TYPE_CHECKING:
    from studio.analysis import Analysis
    from studio.canvas.canvas import Canvas
    from studio.canvas.showing import Level


class Marking(QObject):
    """Shows shapes, counts and problems as they become known, and dims them while they are of an older state.

    Args:
        canvas: where they are shown.
        analysis: who knows them.
    """

    def __init__(self, canvas: Canvas, analysis: Analysis) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._analysis = analysis
        self.marks: dict[str, Marks] = {}
        self.measure: Measure | None = MEASURES[0]
        """What of their cost the boxes show."""
        analysis.changed.connect(self.refresh)
        analysis.asked.connect(self._dim)
        canvas.document.changed.connect(self.refresh)
        canvas.showing.changed.connect(self._look)
        self.refresh()

    def show_measure(self, measure: Measure | None) -> None:
        """Show this of what the layers cost, or nothing."""
        self.measure = measure
        self.refresh()

    def _look(self, _before: Level, level: Level) -> None:
        self._analysis.look_into(level.root, level.path)
        self.refresh()

    def refresh(self) -> None:
        """Show what is known now."""
        canvas, network = self._canvas, self._canvas.editing.network
        problems: dict[str, list[Problem]] = {}
        for problem in self._analysis.problems_in(network):
            if problem.node:
                problems.setdefault(problem.node, []).append(problem)
        facts = {name: self._analysis.facts(network, name) for name in canvas.network.nodes}
        total = self.measure.total(facts.values()) if self.measure else 0.0
        self.marks = {
            name: marks_of(facts[name], problems.get(name, ()), self.measure, total) for name in canvas.network.nodes
        }
        canvas.network.show_marks(self.marks, lambda node: facts.get(node, {}))
        self._dim()

    def _dim(self) -> None:
        """Show by their color whether shapes and counts are still true."""
        if self._canvas.look.stale != self._analysis.stale:
            self._canvas.look.stale = self._analysis.stale
            self._canvas.viewport().update()
