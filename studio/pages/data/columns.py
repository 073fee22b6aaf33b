"""The table of columns: what each holds, its shape, what is missing, and its range or classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from studio.theme import TYPE, mono

TITLES = ("Name", "Kind", "Shape", "Missing", "Range or values")
ROW = 30
MOST_ROWS = 14
NAMED = 8
"""Classes that are named; the rest are counted."""


def described(columns: Sequence[Mapping[str, Any]], fields: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """A row of words for each column; a vector of features has one for each of its fields instead."""
    found: list[tuple[str, ...]] = []
    for column in columns:
        if column["kind"] == "features" and fields:
            found += [_field(field) for field in fields]
        else:
            found.append((column["name"], column["kind"], _shape(column), "", _classes(column)))
    return found


def _shape(column: Mapping[str, Any]) -> str:
    shape = " × ".join(str(size) for size in column.get("shape", ()))
    return f"{shape}  {column.get('dtype', '')}".strip()


def _classes(column: Mapping[str, Any]) -> str:
    classes = column.get("classes") or ()
    if not classes:
        return str(column.get("unit") or "")
    rest = f" and {len(classes) - NAMED} more" if len(classes) > NAMED else ""
    return f"{len(classes)} classes: {', '.join(classes[:NAMED])}{rest}"


def _field(field: Mapping[str, Any]) -> tuple[str, ...]:
    missing = f"{field['missing']:,}" if field.get("missing") else "–"
    if field["type"] == "category":
        names = list(field.get("values", {}))
        rest = f" and {field['different'] - NAMED} more" if field["different"] > NAMED else ""
        return field["name"], "category", "", missing, f"{field['different']} values: {', '.join(names[:NAMED])}{rest}"
    if field.get("min") is None:
        return field["name"], field["type"], "", missing, "no value known"
    return (
        field["name"],
        field["type"],
        "",
        missing,
        f"{field['min']:.5g} … {field['max']:.5g}, mean {field['mean']:.5g}",
    )


class ColumnsTable(QTableWidget):
    """Shows the rows; as high as they are, up to a limit."""

    def __init__(self) -> None:
        super().__init__(0, len(TITLES))
        self.setHorizontalHeaderLabels(list(TITLES))
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Columns")

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show these; columns that say nothing of any row are hidden."""
        self.setRowCount(len(rows))
        for line, row in enumerate(rows):
            for place, words in enumerate(row):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                if TITLES[place] in {"Shape", "Missing"}:
                    item.setFont(mono(TYPE.small))
                self.setItem(line, place, item)
        for place, title in enumerate(TITLES):
            self.setColumnHidden(place, title in {"Shape", "Missing"} and not any(row[place] for row in rows))
        self.setFixedHeight(ROW * min(len(rows), MOST_ROWS) + self.horizontalHeader().sizeHint().height() + 4)

    def rows(self) -> list[tuple[str, ...]]:
        """What is shown."""
        return [
            tuple(item.text() for place in range(len(TITLES)) if (item := self.item(line, place)) is not None)
            for line in range(self.rowCount())
        ]
