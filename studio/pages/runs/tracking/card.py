"""A card with a few fields that lies over the page, never in its way: Escape puts it away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from studio.theme import SPACE
from studio.widgets import Button, Label, Surface, ToolButton, column, row

WIDTH = 420


class FieldsCard(Surface):
    """A title, a sentence, fields, and a button that does it.

    Args:
        title: what it is about.
        does: the button's text.
        parent: the page it lies on, in whose upper right corner it stands.
    """

    wanted = Signal()
    """The button was pressed, or Return in a field."""

    def __init__(self, title: str, does: str, parent: QWidget) -> None:
        super().__init__("overlay", parent=parent)
        self._page = parent
        self.setAccessibleName(title)
        self.setFixedWidth(WIDTH)
        self.fields: dict[str, QLineEdit] = {}
        self.about = Label("", "muted", wrap=True)
        self.trouble = Label("", "error", wrap=True)
        self.button = Button(does, kind="primary")
        self._box = column(self, margin=SPACE.l, gap=SPACE.m)
        self._heading = Label(title, "title")
        shut = ToolButton("close", "Close")
        shut.clicked.connect(self.put_away)
        head = row(gap=SPACE.s)
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(shut)
        self._box.addLayout(head)
        self._box.addWidget(self.about)
        self.button.clicked.connect(self.wanted)
        parent.installEventFilter(self)
        self.hide()

    def add_field(self, name: str, label: str, *, placeholder: str = "") -> QLineEdit:
        """Add a line to write in."""
        field = self.fields[name] = QLineEdit()
        field.setPlaceholderText(placeholder)
        field.setAccessibleName(label)
        field.returnPressed.connect(self.wanted)
        part = column(gap=SPACE.xs)
        part.addWidget(Label(label, "label"))
        part.addWidget(field)
        self._box.addLayout(part)
        return field

    def finish(self) -> None:
        """Add what stands below the fields."""
        self._box.addWidget(self.trouble)
        foot = row(gap=SPACE.s)
        foot.addStretch(1)
        foot.addWidget(self.button)
        self._box.addLayout(foot)

    def bring(self, about: str) -> None:
        """Show it with a sentence; the first field is written in."""
        self.about.setText(about)
        self.say("")
        self.button.setEnabled(True)
        self.show()
        self.raise_()
        self._place()
        first = next(iter(self.fields.values()))
        first.setFocus()
        first.selectAll()

    def say(self, trouble: str) -> None:
        """Say what keeps it from being done; nothing for nothing."""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.button.setEnabled(True)
        self._place()

    def put_away(self) -> None:
        """Hide it, and give the page the keyboard back."""
        self.hide()
        self._page.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # else it would be a click on what lies below

    def _place(self) -> None:
        room = self._page.size()
        self.setFixedWidth(min(WIDTH, room.width() - 2 * SPACE.m))
        self.setFixedHeight(self._box.totalHeightForWidth(self.width()))
        self.move(room.width() - self.width() - SPACE.m, SPACE.xxl + SPACE.m)
