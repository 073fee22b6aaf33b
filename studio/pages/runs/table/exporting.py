"""The table as a file: what is shown, or what is selected, as CSV or Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from studio.pages.runs.table.row import Column, Row
from studio.widgets.slices import Slices

if TYPE_CHECKING:
    from studio.context import Studio
    from studio.pages.runs.table.table import Table

FILTERS = "Comma-separated values (*.csv);;Parquet (*.parquet)"


class Exporting:
    """Asks where to, reads the cells in slices, and has the service write them.

    Args:
        studio: the window's parts.
        table: whose rows.
    """

    def __init__(self, studio: Studio, table: Table) -> None:
        self._studio, self._table = studio, table
        self._slices = Slices(table)

    def ask(self) -> None:
        """Let the person choose a file."""
        dialog = QFileDialog(self._table, "Export the table", str(self._studio.workspace.path), FILTERS)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.selectFile("runs.csv")
        dialog.fileSelected.connect(lambda name: self.write(_named(Path(name), dialog.selectedNameFilter())))
        dialog.open()

    def write(self, path: Path) -> None:
        """Write the selected runs if there are several, else all that are shown, in their order."""
        model = self._table.model
        selected = self._table.selected()
        runs = selected if len(selected) > 1 else list(model.arrangement.shown)
        columns = [column for column in model.columns if column.key != "trend"]
        rows: list[list[Any]] = []

        def steps() -> Iterator[None]:
            for run in runs:
                row = model.row(run)
                rows.append([value_of(column, row) for column in columns])
                yield

        self._slices.run(steps(), then=lambda: self._send(path, columns, rows))

    def _send(self, path: Path, columns: Sequence[Column], rows: list[list[Any]]) -> None:
        post: Callable[..., None] = self._studio.messages.post

        def written(answer: dict[str, Any]) -> None:
            noun = "run" if answer["rows"] == 1 else "runs"
            post(f"{answer['rows']:,} {noun} written to {path}.", tone="success", key="runs")

        question = {"path": str(path), "columns": [heading(column) for column in columns], "rows": rows}
        failed: Callable[[str], None] = lambda reason: post(reason, tone="error", key="runs")  # noqa: E731
        self._studio.service.ask("write_table", question, then=written, failed=failed)


def heading(column: Column) -> str:
    """What a column is called in a file: a setting or metric by its whole name."""
    kind, _, name = column.key.partition(":")
    return name if kind == "parameter" else f"{kind} {name}" if name else column.title


def value_of(column: Column, row: Row) -> Any:
    """What a cell holds: numbers as such, all else as it is written."""
    key = column.sort(row)
    if column.key == "duration" or (isinstance(key, int | float) and column.key != "created"):
        return key
    if column.key == "created":
        return _moment(row.summary.created)
    return column.text(row) or None


def _moment(seconds: float) -> str | None:
    from datetime import datetime

    try:
        return datetime.fromtimestamp(seconds).astimezone().isoformat(timespec="seconds") if seconds else None
    except (OverflowError, ValueError, OSError):
        return None


def _named(path: Path, chosen: str) -> Path:
    """The file with the ending of the kind that was chosen, if it has none."""
    return path if path.suffix else path.with_suffix(".parquet" if "parquet" in chosen else ".csv")
