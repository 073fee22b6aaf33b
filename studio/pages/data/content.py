"""The right of the Data page: sizes, balance, columns, samples, and what was noticed while reading."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QWidget

from studio.pages.data.columns import ColumnsTable, described
from studio.pages.data.samples import SamplesCard
from studio.pages.data.shares import Balance, Histogram, SplitsBar
from studio.theme import SPACE
from studio.widgets import Banners, Card, EmptyState, Scroll

READING = "Reading the data…"
WIDE = 900
"""Pixels from which on balance and columns stand side by side."""


class Content(QWidget):
    """Shows the service's answer about a dataset; until one comes, that it is being read, or why it cannot be."""

    def __init__(self) -> None:
        super().__init__()
        self.splits, self.balance, self.histogram = SplitsBar(), Balance(), Histogram()
        self.columns, self.samples = ColumnsTable(), SamplesCard()
        self.notes = Banners()
        self.failure = EmptyState("warning", "", "")
        self.reading = EmptyState("data", READING, "The first look at a large folder or table can take a moment.")
        self._sizes, self._shares = Card("Samples in each split"), Card("Balance")
        self._table = Card("Columns")
        self._fill_cards()
        self.notes.hide()
        self._stack = QStackedLayout(self)
        for part in (self.reading, self.failure, self._scroll()):
            self._stack.addWidget(part)

    @property
    def state(self) -> str:
        """reading, failed or shown."""
        return ("reading", "failed", "shown")[self._stack.currentIndex()]

    def show_reading(self) -> None:
        """Nothing is known yet; what was known of the data before an edit stays until there is news."""
        if self.state != "shown":
            self._stack.setCurrentIndex(0)

    def show_failure(self, sentence: str) -> None:
        """Say why the data cannot be used."""
        self.failure.set_text("This data cannot be used yet", sentence)
        self._stack.setCurrentIndex(1)

    def show_preview(self, preview: dict[str, Any]) -> None:
        """Show the service's answer."""
        columns, splits = preview.get("columns", []), preview.get("splits", {})
        self.splits.show_splits(splits)
        self._sizes.header.set_hint(f"{sum(splits.values()):,} in all")
        self._show_shares(preview)
        rows = described(columns, preview.get("fields", []))
        self.columns.show_rows(rows)
        self._table.header.set_hint(f"{len(rows)}")
        target = next((one["name"] for one in columns if one["kind"] in {"label", "target"}), "")
        self.samples.show_samples(preview.get("samples", []), target)
        self._show_notes(preview.get("notes", []))
        self._stack.setCurrentIndex(2)

    def _show_shares(self, preview: dict[str, Any]) -> None:
        balance, histogram = preview.get("balance", {}), preview.get("histogram", {})
        self.balance.show_balance(balance)
        self.balance.setVisible(bool(balance))
        self.histogram.setVisible(bool(histogram))
        if histogram:
            self.histogram.show_histogram(histogram["edges"], histogram["counts"])
        self._shares.setVisible(bool(balance or histogram))
        self._shares.header.set_hint(f"{len(self.balance.classes)} classes" if balance else "values to predict")

    def _show_notes(self, notes: list[str]) -> None:
        for old in self.notes.messages():
            self.notes.clear(old)
        for note in notes:
            self.notes.show_message(note, tone="warning")
        self.notes.setVisible(bool(notes))

    def _fill_cards(self) -> None:
        self._sizes.body.addWidget(self.splits)
        self._shares.body.addWidget(self.balance)
        self._shares.body.addWidget(self.histogram)
        self._table.body.addWidget(self.columns)

    def _scroll(self) -> QWidget:
        scroll = Scroll(margin=SPACE.m, gap=SPACE.m)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(SPACE.m)
        for card, stretch in ((self._shares, 2), (self._table, 3)):
            card.body.addStretch(1)  # both are as high as the higher one
            self._pair.addWidget(card, stretch)
        scroll.body.addWidget(self.notes)
        scroll.body.addWidget(self._sizes)
        scroll.body.addLayout(self._pair)
        scroll.body.addWidget(self.samples)
        scroll.body.addStretch(1)
        return scroll

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across = QBoxLayout.Direction.LeftToRight if self.width() > WIDE else QBoxLayout.Direction.TopToBottom
        if across is not self._pair.direction():
            self._pair.setDirection(across)
