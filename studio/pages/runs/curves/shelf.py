"""The menu of kept views: come back to one, keep the layout as another, forget one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget, QWidgetAction

from studio.pages.runs.curves.saved import Saved
from studio.theme import SPACE
from studio.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.messages import Messages

PLAIN = "Views"


class Shelf(QObject):
    """Fills the menu of a button.

    Args:
        saved: the views.
        button: shows which view is open, and has the menu.
        messages: where a deletion can be taken back.
        opened: told that another layout is wanted.
    """

    def __init__(self, saved: Saved, button: QPushButton, messages: Messages, opened: Callable[[], object]) -> None:
        super().__init__(button)
        self._saved, self._button, self._messages, self._opened = saved, button, messages, opened
        self.menu = QMenu(button)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Keep this view as …")
        self.field.setAccessibleName("Name of the view")
        self.field.setMinimumWidth(200)
        self.field.returnPressed.connect(self._keep)
        holder = QWidget()
        row(holder, margin=SPACE.xs).addWidget(self.field)
        self._naming = QWidgetAction(self)  # not the menu's own, which would end with what the menu shows
        self._naming.setDefaultWidget(holder)
        self.menu.aboutToShow.connect(self._fill)
        button.setMenu(self.menu)
        saved.changed.connect(self.tell)
        self.tell()

    def tell(self) -> None:
        """Say on the button which view is open, with a dot where it was changed since."""
        name = self._saved.name
        self._button.setText(f"{name}{' •' if self._saved.edited else ''}" if name else PLAIN)

    def open(self, name: str) -> None:
        """Come back to a view."""
        self._saved.open(name)
        self._opened()
        self.tell()

    def delete(self, name: str) -> None:
        """Forget a view; the message has the way back."""
        undo = self._saved.delete(name)
        self._messages.post(f"The view “{name}” was deleted.", key="views", actions={"Undo": undo})

    def name_it(self) -> None:
        """Ask, in the menu, under which name the layout shall be kept."""
        self.menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))
        self.field.setFocus()

    def _keep(self) -> None:
        name = self.field.text().strip()
        if name:
            self._saved.keep(name)
            self.field.clear()
            self.menu.close()

    def _fill(self) -> None:
        menu, names = self.menu, self._saved.names
        menu.clear()
        for name in names:
            action = menu.addAction(name, partial(self.open, name))
            action.setCheckable(True)
            action.setChecked(name == self._saved.name)
        if names:
            menu.addSeparator()
        if self._saved.edited:
            open_one = self._saved.name
            menu.addAction(f"Keep changes in “{open_one}”", lambda: self._saved.keep(open_one))
            menu.addAction(f"Back to “{open_one}” as it was kept", lambda: self.open(open_one))
        menu.addAction(self._naming)
        if names:
            deleting = menu.addMenu("Delete")
            for name in names:
                deleting.addAction(name, partial(self.delete, name))
