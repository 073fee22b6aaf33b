"""The pictures of a plane, one over the other, and of each the last that was whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from studio.widgets.plane.layer import Step
from studio.widgets.plane.sheets import Easel, Sheet
from studio.widgets.plane.sight import Sight

UNDER, THINGS, SOME, OVER = LEVELS = ("under", "things", "some", "over")
"""From the lowest to the highest: what lies below, all things, the ones that stand out, what lies above."""


class Levels:
    """Has pictures drawn, and paints them.

    Args:
        owner: whose pictures.
        easel: who draws.
    """

    def __init__(self, owner: QWidget, easel: Easel) -> None:
        self.easel = easel
        self._owner = owner
        self.sheets: dict[str, Sheet] = {}
        self._old: dict[str, Sheet] = {}
        self._ground: tuple[object, QImage] | None = None

    @property
    def done(self) -> bool:
        """Whether all is drawn."""
        return all(one.done for one in self.sheets.values())

    def forget(self) -> None:
        """What was drawn means something else now."""
        self.sheets, self._old = {}, {}

    def draw(self, level: str, sight: Sight, steps: Iterator[Step]) -> None:
        """Draw a level anew."""
        self._age(level)
        self.sheets[level] = Sheet(self._owner.size(), sight, steps)
        self.easel.draw(self._owner, list(self.sheets.values()))

    def clear(self, level: str) -> None:
        """There is nothing on a level any more."""
        self.sheets.pop(level, None)
        self._old.pop(level, None)
        self.easel.draw(self._owner, list(self.sheets.values()))

    def paint(self, painter: QPainter, level: str, sight: Sight) -> None:
        """The newest picture; while it is not whole, the one before, stretched to where its things stand now."""
        new, old = self.sheets.get(level), self._old.get(level)
        if new is not None and (new.done or old is None):
            painter.drawImage(0, 0, new.image)
        elif old is not None and new is not None:
            source, ratio = old.sight.area, old.sight.ratio
            painter.save()
            painter.setClipRect(sight.area)
            pixels = QRectF(source.topLeft() * ratio, source.size() * ratio)
            painter.drawImage(sight.box(old.sight), old.image, pixels)
            painter.restore()

    def ground(self, version: object, size: QSize, ratio: float, paint: Callable[[QPainter], None]) -> QImage:
        """A picture of what lies under all of them, kept while its version is the same."""
        if self._ground is None or self._ground[0] != version:
            image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
            image.setDevicePixelRatio(ratio)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint(painter)
            painter.end()
            self._ground = (version, image)
        return self._ground[1]

    def _age(self, level: str) -> None:
        kept = self.sheets.pop(level, None)
        if kept is not None and kept.done:
            self._old[level] = kept
