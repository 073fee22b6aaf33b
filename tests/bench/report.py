"""What a benchmark says: rows for people, figures for machines, and whether a goal is met."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number with its unit, and the goal it has when it has one."""

    name: str
    value: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None when there is none."""
        if self.at_least is not None:
            return self.value >= self.at_least
        return None if self.at_most is None else self.value <= self.at_most

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.at_least is not None:
            return f"at least {self.at_least:g} {self.unit}"
        return "" if self.at_most is None else f"at most {self.at_most:g} {self.unit}"

    def as_json(self) -> dict[str, object]:
        """The figure as one JSON object."""
        return {"name": self.name, "value": self.value, "unit": self.unit, "goal": self.goal, "met": self.met}


def ratio(ours: Iterable[float], theirs: Iterable[float]) -> float:
    """Median of the rounds' ratios: what slowed one round down slowed both sides of it down."""
    return median(our / their for our, their in zip(ours, theirs, strict=True))


def show(name: str, figures: Iterable[Figure]) -> None:
    """Print a benchmark's table."""
    table = Table("", "figure", "goal", "", title=name, title_justify="left")
    for figure in figures:
        mark = {True: "[green]met", False: "[red]missed", None: ""}[figure.met]
        table.add_row(figure.name, f"{figure.value:,.4g} {figure.unit}", figure.goal, mark)
    Console(width=120).print(table)
