"""Charts side by side, small ones and large ones, as many in a line as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from studio.pages.runs.curves.layout import Panel
from studio.pages.runs.curves.tile import Tile
from studio.theme import SPACE

WIDE, HIGH = 330, 208
"""Pixels that a chart takes at least."""
MOST_COLUMNS = 6
GAP = SPACE.s


@dataclass(frozen=True)
class Cells:
    """Where a chart stands, counted in columns and lines."""

    column: int
    line: int
    columns: int = 1
    lines: int = 1


def packed(large: Sequence[bool], columns: int) -> list[Cells]:
    """Places for charts in their order: each stands where it first fits, a large one over two columns and two lines."""
    taken: set[tuple[int, int]] = set()
    places = []
    for one in large:
        size = min(2, columns) if one else 1
        lines = 2 if one else 1
        place = next(
            Cells(column, line, size, lines)
            for line in range(2 * len(large) + 2)
            for column in range(columns - size + 1)
            if not taken & _covered(Cells(column, line, size, lines))
        )
        taken |= _covered(place)
        places.append(place)
    return places


def balanced(large: Sequence[bool], most: int) -> tuple[list[Cells], int, int]:
    """Places in as few columns as take no more lines than the most columns would; how many of both those are."""
    tries = [(columns, packed(large, columns)) for columns in range(1, most + 1)]
    counted = [(max((one.line + one.lines for one in places), default=1), columns, places) for columns, places in tries]
    lines, columns, places = min(counted, key=lambda one: one[:2])
    return places, columns, lines


def _covered(place: Cells) -> set[tuple[int, int]]:
    return {
        (column, line)
        for column in range(place.column, place.column + place.columns)
        for line in range(place.line, place.line + place.lines)
    }


class Grid(QScrollArea):
    """The charts, scrolled up and down."""

    moved = Signal(str, int)
    """A chart's metric, and the place it is dragged to."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles: dict[str, Tile] = {}
        self._panels: tuple[Panel, ...] = ()
        self._inside = QWidget()
        self.setWidget(self._inside)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalScrollBar().valueChanged.connect(self._touch)

    def add(self, tile: Tile) -> None:
        """Have another chart; `arrange` says where it stands."""
        self.tiles[tile.shown] = tile
        tile.setParent(self._inside)
        tile.dragged.connect(self._drag)

    def remove(self, metric: str) -> None:
        tile = self.tiles.pop(metric)
        tile.hide()
        tile.deleteLater()

    def arrange(self, panels: Sequence[Panel]) -> None:
        """Stand in this order and these sizes."""
        self._panels = tuple(panels)
        self._place()
        for panel in panels:
            self.tiles[panel.metric].show_panel(panel)
            self.tiles[panel.metric].show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        room = self.viewport().size()
        fitting = max(min((room.width() + GAP) // (WIDE + GAP), MOST_COLUMNS), 1)
        places, columns, lines = balanced([one.size == "large" for one in self._panels], fitting)
        high = max((room.height() - (lines - 1) * GAP) // lines, HIGH)
        wide = (room.width() - (columns - 1) * GAP) // columns
        for panel, place in zip(self._panels, places, strict=True):
            self.tiles[panel.metric].setGeometry(_rect(place, wide, high))
        self._inside.resize(room.width(), lines * (high + GAP) - GAP)

    def _drag(self, metric: str, place: QPoint) -> None:
        inside = self._inside.mapFromGlobal(place)
        for at, panel in enumerate(self._panels):
            if panel.metric != metric and self.tiles[panel.metric].geometry().contains(inside):
                self.moved.emit(metric, at)
                return

    def _touch(self) -> None:
        """Charts that come into sight catch up."""
        for tile in self.tiles.values():
            tile.touch()


def _rect(place: Cells, wide: int, high: int) -> QRect:
    return QRect(
        place.column * (wide + GAP),
        place.line * (high + GAP),
        place.columns * (wide + GAP) - GAP,
        place.lines * (high + GAP) - GAP,
    )
