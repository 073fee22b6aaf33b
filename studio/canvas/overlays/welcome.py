"""The card that a person sees once: the few things one has to know to draw a network."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from studio.actions import Actions
from studio.canvas.layout.geometry import WIDTH
from studio.theme import SPACE
from studio.widgets import Button, Label, Memory, Surface, column, row, tag

KNOWN = "design/knows_canvas"
"""The setting that it was read."""
BAR = SPACE.m + 44 + SPACE.s
"""Pixels that the buttons below take, with the space around them."""
HINTS = (
    ("Tab", "Add a layer"),
    ("Drag a port", "Draw a wire"),
    ("Wheel", "Zoom"),
    ("Space+drag", "Move the paper"),
    ("Ctrl+Z", "Take anything back"),
)


class Welcome(Surface):
    """Stands in the lower left corner of a widget, above its buttons, until it is closed, and then never again.

    Args:
        over: where it stands.
        actions: shows the cheat sheet.
        memory: where it is kept that it was read.
    """

    closed = Signal()

    def __init__(self, over: QWidget, actions: Actions, memory: Memory) -> None:
        super().__init__("overlay", parent=over)
        self._over = over
        self._memory = memory
        self._box = box = column(self, margin=SPACE.m, gap=SPACE.s)
        self._words = QWidget()
        told = column(self._words, gap=SPACE.s)
        told.addWidget(Label("Drawing a network", "strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.m)
        grid.setVerticalSpacing(SPACE.xs)
        for line, (keys, words) in enumerate(HINTS):
            grid.addWidget(tag(Label(keys), keycap=True), line, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Label(words, "label"), line, 1)
        told.addLayout(grid)
        box.addWidget(self._words)
        buttons = row(gap=SPACE.s)
        self.done = Button("Got it", kind="primary")
        self.more = Button("All keys", kind="quiet", tip="Keyboard and mouse (?)")
        self.done.clicked.connect(self.dismiss)
        self.more.clicked.connect(lambda: actions.trigger("help.keys"))
        buttons.addWidget(self.done)
        buttons.addWidget(self.more)
        buttons.addStretch(1)
        box.addLayout(buttons)
        over.installEventFilter(self)
        self.setVisible(not memory.get(KNOWN, False))
        self._place()

    def dismiss(self) -> None:
        """Go, and remember that."""
        self._memory.set(KNOWN, True)
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return False

    def _place(self) -> None:
        """Stand in the corner; where there is no room beside a network in the middle, the buttons alone."""
        room = (self._over.width() - WIDTH) // 2 - SPACE.m
        wordy = self._words.sizeHint().width() + 2 * SPACE.m <= room
        self._words.setVisible(wordy)
        self._box.setContentsMargins(*[SPACE.m if wordy else SPACE.xs] * 4)
        self.adjustSize()
        self.move(SPACE.m, self._over.height() - self.height() - BAR)
        self.raise_()
