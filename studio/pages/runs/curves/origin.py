"""Where a point of a curve came from: a card beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from studio.curves import Record, Series
from studio.pages.runs.curves.batch import Pictures, Rows
from studio.pages.runs.curves.metrics import title
from studio.theme import SPACE
from studio.widgets import Button, Elided, KeyValues, Label, Line, Scroll, Surface, ToolButton, column, row, tag
from studio.widgets.chart.reading import spoken
from studio.widgets.chart.words import clock, date, setting

WIDE = 348
HEAD, LEAST, HIGHEST = 72, 220, 560


@dataclass(frozen=True, kw_only=True)
class Point:
    """A point of a run's curve."""

    run: str
    metric: str
    step: int
    value: float


def facts(record: Record, point: Point) -> dict[str, str]:
    """What is known of a point at once: where in the training it lies, and what else was measured there."""
    step = point.step
    epoch = (step - 1) // record.steps_per_epoch + 1 if step > 0 else 0
    time, when = (float(record.axis(along).place([step])[0]) for along in ("time", "clock"))
    said = {title(point.metric): spoken(point.value), "Step": f"{step:,}", "Epoch": f"{epoch:,}"}
    if len(record.clock) > 1:
        said |= {"Trained for": clock(time), "At": date(when)}
    for name, label in (("loss", "Loss"), ("learning_rate", "Learning rate"), ("gradient_norm", "Gradient norm")):
        series = record.steps.get(name)
        if series is not None and len(series) and point.metric != f"step/{name}":
            said[label] = _near(series, step, name)
    return said


def _near(series: Series, step: int, name: str) -> str:
    place = series.nearest(step)
    assert place is not None, "only asked of series with points"
    value, at = series.value(place), int(series.steps[place])
    words = setting(value) if name == "learning_rate" else spoken(value)
    return words if at == step else f"{words} at step {at:,}"


class OriginCard(Surface):
    """Says what is known at once, and the rest when the service has answered. Escape closes it.

    Args:
        parent: the view that it lies over.
    """

    revealed = Signal(str)
    """A path within the run's folder that a person wants to see."""
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("overlay", parent=parent)
        self.hide()
        self.point: Point | None = None
        self.name = Elided("", "strong", middle=True)
        self.mark = Label("●")
        self.values = KeyValues()
        self.before = Button("", kind="link", tip="Show the checkpoint's file")
        self.after = Button("", kind="link", tip="Show the checkpoint's file")
        self.batch_title = Label("", "section")
        self.trouble = Label("", "label", wrap=True)
        self.pictures, self.rows = Pictures(), Rows()
        self._paths: dict[Button, str] = {}
        self._at = QPoint()
        self._scroll = Scroll(margin=0, gap=SPACE.s)
        self._lay_out()

    def open(self, point: Point, name: str, color: str, known: Mapping[str, str]) -> None:
        """Show a point and what is known of it; the rest is on its way."""
        self.point = point
        self.name.setText(name)
        self.mark.setStyleSheet(f"color: {color};")
        self.values.show_values(known)
        self.batch_title.setText("Looking for its batch …")
        for part in (self.before, self.after, self.trouble, self.pictures, self.rows):
            part.hide()
        self.show()
        self.raise_()
        self.setFocus()

    def place(self, at: QPoint) -> None:
        """Stand beside a point of the view, on the side that has room."""
        parent = self.parentWidget()
        assert parent is not None
        self._at = at
        self._scroll.body.activate()
        wished = self._scroll.body.heightForWidth(WIDE - SPACE.xl) + HEAD
        high = min(max(wished, LEAST), HIGHEST, parent.height() - 2 * SPACE.s)
        left = at.x() + SPACE.xl
        if left + WIDE > parent.width() - SPACE.s:
            left = max(at.x() - SPACE.xl - WIDE, SPACE.s)
        top = min(max(at.y() - high // 3, SPACE.s), parent.height() - high - SPACE.s)
        self.setGeometry(left, top, WIDE, high)

    def answer(self, found: Mapping[str, Any]) -> None:
        """Show what the service found out."""
        for button, which in ((self.before, "before"), (self.after, "after")):
            self._show_checkpoint(button, which, found.get(which))
        batch, size = found.get("batch") or [], int(found.get("size", 0))
        shown = f", {len(batch)} of them shown" if len(batch) < size else ""
        self.batch_title.setText(f"Its batch: {size:,} samples{shown}" if size else "Its batch")
        pictures = [one for one in batch if "png" in one]
        self.pictures.setVisible(bool(pictures))
        self.rows.setVisible(bool(batch) and not pictures)
        self.pictures.show_samples(pictures)
        if batch and not pictures:
            self.rows.show_samples(batch)
        self.tell(str(found.get("trouble", "")), tone="warning")
        self.place(self._at)

    def tell(self, sentence: str, *, tone: str = "error") -> None:
        """Say why there is less to see than wished."""
        tag(self.trouble, state=tone)
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def give_up(self, sentence: str) -> None:
        """The batch cannot be found."""
        self.batch_title.setText("Its batch")
        self.tell(sentence)

    def close_card(self) -> None:
        """Hide it."""
        if self.isVisible():
            self.point = None
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)

    def _show_checkpoint(self, button: Button, which: str, found: Mapping[str, Any] | None) -> None:
        button.setVisible(found is not None)
        if found is not None:
            kind = "best" if found["best"] else "last"
            button.setText(f"Checkpoint {which}: step {found['step']:,}, epoch {found['epoch']:,} ({kind})")
            self._paths[button] = str(found["path"])

    def _lay_out(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Where this point came from")
        close = ToolButton("close", "Close (Esc)")
        close.clicked.connect(self.close_card)
        head = row(gap=SPACE.s)
        head.addWidget(self.mark)
        head.addWidget(self.name, 1)
        head.addWidget(close)
        inside = self._scroll.body
        inside.addWidget(self.values)
        for button in (self.before, self.after):
            inside.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        below: tuple[QWidget, ...] = (Line(), self.batch_title, self.trouble, self.pictures, self.rows)
        for part in below:
            inside.addWidget(part)
        inside.addStretch(1)
        box = column(self, gap=SPACE.s)
        box.setContentsMargins(SPACE.m, SPACE.s, SPACE.s, SPACE.m)
        box.addLayout(head)
        box.addWidget(self._scroll, 1)
        for button in (self.before, self.after):
            button.clicked.connect(lambda _=False, button=button: self.revealed.emit(self._paths[button]))
