"""The way one came into a block, each step of it a way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from studio.canvas.canvas import Canvas
from studio.canvas.showing import Level, networks_along
from studio.theme import SPACE
from studio.widgets import Button, Label, Surface, row
from studio.widgets.picture import Picture


class Trail(Surface):
    """A breadcrumb such as model, stage, unit; hidden where one is in no block.

    Args:
        canvas: whose place it tells.
        parent: what it lies over.
    """

    def __init__(self, canvas: Canvas, *, parent: QWidget) -> None:
        super().__init__("overlay", parent=parent)
        self._canvas = canvas
        self._line = row(self, gap=0)
        self._line.setContentsMargins(SPACE.xs, 2, SPACE.m, 2)
        self._shown: tuple[str, ...] = ()
        self.hide()
        self.setAccessibleName("The blocks that were entered")
        canvas.showing.changed.connect(self.refresh)
        canvas.document.changed.connect(self.refresh)
        self.refresh()

    @property
    def names(self) -> tuple[str, ...]:
        """The networks from the outermost to the one that is shown."""
        return self._shown

    def refresh(self) -> None:
        """Tell where one is now."""
        level = self._canvas.showing.level
        names = networks_along(self._canvas.document.project, level) if level.path else ()
        if names == self._shown:
            return
        self._shown = names
        while (item := self._line.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for depth, name in enumerate(names[:-1]):
            self._add(self._step(name, Level(level.root, level.path[:depth])))
            self._add(Picture("chevron-right", tone="faint", size=14))
        if names:
            here = Label(names[-1], "strong")
            here.setIndent(SPACE.s)
            self._add(here)
        self.setVisible(bool(names))
        self.adjustSize()

    def _add(self, part: QWidget) -> None:
        self._line.addWidget(part)
        part.show()  # what is not shown yet counts for no size

    def _step(self, name: str, level: Level) -> Button:
        made = Button(name, kind="quiet", tip=f"Back to {name}")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda: self._canvas.showing.show(level))
        return made
