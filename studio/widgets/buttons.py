"""Buttons, and the field that one searches with."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton, QWidget

from studio import icons
from studio.theme import DARK
from studio.widgets.style import tag


class Button(QPushButton):
    """A button of the kinds default, primary, danger, quiet, link."""

    def __init__(
        self, text: str, *, kind: str = "default", icon: str = "", tip: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tip)
        self.setIconSize(QSize(16, 16))
        self.set_kind(kind)

    def set_kind(self, kind: str) -> None:
        """Make it a button of another kind, its icon with it."""
        tag(self, kind=kind)
        if self._icon:
            self.setIcon(icons.icon(self._icon, DARK.on_accent if kind == "primary" else None))


class ToolButton(QToolButton):
    """A square button with an icon; its tooltip names it for everybody, readers of the screen included."""

    def __init__(self, icon: str, tip: str, *, checkable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(icons.icon(icon))
        self.setIconSize(QSize(18, 18))
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @classmethod
    def of(cls, action: QAction, *, parent: QWidget | None = None) -> ToolButton:
        """A button that shows and triggers an action."""
        made = cls.__new__(cls)
        QToolButton.__init__(made, parent)
        made.setDefaultAction(action)
        made.setIconSize(QSize(18, 18))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made


class SearchField(QLineEdit):
    """A line to type a search into; Escape empties it."""

    def __init__(self, hint: str = "Search", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tag(self, kind="search")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
