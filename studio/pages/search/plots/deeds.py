"""Taking a plot away: as a picture, as SVG, or its trials as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject, QPoint, QRect
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.pages.search.plots.columns import table
from studio.theme import LIGHT, colors_of
from studio.widgets.pictured import png

if TYPE_CHECKING:
    from studio.pages.search.plots.panel import Panel


class Deeds(QObject):
    """Copies and saves what a view shows.

    Args:
        view: what is copied; one without planes is painted as it stands on the screen.
    """

    def __init__(self, view: Panel) -> None:
        super().__init__(view)
        self._view = view

    def image(self) -> QImage:
        """The plot as pixels, in the window's colors."""
        if self._view.planes():
            return self._view.figure(colors_of(self._view)).image()
        return self._view.body.grab().toImage()

    def svg(self) -> bytes:
        """The plot as SVG; what has planes in colors for paper."""
        return self._view.figure(LIGHT).svg() if self._view.planes() else _drawn(self._view.body, self._view.title)

    def data(self) -> str:
        """All trials as CSV, whatever is hidden or out of sight."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(table(self._view.found))
        return text.getvalue()

    def copy_picture(self) -> None:
        QGuiApplication.clipboard().setImage(self.image())
        self._say("The plot was copied as a picture.")

    def copy_svg(self) -> None:
        data, svg = QMimeData(), self.svg()
        data.setData("image/svg+xml", svg)
        data.setText(svg.decode())
        QGuiApplication.clipboard().setMimeData(data)
        self._say("The plot was copied as SVG.")

    def copy_data(self) -> None:
        QGuiApplication.clipboard().setText(self.data())
        self._say(f"{len(self._view.found.trials):,} trials were copied as a table.")

    def save_picture(self) -> None:
        self._ask("Save plot", ".png", "Pictures (*.png);;SVG (*.svg)", self.write_picture)

    def save_data(self) -> None:
        self._ask("Save trials", ".csv", "Tables (*.csv)", self.write_data)

    def write_picture(self, path: Path) -> None:
        """Write the plot to a file, by its ending as pixels or as SVG."""
        if path.suffix.lower() == ".svg":
            self._write(path, lambda: path.write_bytes(self.svg()))
        elif self._view.planes():
            self._write(path, lambda: self._view.figure(LIGHT).save(path))
        else:
            self._write(path, lambda: path.write_bytes(png(self.image())))

    def write_data(self, path: Path) -> None:
        """Write all trials to a file."""
        self._write(path, lambda: path.write_text(self.data(), encoding="utf-8"))

    def _write(self, path: Path, write: Callable[[], object]) -> None:
        try:
            write()
        except OSError as error:
            self._say(f"“{path}” could not be written: {error.strerror or error}.", tone="error")
            return
        self._say(f"Saved to {path}.")

    def _ask(self, words: str, ending: str, kinds: str, then: Callable[[Path], object]) -> None:
        dialog = QFileDialog(self._view, words, self._view.title.lower().replace(" ", "-") + ending, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending[1:])
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _say(self, sentence: str, *, tone: str = "info") -> None:
        self._view.studio.messages.post(sentence, tone=tone, key="study plots")


def _drawn(widget: QWidget, title: str) -> bytes:
    """A widget as it stands on the screen, as an SVG file's bytes."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    made = QSvgGenerator()
    made.setOutputDevice(buffer)
    made.setSize(widget.size())
    made.setViewBox(QRect(QPoint(0, 0), widget.size()))
    made.setTitle(title)
    painter = QPainter(made)
    widget.render(painter, QPoint(0, 0))
    painter.end()
    return bytes(buffer.data().data())
