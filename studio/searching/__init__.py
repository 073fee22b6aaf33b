"""Search marks in a project: functions from projects to projects, and what is said of marks. None of it is Qt."""

from studio.searching.marking import at, mark_key, marked, variables, word_of_mark
from studio.searching.places import node_at, parameter_at
from studio.searching.telling import kind_text, size_text, when_text
from studio.searching.varying import optional, preferred, revaried, unvaried, varied

__all__ = [
    "at",
    "kind_text",
    "mark_key",
    "marked",
    "node_at",
    "optional",
    "parameter_at",
    "preferred",
    "revaried",
    "size_text",
    "unvaried",
    "variables",
    "varied",
    "when_text",
    "word_of_mark",
]
