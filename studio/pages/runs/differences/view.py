"""The view of what differs between runs, with what chooses how much of it is shown and copies it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget

from engine.compare import Comparison, as_markdown, as_tabs
from engine.compare import Line as CompareLine
from studio.actions import Action
from studio.pages.runs.differences.model import Lines, Section, rows_of
from studio.pages.runs.differences.table import Table
from studio.pages.runs.reading import Reading
from studio.pages.runs.view import View
from studio.theme import SPACE
from studio.widgets import EmptyState, Label, Line, SearchField, Surface, ToolButton, column, row, tag

if TYPE_CHECKING:
    from studio.context import Studio

EVERY = "runs/differences/every"
BUDGET = 0.006
"""Seconds of comparing between two looks at mouse and keyboard."""
LATER = 400
"""Milliseconds that news of runs under way are gathered."""


class Differences(View):
    """Settings, networks, data, environment and results of runs; one run alone is set against the open project."""

    title = "Differences"
    least = 1
    hint = "What differs in their settings, networks, data, environment and results stands here, line by line."

    def __init__(self, studio: Studio, color: Callable[[str], int]) -> None:
        super().__init__(studio, color)
        self.reading = Reading(studio, self)
        self.comparison = Comparison((), studio.catalogue)
        self.model = Lines(self)
        self.table = Table(self.model, color)
        self.search = SearchField("Filter settings")
        self.count = Label("", "muted")
        self.remarks = Label("", "muted", wrap=True)
        self.empty = EmptyState("success", "Nothing differs", "")
        self._baseline = ""
        self._later = QTimer(self, singleShot=True, interval=LATER)
        self._slices: Iterator[None] | None = None
        self._work = QTimer(self, interval=0)
        self._declare()
        self._lay_out()
        self._join()

    @property
    def all_lines(self) -> bool:
        """Whether what is the same is shown as well."""
        return self.studio.settings.get(EVERY) is True

    def show_runs(self, runs: Sequence[str]) -> None:
        self.reading.ask(runs)

    def settled(self) -> bool:
        return self.reading.settled and self._slices is None

    def set_baseline(self, place: int) -> None:
        """Set the others against this run."""
        self._baseline = self.model.subjects[place].id
        self.model.set_baseline(place)

    def _arrived(self) -> None:
        found = self.reading.subjects()
        if len(found) == 1:
            found = (*found, self.reading.opened())
        self.comparison = Comparison(found, self.studio.catalogue)
        self._slices = self.comparison.build()
        self._work.start()

    def _build(self) -> None:
        """Go on comparing for part of a frame: twenty runs with a thousand settings take most of a second."""
        end = perf_counter() + BUDGET
        while self._slices is not None and perf_counter() < end:
            if next(self._slices, self) is self:
                self._slices = None
                self._work.stop()
                self._show()

    def _news(self, run: str) -> None:
        if any(one.id == run for one in self.model.subjects) and self.isVisible():
            self._later.start()

    def _edited(self) -> None:
        """The open project changed: where it is compared it is read anew."""
        if self.isVisible() and any(not one.id for one in self.model.subjects):
            self._later.start()

    def _show(self) -> None:
        if self._slices is not None:
            return  # it is shown when it is there
        subjects = self.comparison.subjects
        lines = self.comparison.lines if subjects else ()
        differing = [line for line in lines if line.differs]
        rows = rows_of(lines if self.all_lines else differing, self.search.text())
        ids = [one.id for one in subjects]
        self.model.baseline = ids.index(self._baseline) if self._baseline in ids else 0
        self.model.show(subjects, rows)
        self.remarks.setText("\n".join(self.comparison.remarks) if subjects else "")
        self.remarks.setVisible(bool(self.remarks.text()))
        self.count.setText(f"{len(differing):,} of {len(lines):,} differ")
        sought = bool(self.search.text())
        self.empty.set_text(
            "No setting matches" if sought else "Nothing differs", "" if sought else f"All {len(lines):,} are the same."
        )
        self._stack.setCurrentIndex(int(bool(rows)))
        self.studio.actions.refresh()

    def _toggle(self) -> None:
        self.studio.settings.set(EVERY, not self.all_lines)
        self._show()

    def _chosen(self) -> list[CompareLine]:
        """The lines in which cells are selected."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})
        return [row for at in rows if not isinstance(row := self.model.rows[at], Section)]

    def _copy(self, *, markdown: bool = False) -> None:
        subjects, lines = self.model.subjects, self._chosen() or self.model.lines
        text = as_markdown(subjects, lines, baseline=self.model.baseline) if markdown else as_tabs(subjects, lines)
        QGuiApplication.clipboard().setText(text)
        self.studio.messages.post(f"{len(lines):,} lines were copied.", key="runs")

    # Parts

    def _declare(self) -> None:
        def act(name: str, text: str, handler: Callable[[], object], **more: object) -> None:
            action = Action(
                id=f"runs.{name}",
                text=text,
                handler=handler,
                group="Run",
                section="differences",
                owner=self,
                **more,  # type: ignore[arg-type]
            )
            self.studio.actions.add(action)

        some: dict[str, object] = {"enabled": lambda: bool(self.model.rows), "icon": "copy"}
        act("only_differences", "Only differences", self._toggle, checked=lambda: not self.all_lines, icon="filter")
        act("copy_differences", "Copy as text", self._copy, shortcut="Ctrl+C", **some)
        act("copy_markdown", "Copy as Markdown", lambda: self._copy(markdown=True), shortcut="Ctrl+Shift+C", **some)

    def _lay_out(self) -> None:
        line = row(gap=SPACE.s)
        line.setContentsMargins(SPACE.m, SPACE.xs, SPACE.m, SPACE.xs)
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(260)
        only = ToolButton.of(self.studio.actions["runs.only_differences"])
        only.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        line.addWidget(only)
        line.addWidget(self.search, 1)
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(ToolButton.of(self.studio.actions["runs.copy_differences"]))
        for name in ("copy_differences", "copy_markdown"):
            self.table.addAction(self.studio.actions[f"runs.{name}"])
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.remarks.setContentsMargins(SPACE.m, 0, SPACE.m, SPACE.xs)
        tag(self.remarks, tone="warning")
        self._stack = QStackedWidget()
        for part in (self.empty, self.table):
            self._stack.addWidget(part)
        ground = Surface("panel")
        column(self).addWidget(ground)
        box = column(ground)
        box.addLayout(line)
        box.addWidget(self.remarks)
        box.addWidget(Line())
        box.addWidget(self._stack, 1)

    def _join(self) -> None:
        self.reading.arrived.connect(self._arrived)
        self.search.textChanged.connect(self._show)
        self.table.baseline_chosen.connect(self.set_baseline)
        self._later.timeout.connect(self._arrived)
        self._work.timeout.connect(self._build)
        self.studio.live.summary_changed.connect(self._news)
        self.studio.document.changed.connect(self._edited)
        self.studio.theme.changed.connect(self.table.viewport().update)
