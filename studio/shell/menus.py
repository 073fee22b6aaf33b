"""The menu bar: a view of the declared actions."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from studio.actions import GROUPS, Actions


def menu_bar(actions: Actions, parent: QWidget | None = None) -> QMenuBar:
    """A bar with a menu for each group; menus are filled when they open, so that pages may declare actions late."""
    bar = QMenuBar(parent)
    for group in GROUPS:
        _filled_late(bar.addMenu(group), actions, group)
    return bar


def compact_menu(actions: Actions, parent: QWidget) -> QMenu:
    """The same menus inside one, for a window too narrow for a bar."""
    whole = QMenu(parent)
    for group in GROUPS:
        _filled_late(whole.addMenu(group), actions, group)
    return whole


def _filled_late(menu: QMenu, actions: Actions, group: str) -> None:
    menu.setToolTipsVisible(True)
    menu.aboutToShow.connect(partial(fill, menu, actions, group))


def fill(menu: QMenu, actions: Actions, group: str) -> None:
    """Put the actions of a group into a menu, a line between sections."""
    menu.clear()
    actions.refresh()
    section: str | None = None
    within: dict[str, QMenu] = {}
    for action in actions.of(group):
        if section is not None and action.section != section:
            menu.addSeparator()
        section = action.section
        if action.submenu and action.submenu not in within:
            within[action.submenu] = menu.addMenu(action.submenu)
        within.get(action.submenu, menu).addAction(actions[action.id])
    if menu.isEmpty():
        menu.addAction("Nothing here on this page").setEnabled(False)
