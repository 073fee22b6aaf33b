"""What came out so far: best and last values, and the test split's word at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from studio.pages.train.facts import results, tested
from studio.theme import SPACE
from studio.widgets import Card, Elided, Label, column

if TYPE_CHECKING:
    from engine.runs import Summary

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ResultsCard(Card):
    """Best and last value of every metric; the watched one, which decides what is best, stands first."""

    def __init__(self) -> None:
        super().__init__("Results")
        self._empty = Label("The first values come at the end of the first epoch.", "muted", wrap=True)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.m)
        self._grid.setVerticalSpacing(SPACE.xs + 2)
        self._grid.setColumnStretch(0, 1)
        self._rows: dict[str, tuple[Label, Label]] = {}
        self._table = inside
        self.body.addWidget(self._empty)
        self.body.addWidget(inside)

    @property
    def rows(self) -> dict[str, tuple[str, str]]:
        """Best and last value by metric, such as `validation/accuracy`, as shown."""
        return {name: (best.text(), last.text()) for name, (best, last) in self._rows.items()}

    def show_run(self, summary: Summary) -> None:
        """Show a run's metrics; rows stay where the metrics are the same."""
        found = results(summary)
        if [f"{split}/{line[0]}" for split, lines in found.items() for line in lines] != list(self._rows):
            self._build(found)
        for split, lines in found.items():
            for name, best, last in lines:
                self._rows[f"{split}/{name}"][0].setText(best)
                self._rows[f"{split}/{name}"][1].setText(last)
        self._empty.setVisible(not found)
        self._table.setVisible(bool(found))
        self.header.set_hint(f"best is epoch {summary.best_epoch}" if summary.best_epoch else "")
        self.setToolTip(f"Best: the values of the epoch with the best {summary.watch}.")

    def _build(self, found: dict[str, list[tuple[str, str, str]]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._rows = {}
        for split, lines in found.items():
            titles = (split.capitalize(), *(("", "") if self._rows else ("Best", "Last")))
            self._add_line(*(Label(title, "caption") for title in titles), above=SPACE.s if self._rows else 0)
            for name, _, _ in lines:
                words = Elided(name, "label" if self._rows else "strong")  # the watched one stands first
                values = Label("", "mono"), Label("", "number")
                self._add_line(words, *values)
                self._rows[f"{split}/{name}"] = values

    def _add_line(self, name: Label, best: Label, last: Label, *, above: int = 0) -> None:
        line = self._grid.rowCount()
        name.setContentsMargins(0, above, 0, 0)
        self._grid.addWidget(name, line, 0)
        self._grid.addWidget(best, line, 1, RIGHT)
        self._grid.addWidget(last, line, 2, RIGHT)


class TestCard(Card):
    """The metrics on the test split, which nothing was ever chosen by."""

    def __init__(self) -> None:
        super().__init__("Test", hint="unseen data, best checkpoint")
        self._place = QWidget()
        self._grid = QGridLayout(self._place)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE.m)
        self.body.addWidget(self._place)
        self._shown: dict[str, str] = {}
        self.hide()

    @property
    def values(self) -> dict[str, str]:
        """What is shown, by metric."""
        return dict(self._shown)

    def show_run(self, summary: Summary) -> None:
        """Show the test metrics of a finished run; any other has none."""
        found = tested(summary)
        if found != self._shown:
            self._shown = found
            self._build(found)
        self.setVisible(bool(found))

    def _build(self, found: dict[str, str]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, (name, value) in enumerate(found.items()):
            tile = QWidget()
            box = column(tile, gap=0)
            box.addWidget(Label(value, "heading"))
            box.addWidget(Elided(name, "label"))
            self._grid.addWidget(tile, place // 2, place % 2)
