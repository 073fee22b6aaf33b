"""Both halves of the table side by side: one selection, scrolled up and down as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from studio.pages.runs.table.model import RunsModel
from studio.pages.runs.table.order import Line as TableLine
from studio.pages.runs.table.view import RunsView
from studio.widgets import Line, column, row
from studio.widgets.chosen import Chosen, Flag

MOST = 0.6
"""How much of the table the columns that stand still may take."""


class Halves(QWidget):
    """Shows a model twice: its first columns at the left, the others beside them.

    Args:
        model: the runs.
    """

    chosen = Signal()
    """Other lines are selected."""

    def __init__(self, model: RunsModel) -> None:
        super().__init__()
        self._model = model
        self._fixed = 0
        self.still, self.moving = RunsView(model), RunsView(model)
        self._chosen = Chosen(model, lambda: model.lines)
        model.rearranged.connect(self._chosen.keep_to_what_is_there)
        for view in self.views:
            view.choose_with(self._chosen, lambda: model.lines)
        self._foot = QWidget()
        self._lay_out()
        for one, other in ((self.still, self.moving), (self.moving, self.still)):
            one.verticalScrollBar().valueChanged.connect(other.verticalScrollBar().setValue)
            one.hovered.connect(self._hover)
            one.partner = other
        self.moving.horizontalScrollBar().installEventFilter(self)
        self._chosen.changed.connect(self.chosen)

    @property
    def views(self) -> tuple[RunsView, RunsView]:
        return self.still, self.moving

    def hold(self, count: int, width: Callable[[int], int]) -> None:
        """Let the first columns stand still, and give all of them their widths."""
        for place in range(len(self._model.columns)):
            for view, hidden in ((self.still, place >= count), (self.moving, place < count)):
                view.setColumnHidden(place, hidden)
                if not hidden:
                    view.setColumnWidth(place, width(place))
        self._fixed = sum(width(place) for place in range(count))
        self._fit()

    def current(self) -> TableLine | None:
        """The line that has the focus."""
        index = self._chosen.currentIndex()
        return self._model.lines[index.row()] if index.isValid() else None

    def selected(self) -> list[TableLine]:
        """The selected lines from top to bottom."""
        return self._chosen.lines()

    def select(self, lines: Iterable[TableLine]) -> None:
        """Select these and no others, and bring the first into sight."""
        wanted = set(lines)
        first = next((line for line in self._model.lines if line in wanted), None)
        if first is not None:
            self.point_at(first)
        self._chosen.set_lines(wanted)

    def point_at(self, line: TableLine) -> None:
        """Bring a line into sight and make it the current one; the selection stays."""
        if line in self._model.lines:
            index = self._model.index(self._model.lines.index(line), self._column())
            self._chosen.setCurrentIndex(index, Flag.NoUpdate)
            self.moving.scrollTo(index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Show, QEvent.Type.Hide}:
            bar = self.moving.horizontalScrollBar()
            self._foot.setFixedHeight(bar.sizeHint().height() if event.type() is QEvent.Type.Show else 0)
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _column(self) -> int:
        """Where the focus stands: a column that can be seen being scrolled."""
        return next((at for at in range(len(self._model.columns)) if not self.moving.isColumnHidden(at)), 0)

    def _fit(self) -> None:
        self._left.setFixedWidth(min(self._fixed, max(round(self.width() * MOST), 1)))

    def _hover(self, row: int) -> None:
        for view in self.views:
            view.hover(row)

    def _lay_out(self) -> None:
        for view in self.views:
            view.setFrameShape(QFrame.Shape.NoFrame)
        self.still.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.still.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._foot.setFixedHeight(0)
        self._left = QWidget()
        box = column(self._left)
        box.addWidget(self.still, 1)
        box.addWidget(self._foot)
        line = row(self)
        line.addWidget(self._left)
        line.addWidget(Line(vertical=True))
        line.addWidget(self.moving, 1)
        self.moving.horizontalHeader().setStretchLastSection(True)
        self.setFocusProxy(self.moving)
