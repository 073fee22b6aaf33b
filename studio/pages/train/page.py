"""The page that shows one run: its curves, numbers, log and machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QWidget

from engine.events import Created, Message
from studio.curves import Record
from studio.pages.page import Page
from studio.pages.train.charts import Charts
from studio.pages.train.head import Head
from studio.pages.train.log import LogView
from studio.pages.train.queue import QueueCard
from studio.pages.train.results import ResultsCard, TestCard
from studio.pages.train.system import SystemCard
from studio.theme import SPACE
from studio.widgets import Card, EmptyState, Line, Scroll, Split, Surface, column

if TYPE_CHECKING:
    from studio.context import Studio


class Train(Page):
    """Follows the run that is shown in the transport bar; one that ended looks as it did at its end."""

    title = "Train"
    icon = "train"

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.record = Record()
        self.head = Head(studio)
        self.charts = Charts(studio.settings)
        self.log = LogView()
        self.results, self.tested = ResultsCard(), TestCard()
        self.system, self.queue = SystemCard(), QueueCard()
        self.empty = EmptyState(
            "train",
            "No run yet",
            "Press Train and this page shows how the network learns: its loss at every step, its metrics, and how long "
            "it will still take.",
            button="Train",
        )
        self.empty.button.clicked.connect(lambda: studio.actions.trigger("run.train"))
        self.queue.withdrawn.connect(studio.launcher.stop)
        self._stack = QStackedLayout(self)
        for part in (self.empty, self._lay_out()):
            self._stack.addWidget(part)
        self._connect()
        self._show_run()

    def activated(self) -> None:
        self._refresh()

    def _connect(self) -> None:
        live = self.studio.live
        live.current_changed.connect(self._show_run)
        live.received.connect(self._receive)
        live.runs_changed.connect(self._refresh)
        live.summary_changed.connect(self._refresh)
        live.state_changed.connect(self._refresh)

    def _show_run(self) -> None:
        """Begin with another run: what is known of it already comes at once, the rest as it is read."""
        live = self.studio.live
        self._forget()
        if live.current is not None:
            live.watch(live.current)
            self._take(live.events(live.current))
        self._refresh()

    def _receive(self, run: str, messages: list[Message]) -> None:
        if run == self.studio.live.current:
            if isinstance(messages[0], Created):
                self._forget()  # it is read again from its start
            self._take(messages)

    def _forget(self) -> None:
        self.record = Record()
        self.log.clear_lines()
        self.system.clear()

    def _take(self, messages: list[Message]) -> None:
        self.record.add(messages)
        self.log.add(messages)
        self.system.add(messages)
        self.charts.show_record(self.record)

    def _refresh(self) -> None:
        live = self.studio.live
        run = live.current
        self._stack.setCurrentIndex(int(run is not None))
        self.queue.show_queue({one: live.summary(one).name or one for one in live.waiting})
        if run is None or not self.isVisible():
            return
        rates = self.record.steps.get("learning_rate")
        rate = float(rates.values[-1]) if rates is not None and len(rates) else None
        self.head.show_run(run, pace=self.system.pace, rate=rate)
        self.results.show_run(live.summary(run))
        self.tested.show_run(live.summary(run))

    def _lay_out(self) -> QWidget:
        log = Card("Log")
        log.body.setContentsMargins(SPACE.m, SPACE.s, SPACE.xs, SPACE.xs)
        log.body.setSpacing(SPACE.xs)
        log.body.addWidget(self.log, 1)
        left = Split("train/left", memory=self.studio.settings, sizes=(640, 170), vertical=True)
        left.setHandleWidth(9)
        left.setStyleSheet("QSplitter::handle { background: transparent; }")
        log.setMinimumHeight(72)
        left.fill(self.charts, log)
        left.setStretchFactor(0, 4)  # both give way in a small window
        left.setStretchFactor(1, 1)
        padded = Surface("window")
        column(padded, margin=SPACE.m).addWidget(left)
        side = Scroll(margin=SPACE.m, gap=SPACE.m)
        for card in (self.tested, self.results, self.system, self.queue):
            side.body.addWidget(card)
        side.body.addStretch(1)
        side.setMinimumWidth(252)
        areas = Split("train", memory=self.studio.settings, sizes=(1200, 320)).fill(padded, side, stretch=0)
        whole = QWidget()
        box = column(whole)
        for part, stretch in ((self.head, 0), (Line(), 0), (areas, 1)):
            box.addWidget(part, stretch)
        whole.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        return whole
