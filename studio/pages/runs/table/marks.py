"""Stars, names, tags, notes and colors of the selected runs, as actions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu

from studio.actions import Action, Gesture
from studio.declaring import Deed, Kind, declare
from studio.pages.runs.table.gathered import Gathered
from studio.pages.runs.table.noting import Noting
from studio.pages.runs.table.table import Table
from studio.pages.runs.table.writing import NameLine, Writing, split
from studio.theme import SPACE, colors_of

if TYPE_CHECKING:
    from studio.context import Studio

OFFERED = 12
"""Known tags that are offered beside the line."""
SWATCH = 12
GESTURES = (
    Gesture(hand="Click the star in a row of runs", text="Give the run a star, or take it"),
    Gesture(hand="Click the dot in a row of runs", text="Choose the run's color"),
    Gesture(hand="Right-click a heading of the runs", text="Sort, group, pin or hide by that column"),
    Gesture(hand="Drag a heading of the runs", text="Move the column"),
)


class Marks(QObject):
    """What can be written on the selected runs.

    Args:
        studio: the window's parts.
        table: whose selection it is.
        gathered: which tags there are.
    """

    def __init__(self, studio: Studio, table: Table, gathered: Gathered) -> None:
        super().__init__(table)
        self._studio, self._table, self._gathered = studio, table, gathered
        self.noting = Noting(studio, self)
        self.writing = Writing(table)
        self.name_line = NameLine(table.halves.still.viewport())
        for view in table.halves.views:
            view.installEventFilter(self.noting)
            view.star_pressed.connect(lambda run: self.noting.star([run]))
            view.color_pressed.connect(self._choose_color)
        self._declare()
        studio.actions.explain(*GESTURES)

    def rename(self) -> None:
        """Write another name over the run's cell."""
        run = self._table.selected()[0]
        table, live = self._table, self._studio.live
        index = table.model.index(table.model.lines.index(run), 0)
        table.halves.still.scrollTo(index)
        place = table.halves.still.visualRect(index).adjusted(SPACE.xl, 2, -SPACE.xs, -3)
        name = live.notes(run).name or live.summary(run).name
        self.name_line.open(place, name, lambda written: self.noting.name(run, written))

    def edit_tags(self) -> None:
        """Write the tags that the selected runs share."""
        runs = self._table.selected()
        common = self.noting.common_tags(runs)

        def then(written: str) -> None:
            tags = split(written)
            self.noting.tag(runs, added=tags, removed=set(common) - set(tags))

        known = [tag for tag, _ in Counter(self._gathered.tags).most_common(OFFERED)]
        hint = (
            "With commas between. Tags that only some of them have stay." if len(runs) > 1 else "With commas between."
        )
        title = "Tags" if len(runs) == 1 else f"Tags of {len(runs):,} runs"
        self.writing.open_line(title, ", ".join(common), hint=hint, then=then, offers=known)

    def edit_note(self) -> None:
        """Write some words on the run."""
        run = self._table.selected()[0]
        title = f"Note on “{self._table.model.row(run).name[:40]}”"
        text = self._studio.live.notes(run).text
        self.writing.open_page(title, text, hint="Ctrl+Return saves", then=lambda said: self.noting.describe(run, said))

    def color_menu(self, runs: list[str]) -> QMenu:
        """A menu of the series colors."""
        menu = QMenu("Color", self._table)
        for place, color in enumerate(colors_of(self._table).series):
            action = menu.addAction(_swatch(color), f"Color {place + 1}")
            action.triggered.connect(lambda _=False, place=place: self.noting.paint(runs, place))
        menu.addSeparator()
        menu.addAction("Any color").triggered.connect(lambda: self.noting.paint(runs, None))
        return menu

    def choose_color(self) -> None:
        """Open the colors for the selected runs."""
        menu = self.color_menu(self._table.selected())
        self._open(menu, self._table.mapToGlobal(self._table.rect().center()))

    def _choose_color(self, run: str, place: QPoint) -> None:
        selected = self._table.selected()
        self._open(self.color_menu(selected if run in selected else [run]), place)

    def _open(self, menu: QMenu, place: QPoint) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _declare(self) -> None:
        selected = self._table.selected

        def one() -> bool:
            return len(selected()) == 1

        def some() -> bool:
            return bool(selected())

        declare(
            self._studio.actions,
            Kind(
                name="runs", section="notes of runs", owner=self._table, phrase=lambda text: f"{text} (selected runs)"
            ),
            Deed("star", "Star", lambda: self.noting.star(selected()), "Space", "star", some),
            Deed("rename", "Rename", self.rename, "F2", "edit", one),
            Deed("tags", "Tags…", self.edit_tags, "T", "pin", some),
            Deed("note", "Note…", self.edit_note, "N", "file", one),
            Deed("color", "Color…", self.choose_color, "K", enabled=some),
        )
        self._declare_history("undo", "Take back", self.noting.undo, self.noting.undoable)
        self._declare_history("redo", "Write again", self.noting.redo, self.noting.redoable)

    def _declare_history(self, name: str, verb: str, handler: Callable[[], None], what: Callable[[], str]) -> None:
        """Ctrl+Z and its opposite are the table's own while it has the focus; here for menu and palette."""
        self._studio.actions.add(
            Action(
                id=f"runs.{name}",
                text=f"{verb} what was written",
                handler=handler,
                group="Run",
                icon=name,
                enabled=lambda: bool(what()),
                owner=self._table,
                section="notes of runs",
                submenu="Table of runs",
                wording=lambda: f"{verb}: {what().lower()}" if what() else f"{verb} what was written",
            )
        )


def _swatch(color: str) -> QIcon:
    picture = QPixmap(SWATCH, SWATCH)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(0, 0, 0, 0))
    painter.setBrush(QColor(color))
    painter.drawEllipse(1, 1, SWATCH - 2, SWATCH - 2)
    painter.end()
    return QIcon(picture)
