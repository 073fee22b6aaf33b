"""What can be done with a chart, declared as actions: copied and saved as picture or as data, moved, removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from studio.actions import Gesture
from studio.curves import Record
from studio.declaring import Deed, Kind, declare
from studio.pages.runs.curves.metrics import title
from studio.pages.runs.curves.table import Writing, count, lines
from studio.theme import LIGHT, colors_of
from studio.widgets.chart.figure import Figure

if TYPE_CHECKING:
    from studio.pages.runs.curves.curves import Curves

MOST_COPIED = 200_000
"""Points that a clipboard takes; more are saved to a file."""
HANDBOOK = (
    Gesture(hand="Drag across a chart", text="Zoom into that part, in all charts while they are linked"),
    Gesture(hand="Ctrl+wheel over a chart", text="Zoom along it"),
    Gesture(hand="Double-click in a chart", text="Show everything again"),
    Gesture(hand="Click a point of a curve", text="See where it came from: its batch, checkpoints, learning rate"),
    Gesture(hand="Drag a chart's name", text="Move the chart"),
)


class Deeds(QObject):
    """Acts on the chart that was last pointed at, and declares that as actions.

    Args:
        view: whose charts.
    """

    def __init__(self, view: Curves) -> None:
        super().__init__(view)
        self._view = view
        rows = (
            ("choose", "Choose charts …", view.choose_charts, "Ctrl+K", "chart"),
            ("keep", "Keep charts as a view …", view.shelf.name_it, "", "layers"),
            ("copy", "Copy chart as picture", self.copy_picture, "Ctrl+Shift+C", "copy"),
            ("copy_print", "Copy chart as picture for paper", self.copy_printed, "", "copy"),
            ("copy_svg", "Copy chart as SVG", self.copy_svg, "", "copy"),
            ("save", "Save chart as picture …", self.save_picture, "", "save"),
            ("copy_data", "Copy chart's data", self.copy_data, "", "table"),
            ("save_data", "Save chart's data …", self.save_data, "", "save"),
            ("save_all", "Save data of all charts …", self.save_all, "", "save"),
            ("left", "Move chart forward", lambda: self._move(-1), "Ctrl+Shift+Left", "chevron-left"),
            ("right", "Move chart backward", lambda: self._move(1), "Ctrl+Shift+Right", "chevron-right"),
            ("large", "Show chart large or small", self._resize, "", "focus"),
            ("remove", "Remove chart", self._remove, "", "remove"),
        )
        self.actions = declare(
            view.studio.actions,
            Kind(name="curves", section="charts", submenu="Charts", owner=view),
            *(Deed(*row, enabled=lambda: bool(self.metric)) for row in rows),
        )
        self.fill(view.menu)
        view.studio.actions.explain(*HANDBOOK)

    @property
    def metric(self) -> str:
        """The chart that is meant; the first where none was pointed at yet."""
        tiles = self._view.grid.tiles
        return self._view.meant if self._view.meant in tiles else next(iter(tiles), "")

    def fill(self, menu: QMenu) -> None:
        """Put the actions into a chart's menu."""
        for name, action in self.actions.items():
            if name in {"choose", "keep"}:
                continue  # they have buttons of their own
            if name in {"copy_data", "left", "remove"}:
                menu.addSeparator()
            menu.addAction(action)
        menu.aboutToShow.connect(self._view.studio.actions.refresh)

    def figure(self, *, printed: bool) -> Figure:
        """The chart as a picture, in colors for paper or in those of the window."""
        colors = LIGHT if printed else colors_of(self._view)
        plot = self._view.grid.tiles[self.metric].plot
        return Figure(plot, title(self.metric), colors, LIGHT.raised if printed else colors.raised)

    def copy_picture(self) -> None:
        QGuiApplication.clipboard().setImage(self.figure(printed=False).image())
        self._say("The chart was copied as a picture.")

    def copy_printed(self) -> None:
        QGuiApplication.clipboard().setImage(self.figure(printed=True).image())
        self._say("The chart was copied as a picture in colors for paper.")

    def copy_svg(self) -> None:
        data, svg = QMimeData(), self.figure(printed=True).svg()
        data.setData("image/svg+xml", svg)
        data.setText(svg.decode())
        QGuiApplication.clipboard().setMimeData(data)
        self._say("The chart was copied as SVG.")

    def copy_data(self) -> None:
        runs = self._runs()
        if count([self.metric], runs) > MOST_COPIED:
            self._say("These are too many points for the clipboard: save the data to a file.", tone="warning")
            return
        QGuiApplication.clipboard().setText("".join(lines([self.metric], runs)))
        self._say("The chart's data was copied, every point of it.")

    def save_picture(self) -> None:
        """Ask for a file; its ending says whether pixels or SVG, and it is printed in colors for paper."""
        self._ask("Save chart", ".png", "Pictures (*.png);;SVG (*.svg)", self.write_picture)

    def save_data(self) -> None:
        self._ask("Save data", ".csv", "Tables (*.csv)", lambda path: self.write_data([self.metric], path))

    def save_all(self) -> None:
        every = list(self._view.grid.tiles)
        self._ask("Save data", ".csv", "Tables (*.csv)", lambda path: self.write_data(every, path))

    def write_picture(self, path: Path) -> None:
        """Write the chart to a file."""
        try:
            self.figure(printed=True).save(path)
        except OSError as error:
            self._say(f"“{path}” could not be written: {error.strerror or error}.", tone="error")
            return
        self._say(f"The chart was saved to {path}.")

    def write_data(self, metrics: list[str], path: Path) -> None:
        """Write all points of charts to a file, beside other work."""

        def done(trouble: str) -> None:
            self._say(trouble or f"The data was saved to {path}.", tone="error" if trouble else "info")

        Writing(lines(metrics, self._runs()), path, done, self._view)

    def _runs(self) -> list[tuple[str, str, Record]]:
        return [(run, self._view.name_of(run), record) for run, record in self._view.records.items()]

    def _ask(self, words: str, ending: str, kinds: str, then: Callable[[Path], object]) -> None:
        stem = self.metric.replace("/", "-")
        dialog = QFileDialog(self._view, words, stem + ending, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending[1:])
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _move(self, by: int) -> None:
        metric, names = self.metric, [panel.metric for panel in self._view.layout_now.panels]
        self._view.change(lambda layout: layout.moved(metric, max(names.index(metric) + by, 0)))

    def _resize(self) -> None:
        self._view.grid.tiles[self.metric].size_button.click()

    def _remove(self) -> None:
        metric = self.metric
        self._view.change(lambda layout: layout.without(metric))

    def _say(self, sentence: str, *, tone: str = "info") -> None:
        self._view.studio.messages.post(sentence, tone=tone, key="charts")
