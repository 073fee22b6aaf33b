"""Everything that can be done, with its keys, and what the mouse does: one page over the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.actions import GROUPS, Action, Actions, Gesture
from studio.theme import SPACE
from studio.widgets import Label, Line, Scroll, SearchField, Surface, ToolButton, column, row, tag

WIDEST, TALLEST = 1040, 760
COLUMN = 300
"""Pixels that a column needs at least."""
MOUSE = "Mouse"


@dataclass(frozen=True)
class Entry:
    """One line: what is done, and by which keys or movement of the hand."""

    text: str
    keys: tuple[str, ...]

    def matches(self, typed: str) -> bool:
        """Whether every word that was typed occurs in it."""
        whole = f"{self.text} {' '.join(self.keys)}".lower()
        return all(word in whole for word in typed.lower().split())


def entries(actions: Actions) -> Iterator[tuple[str, list[Entry]]]:
    """The lines by group: the menus in their order, each with those that have keys first, and then the mouse."""
    for group in GROUPS:
        every = [_of_action(action) for action in actions.of(group)]
        yield group, sorted(every, key=lambda entry: not entry.keys)
    yield MOUSE, [_of_gesture(gesture) for gesture in actions.gestures]


def _of_action(action: Action) -> Entry:
    keys = [QKeySequence(keys) for keys in action.shortcut.split("; ") if keys]
    native = QKeySequence.SequenceFormat.NativeText
    return Entry((action.phrase or action.text).removesuffix("…"), tuple(one.toString(native) for one in keys))


def _of_gesture(gesture: Gesture) -> Entry:
    return Entry(gesture.text, (gesture.hand,))


class CheatSheet(Surface):
    """A page over the window that Escape closes; typing leaves what matches.

    Args:
        actions: what can be done.
        parent: the window it lies over.
    """

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__("overlay", parent=parent)
        self._actions = actions
        self._back: QWidget | None = None
        self.filter = SearchField("Search keys and commands")
        self.filter.textChanged.connect(self.refresh)
        self.filter.installEventFilter(self)
        close = ToolButton("close", "Close")
        close.clicked.connect(self.close_sheet)
        head = row(gap=SPACE.l)
        head.setContentsMargins(SPACE.xl, SPACE.l, SPACE.l, SPACE.m)
        head.addWidget(Label("Keyboard and mouse", "title"))
        head.addWidget(self.filter, 1)
        head.addWidget(close)
        self.area = Scroll(margin=0, gap=0)
        box = column(self)
        box.addLayout(head)
        box.addWidget(Line())
        box.addWidget(self.area, 1)
        self._content = QWidget(self)
        self.hide()

    def open(self) -> None:
        """Show everything."""
        self._back = self.window().focusWidget()
        room = self.window().rect()
        wide, high = min(WIDEST, room.width() - 2 * SPACE.xl), min(TALLEST, room.height() - 2 * SPACE.xxl)
        self.setGeometry((room.width() - wide) // 2, (room.height() - high) // 2, wide, high)
        self.filter.clear()
        self.refresh()
        self.show()
        self.raise_()
        self.filter.setFocus()

    def close_sheet(self) -> None:
        """Hide it and give the focus back."""
        self.hide()
        if self._back is not None:
            self._back.setFocus()

    def shown(self) -> tuple[Entry, ...]:
        """The lines that match what is typed."""
        typed = self.filter.text()
        return tuple(entry for _, every in entries(self._actions) for entry in every if entry.matches(typed))

    def refresh(self) -> None:
        """Lay out what matches, in as many columns as there is room for."""
        typed = self.filter.text()
        groups = [(name, [entry for entry in every if entry.matches(typed)]) for name, every in entries(self._actions)]
        self._content.hide()
        self._content.deleteLater()
        self._content = _columns([group for group in groups if group[1]], max(self.width() // COLUMN, 1))
        self.area.body.addWidget(self._content)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escaped = (
            isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape
        )
        if watched is self.filter and escaped:
            self.close_sheet()
            return True
        return False


def _columns(groups: list[tuple[str, list[Entry]]], count: int) -> QWidget:
    """Groups one below the other, each in the column that is shortest so far."""
    whole = QWidget()
    line: QHBoxLayout = row(whole, margin=SPACE.xl, gap=SPACE.xl)
    sides: list[QVBoxLayout] = [column(gap=SPACE.xs) for _ in range(count)]
    heights = [0] * count
    for side in sides:
        line.addLayout(side, 1)
    for name, every in groups:
        place = heights.index(min(heights))
        heights[place] += len(every) + 2
        sides[place].addWidget(Label(name, "section"))
        for entry in every:
            sides[place].addWidget(_line(entry))
        sides[place].addSpacing(SPACE.l)
    if not groups:
        sides[0].addWidget(Label("Nothing is called that.", "muted"))
    for side in sides:
        side.addStretch(1)
    return whole


def _line(entry: Entry) -> QWidget:
    made = QWidget()
    line = row(made, gap=SPACE.xs)
    line.addWidget(Label(entry.text, wrap=True), 1)
    for keys in entry.keys:
        line.addWidget(tag(Label(keys), keycap=True), 0, Qt.AlignmentFlag.AlignTop)
    return made
