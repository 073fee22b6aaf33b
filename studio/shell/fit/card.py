"""The card that says where the memory of a training step goes, how long it takes, and what would fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from studio.shell.fit import words
from studio.theme import SPACE
from studio.widgets import Badge, Button, KeyValues, Label, Progress, Surface, ToolButton, column, row
from studio.widgets.stack import StackBar, StackList

if TYPE_CHECKING:
    from studio.foretelling import Foretelling
    from studio.probing import Probing

WIDTH = 400


class Card(Surface):
    """Shows the newest answer, and measures when asked to.

    Args:
        foretelling: who knows what is foretold.
        probing: who measures.
        parent: the window it lies on.
    """

    batch_asked = Signal(int)
    """Somebody wants this batch size."""
    closed = Signal()

    def __init__(self, foretelling: Foretelling, probing: Probing, parent: QWidget) -> None:
        super().__init__("overlay", parent=parent)
        self._foretelling, self._probing = foretelling, probing
        self.setAccessibleName("Will it fit?")
        self.setFixedWidth(WIDTH)
        self._badge = Badge()
        self._sentence = Label("", wrap=True)
        self._bar, self._list = StackBar(), StackList()
        self._figures = KeyValues()
        self._source = Label("", "caption", wrap=True)
        self._trouble = Label("", "error", wrap=True)
        self.use = Button("", tip="Change the batch size; Undo brings the old one back")
        self.measure = Button("Measure", icon="clock", tip="Take some real steps, in a process of its own")
        self.cancel = Button("Cancel", kind="quiet")
        self._doing, self._progress = Label("", "label"), Progress()
        self._lay_out()
        self.use.clicked.connect(lambda: self.batch_asked.emit(self._foretelling.answer["advised_batch"]))
        self.measure.clicked.connect(probing.start)
        self.cancel.clicked.connect(probing.cancel)
        foretelling.changed.connect(self.refresh)
        probing.changed.connect(self.refresh)
        self.hide()

    def refresh(self) -> None:
        """Show what is known now."""
        if not self.isVisible():
            return
        answer, probing = self._foretelling.answer, self._probing
        self._badge.show_state(*words.STATES[answer.get("state", "unknown")])
        self._sentence.setText(words.sentence(answer))
        parts = words.parts(answer)
        self._bar.show_parts(parts)
        self._list.show_parts(parts)
        self._figures.show_values(words.figures(answer))
        self._source.setText(" ".join(filter(None, (words.source(answer), probing.note))))
        self._trouble.setText(probing.trouble)
        self._doing.setText(f"{probing.doing}…")
        self._progress.set_fraction(probing.done)
        self._offer()
        self.setFixedHeight(self.sizeHint().expandedTo(self.minimumSizeHint()).height())

    def _offer(self) -> None:
        """Show what can be done now, and hide the rest."""
        answer, running = self._foretelling.answer, self._probing.running
        known, advised = words.known(answer), answer.get("advised_batch", 0)
        figures: tuple[QWidget, ...] = (self._bar, self._list, self._figures)
        for widget in figures:
            widget.setVisible(known)
        self.use.setText(f"Use batch {advised:,}")
        self.use.setVisible(bool(known and advised and advised != answer["batch_size"]))
        self.measure.setText(f"Measure on {words.named(answer.get('device', 'the device'))}")
        held = self.measure.hasFocus() or self.cancel.hasFocus()
        self.measure.setVisible(not running)
        self.measure.setEnabled(known)
        going_on: tuple[QWidget, ...] = (self.cancel, self._doing, self._progress)
        for widget in going_on:
            widget.setVisible(running)
        self._trouble.setVisible(bool(self._probing.trouble) and not running)
        if held:  # the one button takes the other's place, for the keyboard as well
            (self.cancel if running else self.measure).setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # else it would be a click on what lies below

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        box = column(self, margin=SPACE.l, gap=SPACE.m)
        head = row(gap=SPACE.s)
        shut = ToolButton("close", "Close")
        shut.clicked.connect(self.closed)
        head.addWidget(Label("Will it fit?", "title"))
        head.addWidget(self._badge)
        head.addStretch(1)
        head.addWidget(shut)
        box.addLayout(head)
        parts = (self._sentence, self._bar, self._list, self._figures, self._source, self._trouble)
        for part in parts:
            box.addWidget(part)
        box.addWidget(self._progress)
        foot = row(gap=SPACE.s)
        foot.addWidget(self.use)
        foot.addWidget(self.measure)
        foot.addWidget(self._doing)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        box.addLayout(foot)
