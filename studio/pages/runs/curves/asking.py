"""Opens the card of a point and asks the service for its batch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from studio.curves import Record
from studio.pages.runs.curves.origin import OriginCard, Point, facts
from studio.theme import colors_of

if TYPE_CHECKING:
    from studio.context import Studio

FOREIGN = "This run was made by another tool, which kept neither batches nor checkpoints here."


class Asking(QObject):
    """The one card of a view.

    Args:
        studio: the window's parts.
        view: what the card lies over.
    """

    def __init__(self, studio: Studio, view: QWidget) -> None:
        super().__init__(view)
        self._studio, self._view = studio, view
        self.card = OriginCard(view)
        self.card.revealed.connect(self._reveal)

    def ask(self, point: Point, record: Record, *, name: str, color: int, at: QPoint) -> None:
        """Show where a point came from.

        Args:
            point: of a curve.
            record: the run's curves.
            name: what the run is called.
            color: the run's place in the cycle of series colors.
            at: where the point is seen, in pixels of the view.
        """
        run = point.run
        colors = colors_of(self._view).series
        self.card.open(point, name, colors[color % len(colors)], facts(record, point))
        self.card.place(at)
        if not (self._studio.workspace.runs / run).is_dir():
            self.card.give_up(FOREIGN)
            return
        self._studio.service.ask(
            "origin",
            {"run": run, "step": max(point.step, 1)},
            then=lambda answer: self._answer(point, answer),
            failed=lambda sentence: self._fail(point, sentence),
        )

    def _answer(self, point: Point, answer: Mapping[str, Any]) -> None:
        if self.card.point == point:
            self.card.answer(answer)

    def _fail(self, point: Point, sentence: str) -> None:
        if self.card.point == point:
            self.card.give_up(sentence)

    def _reveal(self, path: str) -> None:
        point = self.card.point
        if point is not None:
            folder = (self._studio.workspace.runs / point.run / path).parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
