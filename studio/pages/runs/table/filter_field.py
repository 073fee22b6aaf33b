"""The line that a filter is typed into: it offers what could come next, and says what is wrong where it is."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches

from PySide6.QtCore import QCoreApplication, QPoint, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QInputMethodEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from engine.runs.query import Query, QueryError, Vocabulary, complete, parse
from studio import icons
from studio.theme import SPACE, colors_of
from studio.widgets import Label, Memory, SearchField, Surface, column, tag

HINT = "Filter: words, accuracy > 0.9 and optimizer = Adam"
LEAST = 260
"""Pixels that the sentence has at least."""
MOST = 20
"""Filters that are kept."""
LATER = 120
"""Milliseconds after the last key that the table follows."""


class Kept:
    """Filters that a person kept.

    Args:
        memory: remembers them.
        key: under which name.
    """

    def __init__(self, memory: Memory, key: str) -> None:
        self._memory, self._key = memory, key

    @property
    def filters(self) -> tuple[str, ...]:
        """Those that are kept, the newest first."""
        found = self._memory.get(self._key)
        return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()

    def toggle(self, text: str) -> None:
        """Keep a filter, or forget it if it is kept."""
        others = [one for one in self.filters if one != text]
        self._memory.set(self._key, others if text in self.filters else [text, *others][:MOST])


class FilterField(QWidget):
    """A line with a sentence below it while something is wrong; the table stays as it was meanwhile.

    Args:
        vocabulary: what can be written, None while that is not known yet.
        over: where the sentence lies, below the line.
        kept: the filters that are kept, by the button in the line; and where they are kept.
    """

    asked = Signal(object)
    """A query, or None to show everything."""

    def __init__(self, vocabulary: Callable[[], Vocabulary | None], over: QWidget, kept: Kept) -> None:
        super().__init__()
        self._kept = kept
        self._vocabulary = vocabulary
        self.line = _Line(self._offer)
        self.trouble = Label("", "error", wrap=True)
        self._over = over
        self._bubble = Surface("overlay", parent=over)
        column(self._bubble, margin=SPACE.s).addWidget(self.trouble)
        self._bubble.hide()
        self._timer = QTimer(self, singleShot=True, interval=LATER)
        self._timer.timeout.connect(self._follow)
        self.line.left_alone.connect(self.ask)
        self.line.textChanged.connect(lambda _: self._timer.start())
        self.line.textChanged.connect(lambda _: self._mark())
        self.keep_action = self.line.addAction(icons.icon("pin"), QLineEdit.ActionPosition.TrailingPosition)
        self.keep_action.triggered.connect(lambda _checked: self.keep())
        self._mark()
        self.line.returnPressed.connect(self.ask)
        box = column(self, gap=SPACE.xs)
        box.addWidget(self.line)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Ask for this."""
        self.line.setText(text)
        self.ask()

    def keep(self) -> None:
        """Keep the filter, to be offered in the empty line; one that is kept is forgotten."""
        self._kept.toggle(self.text().strip())
        self._mark()

    def _mark(self) -> None:
        text = self.text().strip()
        kept = text in self._kept.filters
        self.keep_action.setVisible(bool(text))
        self.keep_action.setIcon(icons.icon("pin", colors_of(self).accent if kept else None))
        self.keep_action.setToolTip("Forget this filter" if kept else "Keep this filter: the empty line offers it")

    def _follow(self) -> None:
        """Ask, unless a name within an expression is being chosen: half of one finds nothing."""
        if not (self.line.offering and any(sign in self.text() for sign in "=<>~")):
            self.ask()

    def ask(self) -> None:
        """Have the table follow what is written, if it can be understood."""
        self._timer.stop()
        try:
            query = parse(self.text())
            self._check(query)
        except QueryError as error:
            self._say(str(error), error)
        else:
            self._say("", None)
            self.asked.emit(query)

    def _check(self, query: Query | None) -> None:
        """Raise QueryError for a name that nothing has: it was most likely mistyped."""
        vocabulary = self._vocabulary()
        if query is None or vocabulary is None:
            return
        known = {name.casefold() for name in vocabulary.names}
        for name, start, end in query.names:
            bare = (
                name.casefold().partition(":")[2] if name.casefold().startswith(("best:", "last:", "test:")) else name
            )
            if not any(one == bare.casefold() or one.endswith(f".{bare.casefold()}") for one in known):
                near = get_close_matches(name, vocabulary.names, n=1)
                hint = f" Is {near[0]} meant?" if near else ""
                raise QueryError(f"No run has anything called “{name}”.{hint}", start, end)

    def _say(self, sentence: str, error: QueryError | None) -> None:
        self.trouble.setText(sentence if error is None else f"{sentence} (At character {error.start + 1}.)")
        self._place(shown=bool(sentence))
        self.line.underline(error)
        tag(self.line, wrong=bool(sentence))
        self.line.setToolTip(sentence)

    def _place(self, *, shown: bool) -> None:
        """Let the sentence lie below the line, as wide as that at most."""
        self._bubble.setFixedWidth(max(self.width(), LEAST))
        self._bubble.adjustSize()
        self._bubble.move(self.mapTo(self._over, QPoint(0, self.height() + SPACE.xxs)))
        self._bubble.setVisible(shown)
        self._bubble.raise_()

    def _offer(self) -> tuple[int, int, tuple[str, ...]]:
        vocabulary = self._vocabulary()
        if vocabulary is None:
            return 0, 0, self._kept.filters
        found = complete(self.text(), self.line.cursorPosition(), vocabulary)
        kept = self._kept.filters if not self.text().strip() else ()
        return found.start, found.end, (*kept, *found.options)


class _Line(SearchField):
    """Offers completions below the cursor: Down or Tab takes one, Escape closes the list, then empties the line."""

    left_alone = Signal()
    """The list was closed and nothing taken from it."""

    def __init__(self, offer: Callable[[], tuple[int, int, tuple[str, ...]]]) -> None:
        super().__init__(HINT)
        self._offer = offer
        self._names = QStringListModel(self)
        self._popup = tag(QListView(), kind="popup")
        self.completer_list = QCompleter(self._names, self)
        self.completer_list.setPopup(self._popup)
        self.completer_list.setWidget(self)
        self.completer_list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer_list.setMaxVisibleItems(9)
        self.completer_list.activated.connect(self._take)
        self.textEdited.connect(lambda _: self._show())

    @property
    def offering(self) -> bool:
        """Whether the list is open."""
        return self._popup.isVisible()

    def underline(self, error: QueryError | None) -> None:
        """Mark the place of a mistake, by the door through which Qt marks what is being composed; none unmarks all."""
        marks = []
        if error is not None:
            wave = QTextCharFormat()
            wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            wave.setUnderlineColor(QColor(colors_of(self).error))
            start, length = error.start - self.cursorPosition(), max(error.end - error.start, 1)
            kind = QInputMethodEvent.AttributeType.TextFormat
            marks = [QInputMethodEvent.Attribute(kind, start, length, wave)]
        QCoreApplication.sendEvent(self, QInputMethodEvent("", marks))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._popup
        if popup.isVisible() and event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            index = popup.currentIndex()
            if index.isValid() or event.key() == Qt.Key.Key_Tab:
                self._take(str((index if index.isValid() else self._names.index(0)).data()))
                return
            popup.hide()
        if popup.isVisible() and event.key() == Qt.Key.Key_Escape:
            popup.hide()
            self.left_alone.emit()
            return
        if event.key() == Qt.Key.Key_Down and not popup.isVisible():
            self._show()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return False if self._popup.isVisible() else super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._popup.hide()

    def _show(self) -> None:
        start, _, options = self._offer()
        popup = self._popup
        if not options:
            popup.hide()
            return
        self._names.setStringList(list(options))
        place = self.cursorRect()
        place.setWidth(min(max(popup.sizeHintForColumn(0) + 40, 200), 420))
        place.translate(-self.fontMetrics().horizontalAdvance(self.text()[start : self.cursorPosition()]), 0)
        self.completer_list.complete(place)

    def _take(self, option: str) -> None:
        start, end, _ = self._offer()
        text = self.text()
        ending = "" if text[end : end + 1] == " " else " "
        self.setText(f"{text[:start]}{option}{ending}{text[end:]}")
        self.setCursorPosition(start + len(option) + 1)
        self._popup.hide()
        if self.hasFocus():
            self._show()
