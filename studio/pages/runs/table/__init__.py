"""The table of runs: columns that are chosen, filtered, grouped, and written on."""

from studio.pages.runs.table.columns import column_of
from studio.pages.runs.table.layout import Layout
from studio.pages.runs.table.table import Table

__all__ = ["Layout", "Table", "column_of"]
