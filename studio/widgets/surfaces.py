"""What things lie on: cards, panels, lines, split areas, scrolling columns, and a place with nothing in it yet."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from studio.theme import SPACE
from studio.widgets.buttons import Button
from studio.widgets.labels import Label, SectionHeader
from studio.widgets.picture import Picture
from studio.widgets.style import column, tag


class Memory(Protocol):
    """Something that remembers small values between sessions, such as the studio's settings."""

    def get(self, key: str, default: Any = None) -> Any: ...

    def set(self, key: str, value: Any) -> None: ...


class Surface(QFrame):
    """A frame with one of the surfaces window, panel, card, overlay, sunken, rail, bar, status."""

    def __init__(self, surface: str = "panel", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tag(self, surface=surface)


class Card(Surface):
    """A rounded box with an optional title; add widgets to `body` and buttons to `header`."""

    def __init__(self, title: str = "", *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__("card", parent=parent)
        self.body: QVBoxLayout = column(self, margin=SPACE.l, gap=SPACE.m)
        self.header = SectionHeader(title, hint=hint)
        self.header.setVisible(bool(title))
        self.body.addWidget(self.header)


class Line(QFrame):
    """A hairline between two things."""

    def __init__(self, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tag(self, line=True)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Split(QSplitter):
    """Areas side by side whose sizes are remembered under a key.

    Args:
        key: names the split in the memory.
        memory: where sizes are kept; none keeps nothing.
        sizes: pixels of each area the first time.
    """

    def __init__(
        self, key: str, *, memory: Memory | None = None, sizes: tuple[int, ...] = (), vertical: bool = False
    ) -> None:
        super().__init__(Qt.Orientation.Vertical if vertical else Qt.Orientation.Horizontal)
        self._key = f"split/{key}"
        self._memory = memory
        self._first = sizes
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.splitterMoved.connect(self._remember)

    def fill(self, *widgets: QWidget, stretch: int = 0) -> Split:
        """Put the areas in; the one at place `stretch` takes what room is left over."""
        for place, widget in enumerate(widgets):
            self.addWidget(widget)
            self.setStretchFactor(place, int(place == stretch))
        self.setSizes(self._kept(len(widgets)) or list(self._first))
        return self

    def _kept(self, count: int) -> list[int]:
        kept = self._memory.get(self._key) if self._memory else None
        usable = isinstance(kept, list) and len(kept) == count and all(isinstance(size, int) for size in kept)
        return list(kept) if usable and kept else []

    def _remember(self) -> None:
        if self._memory:
            self._memory.set(self._key, self.sizes())


class Scroll(QScrollArea):
    """A column that scrolls up and down; add widgets to `body`."""

    def __init__(self, *, margin: int = SPACE.l, gap: int = SPACE.m, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        self.body: QVBoxLayout = column(inside, margin=margin, gap=gap)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class EmptyState(QWidget):
    """What a page shows when it has nothing: an icon, what would be here, and the button that brings it.

    Connect to `button.clicked`; without a button text there is none.
    """

    def __init__(
        self, icon: str, title: str, sentence: str, *, button: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        box = column(self, margin=SPACE.xxl, gap=SPACE.s)
        picture = Picture(icon, tone="faint", size=40)
        self._title = Label(title, "title", wrap=True)
        self._sentence = Label(sentence, "muted", wrap=True)
        self.button = Button(button, kind="primary")
        self.button.setVisible(bool(button))
        box.addStretch(2)
        box.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (self._title, self._sentence):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(words)
        box.addSpacing(SPACE.s)
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)

    def set_text(self, title: str, sentence: str) -> None:
        self._title.setText(title)
        self._sentence.setText(sentence)
