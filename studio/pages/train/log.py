"""The log of a run: every sentence with its time, warnings and errors in their colors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from engine.events import Checkpointed, Continued, Ended, Log, Message, Paused, Started
from studio.theme import TYPE, colors_of, mono

LONGEST = 5000
"""Lines shown; older ones are in the run's events file."""

Line = tuple[float, str, str]


def lines(messages: Iterable[Message]) -> list[Line]:
    """Time, level and sentence of every event that a log tells of."""
    return [(message.time, *told) for message in messages if (told := _told(message)) is not None]


def _told(message: Message) -> tuple[str, str] | None:  # noqa: PLR0911  # one return for each kind of event
    match message:
        case Log():
            return message.level, message.text
        case Started(step=0):
            return "info", f"Started on {message.device}: {message.epochs} epochs of {message.steps_per_epoch} steps."
        case Started():
            return "info", f"Resumed on {message.device} after step {message.step:,}."
        case Checkpointed(best=True):
            return "debug", f"Epoch {message.epoch} is the best so far; its checkpoint is kept."
        case Paused():
            return "info", f"Paused after step {message.step:,}."
        case Continued():
            return "info", "Went on."
        case Ended():
            level = {"failed": "error", "interrupted": "warning"}.get(message.outcome, "info")
            return level, f"{message.outcome.capitalize()}. {message.message}".strip()
        case _:
            return None


class LogView(QPlainTextEdit):
    """Shows a log and stays at its end, unless one has scrolled up to read."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setMaximumBlockCount(LONGEST)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QPlainTextEdit { background: transparent; border: none; }")
        self.setFont(mono(TYPE.small))
        self.setPlaceholderText("Nothing was logged yet.")
        self.setAccessibleName("Log")
        self._lines: list[Line] = []

    def clear_lines(self) -> None:
        self._lines = []
        self.clear()

    def add(self, messages: Iterable[Message]) -> None:
        """Append what these events say."""
        new = lines(messages)
        if new:
            self._lines = (self._lines + new)[-LONGEST:]
            self._write(new)

    def _write(self, new: list[Line]) -> None:
        bar = self.verticalScrollBar()
        follow = bar.value() >= bar.maximum() - 1
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for time, level, text in new:
            if not self.document().isEmpty():
                cursor.insertBlock()
            cursor.insertText(f"{datetime.fromtimestamp(time).astimezone():%H:%M:%S}  ", self._format("time"))
            cursor.insertText(text, self._format(level))
        cursor.endEditBlock()
        if follow:
            bar.setValue(bar.maximum())

    def _format(self, level: str) -> QTextCharFormat:
        colors = colors_of(self)
        shades = {"warning": colors.warning, "error": colors.error, "debug": colors.muted, "time": colors.faint}
        made = QTextCharFormat()
        made.setForeground(QColor(shades.get(level, colors.text)))
        return made

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and getattr(self, "_lines", None):
            self.clear()
            self._write(self._lines)
