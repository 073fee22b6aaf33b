"""Choosing which of some runs is compared with which."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QWidget

from engine.compare import Subject, elided
from studio.theme import SPACE, Theme
from studio.widgets import Label, row

DOT = 10
TITLE = 40


class Sides(QWidget):
    """Two fields: from which run, to which.

    Args:
        theme: whose series colors the runs have.
        color: a run's place among them.
    """

    changed = Signal()

    def __init__(self, theme: Theme, color: Callable[[str], int]) -> None:
        super().__init__()
        self._theme, self._color = theme, color
        self._subjects: tuple[Subject, ...] = ()
        self.before, self.after = _field("Compared with"), _field("Compared run")
        line = row(self, gap=SPACE.s)
        for part in (Label("From", "muted"), self.before, Label("to", "muted"), self.after):
            line.addWidget(part)
        self.before.activated.connect(lambda _: self._keep_apart(self.before, self.after))
        self.after.activated.connect(lambda _: self._keep_apart(self.after, self.before))
        theme.changed.connect(self.recolor)

    @property
    def chosen(self) -> tuple[int, int]:
        """The places of both among what can be chosen."""
        return self.before.currentIndex(), self.after.currentIndex()

    def offer(self, subjects: Sequence[Subject]) -> None:
        """Let one choose among these; who was chosen stays so, else the first and the last are."""
        ids = [one.id for one in subjects]
        kept = [self._subjects[at].id if 0 <= at < len(self._subjects) else None for at in self.chosen]
        self._subjects = tuple(subjects)
        stays = all(one in ids for one in kept) and kept[0] != kept[1]
        places = [ids.index(str(one)) for one in kept] if stays else [0, len(ids) - 1]
        for field, place in zip((self.before, self.after), places, strict=True):
            with QSignalBlocker(field):
                field.clear()
                field.addItems([elided(one.title, TITLE) for one in subjects])
                field.setCurrentIndex(place)
        self.recolor()

    def choose(self, before: int, after: int) -> None:
        """Compare these two."""
        self.before.setCurrentIndex(before)
        self.after.setCurrentIndex(after)
        self.changed.emit()

    def swap(self) -> None:
        """Look at it from the other end."""
        self.choose(*reversed(self.chosen))

    def recolor(self) -> None:
        """Show every run in its color."""
        colors = self._theme.colors
        for at, one in enumerate(self._subjects):
            ink = colors.series[self._color(one.id)] if one.id else colors.muted
            for field in (self.before, self.after):
                field.setItemIcon(at, dot(ink))

    def _keep_apart(self, moved: QComboBox, other: QComboBox) -> None:
        if moved.currentIndex() == other.currentIndex():
            other.setCurrentIndex(next(at for at in range(other.count()) if at != moved.currentIndex()))
        self.changed.emit()


def dot(color: str) -> QIcon:
    """A round spot."""
    picture = QPixmap(2 * DOT, 2 * DOT)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawEllipse(QRectF(2, 2, 2 * DOT - 4, 2 * DOT - 4))
    painter.end()
    return QIcon(picture)


def _field(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMinimumContentsLength(8)
    return made
