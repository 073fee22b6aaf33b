"""Search marks in a project: functions from projects to projects, and what is said of marks. None of it is Qt."""

from studio.searching.marking import at, mark_key, marked, variables, word_of_mark
from studio.searching.varying import optional, preferred, revaried, unvaried, varied

__all__ = [
    "at",
    "mark_key",
    "marked",
    "optional",
    "preferred",
    "revaried",
    "unvaried",
    "variables",
    "varied",
    "word_of_mark",
]
