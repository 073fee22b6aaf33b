"""A small card that asks for one or two whole numbers before something is done; it stands in nobody's way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QSpinBox, QWidget

from studio.theme import SPACE
from studio.widgets.buttons import Button, ToolButton
from studio.widgets.labels import Label
from studio.widgets.style import column, row
from studio.widgets.surfaces import Surface

WIDTH = 340


@dataclass(frozen=True, kw_only=True)
class Number:
    """A whole number that is asked for, from the least to the most."""

    key: str
    label: str
    value: int
    least: int
    most: int
    tip: str = ""


class Ask(Surface):
    """The card: Return does it, Escape or a click elsewhere leaves it.

    Args:
        title: what will be done.
        parent: the window that it lies on.
    """

    accepted = Signal(dict)
    """What was typed, by key."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__("overlay", parent=parent)
        self._window = parent
        self._before: QWidget | None = None
        self._says: Callable[[Mapping[str, int]], str] = lambda _: ""
        self.fields: dict[str, QSpinBox] = {}
        self.setAccessibleName(title)
        self.setFixedWidth(WIDTH)
        self.sentence = Label("", "muted", wrap=True)
        self.go = Button("", kind="primary", icon="play")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE.m)
        self._grid.setVerticalSpacing(SPACE.s)
        self._grid.setColumnStretch(1, 1)
        self._lay_out(title)
        self.go.clicked.connect(self._accept)
        self.hide()

    @property
    def values(self) -> dict[str, int]:
        """What is typed now, by key."""
        return {key: field.value() for key, field in self.fields.items()}

    def ask(self, numbers: Sequence[Number], *, button: str, says: Callable[[Mapping[str, int]], str]) -> None:
        """Ask for these; `says` tells in a sentence what the numbers mean, as they are typed."""
        self._says = lambda _: ""  # not before all that it speaks of is there
        self.go.setText(button)
        for number in numbers:
            field = self._field(number)
            field.setRange(number.least, number.most)
            field.setValue(number.value)
        self._says = says
        self._tell()

    def open_at(self, corner: QPoint) -> None:
        """Show it with its upper right corner here, in the window's pixels, or as near as it fits."""
        self._before = self._window.focusWidget()
        self.adjustSize()
        room = self._window.size()
        left = max(SPACE.s, min(corner.x(), room.width() - SPACE.s) - self.width())
        self.move(left, max(SPACE.s, min(corner.y(), room.height() - self.height() - SPACE.s)))
        self.show()
        self.raise_()
        first = next(iter(self.fields.values()))
        first.setFocus()
        first.selectAll()
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def leave(self) -> None:
        """Hide it and give the focus back."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.hide()
        (self._before or self._window).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave at a click elsewhere."""
        pressed = watched if event.type() is QEvent.Type.MouseButtonPress and isinstance(watched, QWidget) else self
        if pressed is not self and not self.isAncestorOf(pressed):
            self.leave()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # else it would be a click on what lies below

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._accept()
        else:
            super().keyPressEvent(event)

    def _accept(self) -> None:
        for field in self.fields.values():
            field.interpretText()
        values = self.values
        self.leave()
        self.accepted.emit(values)

    def _tell(self) -> None:
        self.sentence.setText(self._says(self.values))
        self.adjustSize()

    def _field(self, number: Number) -> QSpinBox:
        if number.key not in self.fields:
            field = self.fields[number.key] = QSpinBox()
            field.setAccessibleName(number.label)
            field.setToolTip(number.tip)
            field.setGroupSeparatorShown(True)
            field.valueChanged.connect(self._tell)
            line = len(self.fields) - 1
            self._grid.addWidget(Label(number.label, "label"), line, 0)
            self._grid.addWidget(field, line, 1)
        return self.fields[number.key]

    def _lay_out(self, title: str) -> None:
        box = column(self, margin=SPACE.l, gap=SPACE.m)
        head = row(gap=SPACE.s)
        shut = ToolButton("close", "Close")
        shut.clicked.connect(self.leave)
        head.addWidget(Label(title, "title"))
        head.addStretch(1)
        head.addWidget(shut)
        foot = row(gap=SPACE.s)
        foot.addStretch(1)
        foot.addWidget(self.go)
        box.addLayout(head)
        box.addLayout(self._grid)
        box.addWidget(self.sentence)
        box.addLayout(foot)
