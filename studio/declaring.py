"""How a part of the window declares what can be done with its things: one line a deed, and once what they share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from studio.actions import Action, Actions, always


def nothing(_: str) -> str:
    """The phrase of deeds whose text says enough by itself."""
    return ""


class Deed(NamedTuple):
    """Something that can be done."""

    name: str
    text: str
    handler: Callable[[], object]
    keys: str = ""
    icon: str = ""
    enabled: Callable[[], bool] = always
    phrase: str = ""
    """What the command palette calls it, where the text needs its menu to be understood."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What deeds that stand together have in common.

    Args:
        name: what they are done with, such as `runs`: the first word of each action's id.
        menu: they stand in this one.
        section: under which they stand together there.
        submenu: the menu within the menu.
        owner: the widget within which their keys work; none means the whole window.
        phrase: from a deed's text, what the command palette calls it where the deed does not say.
    """

    name: str
    menu: str = "Run"
    section: str = ""
    submenu: str = ""
    owner: QWidget | None = None
    phrase: Callable[[str], str] = nothing


def declare(actions: Actions, kind: Kind, *deeds: Deed) -> dict[str, QAction]:
    """Declare deeds of one kind, in the order of the menu; return their actions by name."""
    return {
        deed.name: actions.add(
            Action(
                id=f"{kind.name}.{deed.name}",
                text=deed.text,
                handler=deed.handler,
                group=kind.menu,
                shortcut=deed.keys,
                icon=deed.icon,
                enabled=deed.enabled,
                owner=kind.owner,
                section=kind.section,
                submenu=kind.submenu,
                phrase=deed.phrase or kind.phrase(deed.text),
            )
        )
        for deed in deeds
    }
