"""Icons drawn as SVG strokes in `assets/icons`, painted in the theme's colors at the moment they are shown.

The colors come from the application's palette, so that an icon made once is right in both themes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from studio.theme.sheet import ASSETS

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

FOLDER = ASSETS / "icons"


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The names of all icons."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.svg")))


@lru_cache(maxsize=256)
def icon(name: str, color: str | None = None) -> QIcon:
    """The icon of that name, in the palette's colors or in one of its own (`#rrggbb`)."""
    return QIcon(_Engine(name, color))


def pixmap(name: str, size: int, *, color: str | None = None, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture of `size` device-independent pixels, sharp at the screen's pixel ratio."""
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint(painter, QRectF(made.rect()), name, color or _shade(QIcon.Mode.Normal, QIcon.State.Off))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def paint(painter: QPainter, place: QRectF, name: str, color: str) -> None:
    """Draw the icon into a square of the painter."""
    _renderer(name, color).render(painter, place)


@lru_cache(maxsize=1024)
def _renderer(name: str, color: str) -> QSvgRenderer:
    path = FOLDER / f"{name}.svg"
    assert path.exists(), f"no icon is called {name}"
    return QSvgRenderer(QByteArray(path.read_bytes().replace(b"currentColor", color.encode())))


def _shade(mode: QIcon.Mode, state: QIcon.State) -> str:
    palette = QGuiApplication.palette()
    color: QColor
    if mode is QIcon.Mode.Disabled:
        color = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    elif mode in {QIcon.Mode.Active, QIcon.Mode.Selected} or state is QIcon.State.On:
        color = palette.color(QPalette.ColorRole.WindowText)
    else:
        color = palette.color(QPalette.ColorRole.PlaceholderText)
    return color.name()


@lru_cache(maxsize=512)
def _picture(name: str, width: int, height: int, color: str) -> QPixmap:
    """An icon in the middle of a picture: buttons over the canvas ask for theirs in every frame."""
    made = QPixmap(width, height)
    made.fill(Qt.GlobalColor.transparent)
    side = min(width, height)
    square = QRectF(0, 0, side, side)
    square.moveCenter(QRectF(0, 0, width, height).center())
    painter = QPainter(made)
    paint(painter, square, name, color)
    painter.end()
    return made


class _Engine(QIconEngine):
    def __init__(self, name: str, color: str | None) -> None:
        super().__init__()
        self._name = name
        self._color = color

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._color)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        color = _shade(mode, state) if self._color is None or mode is QIcon.Mode.Disabled else self._color
        paint(painter, square, self._name, color)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        color = _shade(mode, state) if self._color is None or mode is QIcon.Mode.Disabled else self._color
        if size.isEmpty():
            return QPixmap()  # a button that has no room yet
        return _picture(self._name, size.width(), size.height(), color)
