"""How the Runs page declares what can be done with runs: one line a deed, and once what many have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from studio.actions import Action, Actions, always


class Deed(NamedTuple):
    """Something that can be done with runs; its action is called `runs.` and its name."""

    name: str
    text: str
    handler: Callable[[], object]
    keys: str = ""
    icon: str = ""
    enabled: Callable[[], bool] = always


def declare(
    actions: Actions,
    *deeds: Deed,
    owner: QWidget,
    section: str,
    submenu: str = "",
    phrase: Callable[[str], str] = lambda _: "",
) -> dict[str, QAction]:
    """Declare deeds of one kind; return their actions by name.

    Args:
        actions: the window's.
        deeds: what can be done, in the order of the menu.
        owner: the widget within which keys work.
        section: under which they stand together in the menu.
        submenu: the menu within the menu that they stand in.
        phrase: from a deed's text, what the command palette calls it where the text needs its menu.
    """
    return {
        deed.name: actions.add(
            Action(
                id=f"runs.{deed.name}",
                text=deed.text,
                handler=deed.handler,
                group="Run",
                shortcut=deed.keys,
                icon=deed.icon,
                enabled=deed.enabled,
                owner=owner,
                section=section,
                submenu=submenu,
                phrase=phrase(deed.text),
            )
        )
        for deed in deeds
    }
