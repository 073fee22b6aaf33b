"""The queue in the transport bar: how many runs wait, and a card that names them and lets go of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from studio import icons
from studio.theme import SPACE
from studio.widgets import Button, Label, Scroll, ToolButton, column, row
from studio.widgets.popover import Popover
from studio.widgets.waiting import Waiting

if TYPE_CHECKING:
    from studio.context import Studio

WIDTH = 340
HIGHEST = 320
"""Pixels of the list, beyond which it scrolls."""
NAMED = 8
"""Runs that the tooltip names."""


class QueueButton(QToolButton):
    """`3 queued`; hidden while nothing waits. A press opens the card.

    Args:
        studio: the window's parts.
    """

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.card: QueueCard | None = None
        self.setIcon(icons.icon("queue"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self.open)
        live = studio.live
        for signal in (live.state_changed, live.current_changed, live.runs_changed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what waits now; the run that the bar shows anyway does not count."""
        live = self._studio.live
        names = {run: live.summary(run).name or run for run in live.waiting if run != live.current}
        self.setVisible(bool(names))
        self.setText(f" {len(names):,} queued")  # with some room behind the icon
        self.setAccessibleName(f"{len(names):,} runs are queued")
        more = [f"and {len(names) - NAMED:,} more"] if len(names) > NAMED else []
        self.setToolTip("\n".join([*list(names.values())[:NAMED], *more]))
        if self.card is not None and self.card.isVisible():
            self.card.show_queue(names)
            if not names:
                self.card.leave()

    def open(self) -> None:
        """Name what waits."""
        window = self.window()
        if self.card is None:
            self.card = QueueCard(self._studio, window)
        live = self._studio.live
        self.card.show_queue({run: live.summary(run).name or run for run in live.waiting if run != live.current})
        self.card.open_at(self.mapTo(window, QPoint(self.width(), self.height() + SPACE.s)))


class QueueCard(Popover):
    """The waiting runs in turn, each with a cross, and a button that takes out all of them."""

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__("Queue", window, width=WIDTH)
        self._studio = studio
        self.list = Waiting()
        self.list.withdrawn.connect(studio.launcher.stop)
        self._hint = Label("", "caption")
        self._scroll = Scroll(margin=0, gap=0)
        self._scroll.body.addWidget(self.list)
        self._scroll.body.addStretch(1)
        self.clear = Button("Take all out", kind="quiet", icon="remove")
        self.clear.clicked.connect(self._clear)
        self._lay_out()

    def show_queue(self, names: dict[str, str]) -> None:
        """Show these runs, name by id; the card is as high as they need, within bounds."""
        self.list.show_waiting(names)
        self._hint.setText(f"{len(names):,} waiting")
        self.clear.setVisible(len(names) > 1)
        self._scroll.setFixedHeight(min(self.list.sizeHint().height(), HIGHEST))
        self.adjustSize()

    def _clear(self) -> None:
        for run in reversed(list(self.list.crosses)):  # the last one first, so that none moves up meanwhile
            self._studio.launcher.stop(run)
        self.leave()

    def _lay_out(self) -> None:
        shut = ToolButton("close", "Close (Esc)")
        shut.clicked.connect(self.leave)
        head = row(gap=SPACE.s)
        head.addWidget(Label("Queue", "title"))
        head.addWidget(self._hint)
        head.addStretch(1)
        head.addWidget(shut)
        foot = row(gap=SPACE.s)
        foot.addStretch(1)
        foot.addWidget(self.clear)
        box = column(self, margin=SPACE.l, gap=SPACE.m)
        box.addLayout(head)
        box.addWidget(self._scroll)
        box.addLayout(foot)
