"""The bar above the table: how many runs, the filter, what they are grouped by, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy

from studio.actions import Actions
from studio.pages.runs.table.filter_field import FilterField
from studio.theme import SPACE
from studio.widgets import Button, Label, Line, Surface, ToolButton, row

NAMED = ("show", "open", "seeds", "resume", "stop", "delete")
"""The actions of selected runs that have a button."""
WIDEST = 620


class Bar(Surface):
    """Title, count, filter, and buttons.

    Args:
        actions: what the buttons do.
        filter: the line that one filters with.
    """

    def __init__(self, actions: Actions, filter: FilterField) -> None:  # noqa: A002  # it is what it is called
        super().__init__("panel")
        self.count = Label("", "muted")
        self.count.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.grouped = Button("", kind="quiet", icon="close", tip="Do not group (Shift+G)")
        self.grouped.clicked.connect(actions["runs.ungroup"].trigger)
        self.grouped.hide()
        filter.setMinimumWidth(160)
        filter.setMaximumWidth(WIDEST)
        filter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line = self._line = row(self, margin=SPACE.m, gap=SPACE.s)
        line.addWidget(Label("Runs", "heading"), 0)
        line.addSpacing(SPACE.xs)
        line.addWidget(self.count)
        line.addSpacing(SPACE.s)
        line.addWidget(filter, 1)
        line.addStretch(0)
        line.addWidget(self.grouped)
        self._buttons(actions[f"runs.{name}"] for name in ("group_by", "columns"))
        separator = Line(vertical=True)
        separator.setFixedHeight(SPACE.l)
        line.addWidget(separator)
        self._buttons(actions[f"runs.{name}"] for name in NAMED)

    def show_group(self, title: str) -> None:
        """Say what runs are grouped by; nothing for not grouped."""
        self.grouped.setText(f"by {title}")
        self.grouped.setVisible(bool(title))

    def _buttons(self, actions: Iterable[QAction]) -> None:
        for action in actions:
            self._line.addWidget(ToolButton.of(action))
