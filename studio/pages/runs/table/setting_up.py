"""Setting the table up: columns, groups and order, from keys, from the headers' menus and from the palette."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from studio.declaring import Deed, Kind, declare
from studio.pages.runs.table.chooser import ColumnChooser, reset
from studio.pages.runs.table.columns import column_of, ordered
from studio.pages.runs.table.differing import Differing
from studio.pages.runs.table.gathered import Gathered
from studio.pages.runs.table.layout import Layout
from studio.pages.runs.table.row import Column
from studio.pages.runs.table.table import Table
from studio.widgets.chooser import Choice, Chooser
from studio.widgets.slices import Slices

if TYPE_CHECKING:
    from studio.context import Studio

GROUPABLE = ("group", "state", "device", "watched", "name")
NOTHING = "Not grouped"


class SettingUp(QObject):
    """What changes the layout of the table.

    Args:
        studio: the window's parts.
        table: what is set up.
        gathered: which columns there are.
        page: the page that the panels lie over.
    """

    def __init__(self, studio: Studio, table: Table, gathered: Gathered, page: QWidget) -> None:
        super().__init__(table)
        self._studio, self._table, self._gathered = studio, table, gathered
        self._slices = Slices(self)
        self.columns = ColumnChooser(table, every=self.every, differ=self.show_differing, over=page)
        self.groups = Chooser("Group by", "Find a setting", page)
        self._keys: dict[str, str] = {}
        self.groups.chosen.connect(self._group)
        table.header_menu.connect(self._open_menu)
        self._declare()

    def every(self) -> list[Column]:
        """All columns that there are."""
        return ordered((*self._table.setup.columns, *self._gathered.keys))

    def choose_columns(self) -> None:
        """Open the panel that chooses columns, or close it."""
        self.columns.close_chooser() if self.columns.isVisible() else self.columns.open()

    def show_differing(self) -> None:
        """Show, of the settings, those in which the shown runs differ."""
        differing = Differing(self._studio.live.parameters)

        def then() -> None:
            keys = differing.keys
            self._table.change(lambda setup: _with_settings(setup, keys))
            if not keys:
                self._studio.messages.post("The shown runs have the same settings.", key="runs")

        self._slices.run(differing.steps(list(self._table.model.arrangement.shown)), then=then)

    def choose_group(self) -> None:
        """Open the list of what runs can be grouped by."""
        offered = {NOTHING: ("", "")} if self._table.setup.group else {}
        for key in (*GROUPABLE, *sorted(key for key in self._gathered.values if key not in GROUPABLE)):
            column, values = column_of(key), self._gathered.values.get(key, Counter())
            if column is not None and (len(values) > 1 or key in GROUPABLE[:1]):
                offered[column.title] = (key, f"{len(values):,} values")
        self._keys = {title: key for title, (key, _) in offered.items()}
        self.groups.set_choices([Choice(title, detail) for title, (_, detail) in offered.items()])
        self.groups.open()

    def unfold(self, *, opened: bool) -> None:
        """Open every group, or close them."""
        self._table.model.unfold(list(self._table.model.arrangement.members), opened=opened)

    def header_menu(self, key: str) -> QMenu:
        """What can be done with a column."""
        table, column = self._table, column_of(key)
        menu = QMenu(self._table)
        setup = table.setup
        if column is not None:
            title = column.title
            _add(menu, "Sort: smallest first", lambda: table.sort_by(key, down=False))
            _add(menu, "Sort: largest first", lambda: table.sort_by(key, down=True))
            menu.addSeparator()
            grouped = setup.group == key
            if not column.number:
                _add(
                    menu,
                    "Do not group" if grouped else f"Group by {title}",
                    lambda: table.group_by("" if grouped else key),
                )
            if key != "name":
                pinned = setup.is_pinned(key)
                text = "Let it scroll with the others" if pinned else "Pin at the left"
                _add(menu, text, lambda: table.change(lambda setup: setup.pinning(key, pinned=not pinned)))
                _add(menu, f"Hide {title}", lambda: table.change(lambda setup: setup.hiding(key)))
            menu.addSeparator()
        _add(menu, "Columns that differ", self.show_differing)
        _add(menu, "Choose columns…", self.choose_columns)
        _add(menu, "The usual columns", lambda: table.change(reset))
        return menu

    def _open_menu(self, key: str, place: QPoint) -> None:
        menu = self.header_menu(key)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _group(self, title: str) -> None:
        self._table.group_by(self._keys.get(title, ""))
        self.groups.close_chooser()

    def _declare(self) -> None:
        def grouped() -> bool:
            return bool(self._table.setup.group)

        declare(
            self._studio.actions,
            Kind(
                name="runs",
                section="table of runs",
                submenu="Table of runs",
                owner=self._table,
                phrase=lambda text: f"Runs: {text[0].lower()}{text[1:]}",
            ),
            Deed("columns", "Choose columns…", self.choose_columns, "C", "table"),
            Deed("differ", "Columns that differ", self.show_differing, "D"),
            Deed("group_by", "Group by…", self.choose_group, "G", "layers"),
            Deed("ungroup", "Do not group", lambda: self._table.group_by(""), "Shift+G", enabled=grouped),
            Deed("unfold", "Open all groups", lambda: self.unfold(opened=True), "Shift+Right", enabled=grouped),
            Deed("fold", "Close all groups", lambda: self.unfold(opened=False), "Shift+Left", enabled=grouped),
        )


def _with_settings(setup: Layout, keys: list[str]) -> Layout:
    """The layout with these settings as its only ones; without any, as it was."""
    if not keys:
        return setup
    others = [key for key in setup.columns if key.startswith("parameter:") and key not in keys]
    return setup.hiding(*others).showing(*keys)


def _add(menu: QMenu, text: str, handler: Callable[[], object]) -> None:
    menu.addAction(text).triggered.connect(lambda _=False: handler())
