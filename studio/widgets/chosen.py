"""Which lines of a table are selected: kept by line and not by place, so that thousands are no trouble."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, Signal

Flag = QItemSelectionModel.SelectionFlag
Lines = frozenset[Hashable]


class Chosen(QItemSelectionModel):
    """Takes what views say of places and remembers the lines that stand there.

    Qt's own keeps ranges of places. Thousands of runs that were chosen in a plot are thousands of ranges, through which
    it goes for every cell that is painted, and all of which it looks up anew when the table is sorted: a second.

    Args:
        model: the table's.
        lines: what stands in its rows now, from top to bottom.
    """

    changed = Signal()
    """Other lines are selected."""

    def __init__(self, model: QAbstractItemModel, lines: Callable[[], Sequence[Hashable]]) -> None:
        super().__init__(model, model)
        self._every = lines
        self._before: Lines = frozenset()
        self._gesture: Lines = frozenset()
        """What the gesture under way is over; it is joined to what was selected before, or taken from it."""
        self._way = Flag.NoUpdate
        self._lines: Lines = frozenset()

    def __contains__(self, line: Hashable) -> bool:
        return line in self._lines

    def __bool__(self) -> bool:
        return bool(self._lines)

    def lines(self) -> list[Any]:
        """The selected lines from top to bottom."""
        return [line for line in self._every() if line in self._lines] if self._lines else []

    def set_lines(self, lines: Iterable[Hashable]) -> None:
        """Select these and no others."""
        self._before, self._gesture = frozenset(lines).intersection(self._every()), frozenset()
        self._tell(self._before)

    def keep_to_what_is_there(self) -> None:
        """Other lines are in the table now: those that are gone are selected no more. Nobody is told."""
        if self._lines:
            self._lines = self._before = self._lines.intersection(self._every())
            self._gesture = frozenset()

    def select(self, places: Any, command: Flag) -> None:
        """What Qt's own does, with lines: `Current` changes what the gesture under way chose, all else begins anew."""
        if command == Flag.NoUpdate:
            return
        if command & Flag.Clear:
            self._before = self._gesture = frozenset()
        if not command & Flag.Current:
            self._before, self._gesture = _merged(self._before, self._gesture, self._way), frozenset()
        if command & (Flag.Select | Flag.Deselect | Flag.Toggle):
            self._gesture, self._way = self._at(places), command
        self._tell(_merged(self._before, self._gesture, self._way))

    def _at(self, places: Any) -> Lines:
        every = self._every()
        if isinstance(places, QModelIndex):
            return frozenset([every[places.row()]] if places.isValid() else [])
        return frozenset(line for part in places for line in every[part.top() : part.bottom() + 1])

    def _tell(self, lines: Lines) -> None:
        if lines != self._lines:
            self._lines = lines
            self.changed.emit()


def _merged(lines: Lines, others: Lines, way: Flag) -> Lines:
    if way & Flag.Toggle:
        return lines ^ others
    return lines - others if way & Flag.Deselect else lines | others
