"""Bringing what the analysis knows to the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from engine.spec import Link, Problem
from studio.canvas.facts.face import Marks, marks_of
from studio.canvas.facts.measure import MEASURES, Measure

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
        self._level: Level | None = None
        self._problems: dict[str, list[Problem]] = {}
        self._facts: dict[str, dict[str, Any]] = {}
        self._total = 0.0
        self._links: tuple[Link, ...] | None = None
        analysis.changed.connect(self.refresh)
        analysis.asked.connect(self._dim)
        canvas.document.changed.connect(self._edited)
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
        self._level = self._canvas.showing.level
        self._show_all(self._canvas.editing.network)
        self._dim()

    def _edited(self) -> None:
        """The analysis has not answered since: only what an edit brought onto the canvas is to be marked."""
        if self._level != self._canvas.showing.level:
            self.refresh()
            return
        nodes, network = self._canvas.network.nodes, self._canvas.editing.network
        new = nodes.keys() - self.marks.keys()
        if self.marks.keys() != nodes.keys() or self._canvas.network.graph.links is not self._links:
            self._facts |= {name: self._analysis.facts(network, name) for name in new}
            self.marks = {name: self.marks[name] if name in self.marks else self._marks(name) for name in nodes}
            self._show()
        self._dim()

    def _show_all(self, network: str) -> None:
        nodes = self._canvas.network.nodes
        self._problems = {}
        for problem in self._analysis.problems_in(network):
            if problem.node:
                self._problems.setdefault(problem.node, []).append(problem)
        known = self._analysis.facts_in(network)
        self._facts = {name: known.get(name, {}) for name in nodes}
        self._total = self.measure.total(self._facts.values()) if self.measure else 0.0
        self.marks = {name: self._marks(name) for name in nodes}
        self._show()

    def _show(self) -> None:
        self._links = self._canvas.network.graph.links
        self._canvas.network.show_marks(self.marks, lambda node: self._facts.get(node, {}))

    def _marks(self, node: str) -> Marks:
        return marks_of(self._facts[node], self._problems.get(node, ()), self.measure, self._total)

    def _dim(self) -> None:
        """Show by their color whether shapes and counts are still true."""
        if self._canvas.look.stale != self._analysis.stale:
            self._canvas.look.stale = self._analysis.stale
            self._canvas.viewport().update()
