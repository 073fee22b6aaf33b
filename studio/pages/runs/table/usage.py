"""Counting what runs take on the disk, while somebody looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from studio.context import Studio
    from studio.pages.runs.table.layout import Layout
    from studio.pages.runs.table.table import Table

MANY = 100
"""Runs that one question counts."""
KEY = "disk"


class Usage(QObject):
    """Asks the service for sizes, some runs at a time, as long as their column is shown.

    Args:
        studio: the window's parts.
        table: whose runs are counted.
    """

    def __init__(self, studio: Studio, table: Table) -> None:
        super().__init__(table)
        self._studio, self._table = studio, table
        self._asking = False
        table.set_up.connect(self._look)
        table.rearranged.connect(lambda: self._look(table.setup))

    def _look(self, setup: Layout) -> None:
        if self._asking or KEY not in (*setup.columns, setup.sort, setup.group):
            return
        sizes, shown = self._table.model.sizes, self._table.model.arrangement.shown
        wanted = [run for run in shown if run not in sizes][:MANY]
        if wanted:
            self._asking = True
            self._studio.service.ask("disk_usage", {"runs": wanted}, then=self._take, failed=self._failed)

    def _take(self, sizes: dict[str, Any]) -> None:
        self._asking = False
        self._table.model.measured({run: int(size) for run, size in sizes.items()})
        self._look(self._table.setup)

    def _failed(self, _reason: str) -> None:
        self._asking = False  # cells stay empty; whoever sorts by them asks again
