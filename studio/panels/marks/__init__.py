"""All search marks of a project in one table."""

from studio.panels.marks.table import MarksTable

__all__ = ["MarksTable"]
