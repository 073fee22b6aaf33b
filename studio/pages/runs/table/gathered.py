"""What there is to choose from, to filter and to group by: gathered from the runs bit by bit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.runs.query import Vocabulary
from engine.runs.query.asked import FACTS
from studio.pages.runs.table.columns import column_of, keys_of
from studio.pages.runs.table.row import Row
from studio.pages.runs.table.slices import Slices

if TYPE_CHECKING:
    from studio.pages.runs.table.model import RunsModel

MANY = 200
"""Different values of a setting that are remembered."""


class Gathered(QObject):
    """Looks into every run once; whoever needs it says so, and it goes on in slices.

    Args:
        model: the runs.
    """

    def __init__(self, model: RunsModel) -> None:
        super().__init__(model)
        self._model = model
        self._slices = Slices(self)
        self._seen: dict[str, int] = {}
        self.keys: Counter[str] = Counter()
        """How many runs have something to say in a column, by its key."""
        self.values: dict[str, Counter[str]] = {}
        """What is written in a column of settings or facts, by its key."""
        self.tags: Counter[str] = Counter()

    @property
    def whole(self) -> bool:
        """Whether every run was looked into."""
        return not self._slices.busy

    def look(self, runs: Iterator[str]) -> None:
        """Look into those that are new, or that have news that may name something new."""
        self._slices.run(self._steps(list(runs)), then=lambda: None)

    def vocabulary(self) -> Vocabulary:
        """What can be written in a filter."""
        metrics = dict.fromkeys(_metric_name(key) for key in self.keys if not key.startswith("parameter:"))
        paths = [key.partition(":")[2] for key in self.keys if key.startswith("parameter:")]
        short = dict.fromkeys(path.rpartition(".")[2] for path in paths)
        names = dict.fromkeys(
            (*(name.removeprefix("validation/") for name in metrics), *FACTS, *short, *metrics, *paths)
        )
        return Vocabulary(names=tuple(names), tags=tuple(self.tags), values=self._values)

    def _values(self, name: str) -> list[str]:
        name = name.casefold()
        found: Counter[str] = Counter()
        for key, values in self.values.items():
            bare = key.partition(":")[2].casefold() or key
            if bare == name or bare.endswith(f".{name}"):
                found.update(values)
        return [value for value in sorted(found, key=lambda value: (-found[value], value)) if value]

    def _steps(self, runs: list[str]) -> Iterator[None]:
        for run in runs:
            row = self._model.row(run)
            stamp = hash(
                (len(row.summary.last), len(row.summary.best), row.state, row.notes.tags, bool(row.parameters))
            )
            if self._seen.get(run) != stamp:
                first = run not in self._seen
                self._seen[run] = stamp
                self._take(row, first=first)
            _ = self._model.asked(run).words  # so that the first letter of a filter finds them ready
            yield

    def _take(self, row: Row, *, first: bool) -> None:
        self.tags.update(tag for tag in row.notes.tags if first or tag not in self.tags)
        for key in ("state", "device", "group", "watched", "name"):
            column = column_of(key)
            if column is not None and (text := column.text(row)):
                self.values.setdefault(key, Counter())[text] += 1
        for key in keys_of(row):
            if first or key not in self.keys:
                self.keys[key] += 1
            if key.startswith("parameter:") and first and (column := column_of(key)) is not None:
                values = self.values.setdefault(key, Counter())
                text = column.text(row)
                if text in values or len(values) < MANY:
                    values[text] += 1


def _metric_name(key: str) -> str:
    kind, _, name = key.partition(":")
    return f"test/{name}" if kind == "test" else name
