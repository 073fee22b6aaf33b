"""The tabs of the open projects; one project alone needs none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from studio import icons
from studio.declaring import Deed, Kind, declare
from studio.theme import RADIUS, SPACE, Theme

if TYPE_CHECKING:
    from studio.context import Studio
    from studio.sheets import Sheet
    from studio.shell.filing import Filing

SIDE = 18
"""Pixels of the square at a tab's end that closes it."""


class Tabs(QTabBar):
    """A tab for each open project: click, Ctrl+Tab, drag to move, middle click or the cross to close.

    Args:
        studio: the window's parts.
        filing: asks about edits before a tab is closed.
    """

    def __init__(self, studio: Studio, filing: Filing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._filing = studio, filing
        self._sheets = studio.document.sheets
        self._shown: list[Sheet] = []
        self.setObjectName("sheets")
        self.setAccessibleName("Open projects")
        self.setMovable(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._declare()
        self.currentChanged.connect(self._bring)
        self.tabMoved.connect(self._moved)
        self._sheets.changed.connect(self.refresh)
        studio.document.changed.connect(self.refresh)  # a project's name is part of it
        self.refresh()

    def refresh(self) -> None:
        """Show which projects are open, what they are called and which have edits."""
        sheets = list(self._sheets)
        self.blockSignals(True)  # what is shown here was done already
        while self.count() > len(sheets):
            self.removeTab(self.count() - 1)
        while self.count() < len(sheets):
            self._add()
        for place, sheet in enumerate(sheets):
            self._label(place, sheet)
        self.setCurrentIndex(sheets.index(self._sheets.front))
        self.blockSignals(False)
        self._shown = sheets
        self.setVisible(len(sheets) > 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.tabAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.MiddleButton and place >= 0:
            self._filing.close(self._shown[place])
            return
        super().mouseReleaseEvent(event)

    def tabSizeHint(self, index: int) -> QSize:
        return super().tabSizeHint(index).boundedTo(QSize(240, 200)).expandedTo(QSize(120, 0))

    def _add(self) -> None:
        button = CloseButton(self._studio.theme)
        button.clicked.connect(lambda: self._filing.close(self._shown[self._place_of(button)]))
        self.setTabButton(self.addTab(""), QTabBar.ButtonPosition.RightSide, button)

    def _place_of(self, button: CloseButton) -> int:
        side = QTabBar.ButtonPosition.RightSide
        return next(place for place in range(self.count()) if self.tabButton(place, side) is button)

    def _label(self, place: int, sheet: Sheet) -> None:
        name = sheet.name.replace("&", "&&")
        if self.tabText(place) != name:
            self.setTabText(place, name)
        self.setTabToolTip(place, told(sheet))
        button = self.tabButton(place, QTabBar.ButtonPosition.RightSide)
        assert isinstance(button, CloseButton)
        button.setAccessibleName(f"Close {sheet.name}")
        button.setToolTip(f"Close {sheet.name}")
        button.show_dirty(sheet.dirty)

    def _bring(self, place: int) -> None:
        if 0 <= place < len(self._shown):
            self._sheets.bring(self._shown[place])

    def _moved(self, old: int, new: int) -> None:
        self._shown.insert(new, self._shown.pop(old))
        self._sheets.move(old, new)

    def _declare(self) -> None:
        def several() -> bool:
            return len(self._sheets) > 1

        step = self._sheets.step
        declare(
            self._studio.actions,
            Kind(name="file", menu="File", section="tabs"),
            Deed("close_tab", "Close the project", self._filing.close, "Ctrl+W"),
            Deed("next_tab", "Next project", partial(step, 1), "Ctrl+Tab", enabled=several),
            Deed("previous_tab", "Previous project", partial(step, -1), "Ctrl+Shift+Tab", enabled=several),
        )
        self._sheets.changed.connect(self._studio.actions.refresh)


class CloseButton(QToolButton):
    """A cross; over edits that no file has, a dot, until the mouse comes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._dirty = False
        self.setFixedSize(SIDE + SPACE.s, SIDE)  # it keeps its distance from the tab's end
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_dirty(self, dirty: bool) -> None:
        if dirty != self._dirty:
            self._dirty = dirty
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, over = self._theme.colors, self.underMouse()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        place = QRectF(0, 0, SIDE, SIDE)
        middle = place.center()
        if over:
            painter.setBrush(QColor(colors.pressed))
            painter.drawRoundedRect(place, RADIUS.s, RADIUS.s)
        if self._dirty and not over:
            painter.setBrush(QColor(colors.accent))
            painter.drawEllipse(middle, 4, 4)
        else:
            square = QRectF(middle - QPointF(6, 6), QSize(12, 12))
            icons.paint(painter, square, "close", colors.text if over else colors.muted)
        painter.end()


def told(sheet: Sheet) -> str:
    """Where a project comes from, for a tooltip."""
    place = str(sheet.path) if sheet.path else f"From the run {sheet.origin}" if sheet.origin else "Not saved yet"
    return f"{place}\nWith edits that are not saved" if sheet.dirty else place
