"""Small cards over the table in which tags and notes are written, and the line in which a run is renamed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from studio.theme import SPACE
from studio.widgets import Button, Label, Surface, ToolButton, column, row
from studio.widgets.flow import Flow

WIDTH = 420
LINES = 120
"""Pixels that a note has at least."""
Then = Callable[[str], object]


class Writing(Surface):
    """A title, a line or a page to write on, and Save: Return saves a line, Ctrl+Return a page, Escape nothing.

    Args:
        over: the widget it lies over, and gives the focus back to.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__("overlay", parent=over)
        self._over = over
        self._then: Then = _nothing
        self.title = Label("", "title")
        self.line = QLineEdit()
        self.page = QPlainTextEdit()
        self.page.setMinimumHeight(LINES)
        self.page.setTabChangesFocus(True)
        self.offers = QWidget()
        self._offered = Flow(self.offers)
        self.hint = Label("", "caption", wrap=True)
        self._lay_out()
        for field in (self.line, self.page):
            field.installEventFilter(self)
        self.hide()

    def open_line(self, title: str, text: str, *, hint: str, then: Then, offers: Iterable[str] = ()) -> None:
        """Have a line written; offers are words that a press adds to it, with a comma between."""
        self._open(title, hint, then)
        self.line.setText(text)
        self._offer(offers)
        self._show(self.line)
        self.line.selectAll()

    def open_page(self, title: str, text: str, *, hint: str, then: Then) -> None:
        """Have some lines written."""
        self._open(title, hint, then)
        self.page.setPlainText(text)
        self._offer(())
        self._show(self.page)
        self.page.selectAll()

    def save(self) -> None:
        """Take over what is written."""
        written = self.line.text() if self.line.isVisibleTo(self) else self.page.toPlainText()
        self.leave()
        self._then(written)

    def leave(self) -> None:
        """Close, with nothing taken over."""
        self.hide()
        self._over.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return _own(event)
        entered = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif entered and (watched is self.line or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.save()
        else:
            return False
        return True

    def _open(self, title: str, hint: str, then: Then) -> None:
        self._then = then
        self.title.setText(title)
        self.hint.setText(hint)

    def _show(self, field: QWidget) -> None:
        for one in (self.line, self.page):
            one.setVisible(one is field)
        field.setAccessibleName(self.title.text())
        width = min(WIDTH, self._over.width() - 2 * SPACE.m)
        self.setFixedWidth(max(width, 1))
        self._box.activate()
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, SPACE.xl)
        self.show()
        self.raise_()
        field.setFocus()

    def _offer(self, offers: Iterable[str]) -> None:
        while (item := self._offered.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for offer in offers:
            button = Button(offer, kind="quiet")
            button.clicked.connect(lambda _=False, offer=offer: self._add(offer))
            self._offered.addWidget(button)
        self.offers.setVisible(self._offered.count() > 0)

    def _add(self, offer: str) -> None:
        written = split(self.line.text())
        kept = [one for one in written if one != offer] if offer in written else [*written, offer]
        self.line.setText(", ".join(kept))
        self.line.setFocus()

    def _lay_out(self) -> None:
        cross = ToolButton("close", "Leave all as it was (Esc)")
        cross.clicked.connect(self.leave)
        save = Button("Save", kind="primary")
        save.clicked.connect(self.save)
        head, foot = row(gap=SPACE.s), row(gap=SPACE.s)
        head.addWidget(self.title, 1)
        head.addWidget(cross)
        foot.addWidget(self.hint, 1)
        foot.addWidget(save)
        box = self._box = column(self, margin=SPACE.m, gap=SPACE.s)
        box.addLayout(head)
        for part in (self.line, self.page, self.offers):
            box.addWidget(part)
        box.addLayout(foot)


class NameLine(QLineEdit):
    """A line over a run's name: Return or a click elsewhere takes it, Escape leaves the old one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._then: Then = _nothing
        self.setAccessibleName("Name of the run")
        self.installEventFilter(self)
        self.hide()

    def open(self, place: QRect, text: str, then: Then) -> None:
        """Write a name at a place of the parent."""
        self._then = then
        self.setGeometry(place)
        self.setText(text)
        self.show()
        self.raise_()
        self.setFocus()
        self.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self._close(take=True)
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return _own(event)
        if event.key() not in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return False
        self._close(take=event.key() != Qt.Key.Key_Escape)
        return True

    def _close(self, *, take: bool) -> None:
        if self.isHidden():
            return
        self.hide()
        self._over.setFocus()
        if take:
            self._then(self.text().strip())


def _own(event: QEvent) -> bool:
    """Whether a key would be a shortcut of the table below: while one writes, it is a letter."""
    if event.type() is not QEvent.Type.ShortcutOverride:
        return False
    event.accept()
    return True


def split(text: str) -> list[str]:
    """The tags in a text with commas between, each once."""
    return list(dict.fromkeys(one for part in text.split(",") if (one := " ".join(part.split()))))


def _nothing(_text: str) -> None:
    """Nobody waits for what is written."""
