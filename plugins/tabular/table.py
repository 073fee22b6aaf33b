"""Tables from files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from engine.spec import Dataset, field

if TYPE_CHECKING:
    from engine.data import Source


class CSV(Dataset):
    """Rows of a text table (CSV, TSV …): the other columns describe, one column is to be predicted."""

    category = "Files"
    label = "CSV table"
    synonyms = ("table", "tsv", "spreadsheet", "text")

    path: str = field("", path="file", help="The table; relative to the project.")
    target: str = field("", help="The column to predict, by its name in the first line; empty is the last one.")
    target_type: Literal["auto", "class", "number"] = field(
        "auto",
        help="Whether the target is a class or a number; auto takes texts and few different whole numbers as classes.",
    )
    ignore: str = field("", help="Columns to leave out, by name, with commas between.")
    test: str = field(
        "", path="file", help="A second table kept for the last word, with the same columns; may be empty."
    )
    delimiter: Literal["auto", ",", ";", "tab", "|", "space"] = field(
        "auto", help="What stands between cells; auto looks at the lines.", advanced=True
    )
    header: Literal["auto", "yes", "no"] = field(
        "auto", help="Whether the first line names the columns; auto looks at it.", advanced=True
    )
    most_categories: int = field(
        64, min=2, max=10_000, help="A text column of more different values than this is left out.", advanced=True
    )
    indicators: bool = field(True, help="Give the network an input that says where a number is missing.", advanced=True)

    def open(self, folder: Path, cache: Path | None = None) -> Source:
        from plugins.tabular._table import read_table

        return read_table(self, folder)
