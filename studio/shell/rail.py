"""The rail at the left: one button for each page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QToolButton, QWidget

from studio.theme import SPACE
from studio.widgets import Surface, ToolButton, column, tag

WIDTH = 72


class Rail(Surface):
    """Pages from top to bottom, and a few actions of the window at its end.

    Args:
        pages: one checkable action for each page; one of them is always on.
        window: actions of the window itself.
    """

    def __init__(self, pages: list[QAction], window: list[QAction], *, parent: QWidget | None = None) -> None:
        super().__init__("rail", parent=parent)
        self.setFixedWidth(WIDTH)
        self._group = QActionGroup(self)
        box = column(self, margin=SPACE.s, gap=SPACE.xs)
        for action in pages:
            self._group.addAction(action)
            box.addWidget(_button(action))
        box.addStretch(1)
        for action in window:
            box.addWidget(ToolButton.of(action), 0, Qt.AlignmentFlag.AlignHCenter)


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    button.setIconSize(QSize(22, 22))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setFixedSize(WIDTH - 2 * SPACE.s, 54)
    return tag(button, kind="rail")
