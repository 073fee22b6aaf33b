"""A comparison as text that can be pasted: into a table calculation, or into notes that know Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from engine.compare.comparison import Line
from engine.compare.subject import Subject


def as_tabs(subjects: Sequence[Subject], lines: Sequence[Line]) -> str:
    """A line for each setting, its parts apart by tabs; values are whole."""
    rows = [["section", "setting", *(one.title for one in subjects)]]
    rows += [[line.place.section, line.place.name, *_texts(line)] for line in lines]
    return "".join("\t".join(" ".join(part.split()) for part in row) + "\n" for row in rows)


def as_markdown(subjects: Sequence[Subject], lines: Sequence[Line], *, baseline: int = 0) -> str:
    """A table for each section; what departs from the baseline is bold."""
    parts: list[str] = []
    for section in dict.fromkeys(line.place.section for line in lines):
        head = ["setting", *(one.title for one in subjects)]
        rows = [head, ["---"] * len(head)]
        rows += [[line.place.name, *_marked(line, baseline)] for line in lines if line.place.section == section]
        table = "".join(f"| {' | '.join(_escaped(part) for part in row)} |\n" for row in rows)
        parts.append(f"**{section}**\n\n{table}")
    return "\n".join(parts)


def _texts(line: Line) -> list[str]:
    return [line.text(column) for column in range(len(line.values))]


def _marked(line: Line, baseline: int) -> list[str]:
    return [
        f"**{text}** {line.relation(column, baseline)}".rstrip() if line.departs(column, baseline) else text
        for column, text in enumerate(_texts(line))
    ]


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
