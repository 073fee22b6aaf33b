"""Everything a person can do, declared once; menus, shortcuts and the command palette are views of this list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from studio import icons

GROUPS = ("File", "Edit", "View", "Network", "Run", "Help")


def always() -> bool:
    """The condition of an action that can be done at any time."""
    return True


@dataclass(frozen=True, kw_only=True)
class Action:
    """One thing that can be done.

    Args:
        id: stable name such as `edit.undo`.
        text: what menus and the palette call it.
        handler: does it.
        group: the menu it stands in, one of `GROUPS`.
        shortcut: keys as Qt writes them, `Ctrl+Z`; several are separated by `; `.
        enabled: whether it can be done now; asked whenever `Actions.refresh` is called.
        checked: for actions that are on or off, which of the two it is now.
        owner: the widget within which the shortcut works; none means the whole window.
        section: actions of one section stand together in the menu.
        submenu: the menu within the menu that it stands in, for many of a kind such as alignments.
        phrase: what the command palette calls it, where the text needs its menu to be understood.
        wording: what it is called now, for actions such as Mute and Unmute; asked as `enabled` is.
    """

    id: str
    text: str
    handler: Callable[[], object]
    group: str
    shortcut: str = ""
    icon: str = ""
    enabled: Callable[[], bool] = always
    checked: Callable[[], bool] | None = None
    owner: QWidget | None = None
    section: str = ""
    submenu: str = ""
    phrase: str = ""
    wording: Callable[[], str] | None = None


@dataclass(frozen=True, kw_only=True)
class Gesture:
    """Something that the mouse does, for people to read.

    Args:
        hand: how the hand moves, such as `Drag from a port`.
        text: what that does.
    """

    hand: str
    text: str


class Actions(QObject):
    """The list of declared actions, each with the `QAction` made from it."""

    added = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._declared: dict[str, Action] = {}
        self._made: dict[str, QAction] = {}
        self._window: QWidget | None = None
        self.gestures: tuple[Gesture, ...] = ()
        """What the mouse does besides."""

    def explain(self, *gestures: Gesture) -> None:
        """Declare what the mouse does; what was said already is not said twice."""
        self.gestures = tuple(dict.fromkeys((*self.gestures, *gestures)))

    def add(self, action: Action) -> QAction:
        """Declare an action; one with the same id replaces the older one, as when a page is made again."""
        assert action.group in GROUPS, f"no menu is called {action.group}"
        if (old := self._made.pop(action.id, None)) is not None:
            old.deleteLater()
        made = _made(action, self)
        self._declared[action.id] = action
        self._made[action.id] = made
        if (place := action.owner or self._window) is not None:
            place.addAction(made)
        self._refresh(action.id)
        self.added.emit(action.id)
        return made

    def attach(self, window: QWidget) -> None:
        """Let the shortcuts work within this window, and the actions end with it."""
        self.setParent(window)
        self._window = window
        for name, action in self._declared.items():
            if action.owner is None:
                window.addAction(self._made[name])

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def __contains__(self, name: str) -> bool:
        return name in self._made

    def __iter__(self) -> Iterator[Action]:
        return iter(tuple(self._declared.values()))

    def of(self, group: str) -> tuple[Action, ...]:
        """The actions of one menu, sections together, in the order they were declared."""
        found = [action for action in self if action.group == group]
        sections = list(dict.fromkeys(action.section for action in found))
        return tuple(sorted(found, key=lambda action: sections.index(action.section)))

    def trigger(self, name: str) -> None:
        """Do it, if it can be done now."""
        self._refresh(name)
        self._made[name].trigger()

    def refresh(self) -> None:
        """Ask every action again whether it can be done."""
        for name in self._declared:
            self._refresh(name)

    def _refresh(self, name: str) -> None:
        action, made = self._declared[name], self._made[name]
        made.setEnabled(action.enabled())
        if action.wording is not None:
            made.setText(action.wording())
        if action.checked is not None:
            made.setChecked(action.checked())


def _made(action: Action, parent: QObject) -> QAction:
    made = QAction(action.text, parent)
    made.setObjectName(action.id)
    made.setCheckable(action.checked is not None)
    if action.icon:
        made.setIcon(icons.icon(action.icon))
    keys = [QKeySequence(keys) for keys in action.shortcut.split("; ") if keys]
    made.setShortcuts(keys)
    inside = Qt.ShortcutContext.WidgetWithChildrenShortcut if action.owner else Qt.ShortcutContext.WindowShortcut
    made.setShortcutContext(inside)
    hint = f"  {keys[0].toString(QKeySequence.SequenceFormat.NativeText)}" if keys else ""
    made.setToolTip(f"{action.text}{hint}")
    made.triggered.connect(lambda _checked: action.handler())
    return made
