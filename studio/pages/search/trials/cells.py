"""How the cells of the table of trials are painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio import icons
from studio.pages.search.trials.columns import FIRST, STATE
from studio.pages.search.trials.model import AnyIndex, TrialsModel
from studio.theme import SPACE, colors_of
from studio.widgets import run_tone
from studio.widgets.ink import Ink, Side, ink
from studio.widgets.painted import ROW

ICON = 14
FADED = frozenset({"running", "pruned", "infeasible", "failed", "stopped"})
"""States of trials whose values are no results."""


class TrialCells(QStyledItemDelegate):
    """Paints every cell.

    Args:
        view: whose cells they are.
        model: what they say.
    """

    def __init__(self, view: QWidget, model: TrialsModel) -> None:
        super().__init__(view)
        self.hovered = -1
        self._model, self._view = model, view
        self._ink = Ink()
        self._colors = colors_of(view)
        self._starred: frozenset[int] = frozenset()

    def begin(self) -> None:
        """A screen is about to be painted."""
        self._colors = colors_of(self._view)
        self._starred = frozenset(self._model.found.front)

    def ground(self, row: int, *, selected: bool) -> QColor | None:
        """What a row lies on, None for what the table lies on."""
        if selected:
            return ink(self._colors.selected)
        return ink(self._colors.hover) if row == self.hovered else None

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(self._model.columns[index.column()].width, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        style: Any = option  # PySide's stubs leave the fields out
        trial, column = self._model.rows[index.row()], self._model.columns[index.column()]
        text, room = column.text(trial), QRectF(style.rect).adjusted(SPACE.s, 0, -SPACE.s, 0)
        if column.key == STATE:
            self._ink.pill(painter, room, text, tone=self._colors.tone(run_tone(text)))
            return
        if column.key == FIRST and trial.number in self._starred:
            star = QRectF(room.left(), room.center().y() - ICON / 2, ICON, ICON)
            icons.paint(painter, star, "star-full", self._colors.warning)
        if text:
            side: Side = "left" if column.kind == "text" else "right"
            font = "text" if column.kind == "text" else "number"
            quiet = trial.state in FADED and column.kind == "value"
            color = self._colors.faint if quiet else self._colors.text
            self._ink.write(painter, room, text, style=(font, color), side=side)
