"""Pictures to take away of whatever paints itself: as pixels, as SVG, as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

Paint: TypeAlias = Callable[[QPainter, QSize], None]
"""Paints within a size, in pixels of the layout."""
SIZE = QSize(960, 600)
SHARP = 2.0
"""Pixels of a picture per pixel of its layout."""


def as_image(paint: Paint, size: QSize, *, ground: str) -> QImage:
    """What is painted, on paper of a color, as pixels."""
    made = QImage(size * SHARP, QImage.Format.Format_ARGB32)
    made.fill(QColor(ground))
    painter = QPainter(made)
    painter.scale(SHARP, SHARP)
    paint(painter, size)
    painter.end()
    return made


def as_svg(paint: Paint, size: QSize, *, ground: str, title: str) -> bytes:
    """The same as an SVG file's bytes: lines, shapes and words stay what they are."""
    buffer, paper = QBuffer(), QRect(0, 0, size.width(), size.height())
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    made = QSvgGenerator()
    made.setOutputDevice(buffer)
    made.setSize(size)
    made.setViewBox(paper)
    made.setTitle(title)
    painter = QPainter(made)
    painter.fillRect(paper, QColor(ground))
    paint(painter, size)
    painter.end()
    return bytes(buffer.data().data())


def png(image: QImage) -> bytes:
    """A picture as a PNG file's bytes."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know paths alone
    return bytes(buffer.data().data())


def save_picture(path: Path, image: Callable[[], QImage], svg: Callable[[], bytes]) -> None:
    """Write a file, by its ending `.svg` or pixels; raise OSError where that is not possible."""
    path.write_bytes(svg() if path.suffix.lower() == ".svg" else png(image()))
