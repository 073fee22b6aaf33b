"""What there is to choose from, to filter and to group by: gathered from the runs bit by bit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.runs.query import Vocabulary
from engine.runs.query.asked import FACTS
from studio.pages.runs.table.columns import column_of, keys_of
from studio.pages.runs.table.row import Row
from studio.widgets.slices import Slices

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
        self._waiting: dict[str, None] = {}
        self._learned: set[str] = set()  # whose settings were counted
        self.keys: dict[str, None] = {}
        """Of every column in which some run has something to say."""
        self.values: dict[str, Counter[str]] = {}
        """What is written in a column of settings or facts, by its key, and about how often."""
        self.tags: Counter[str] = Counter()
        model.heard.connect(self.look)

    @property
    def whole(self) -> bool:
        """Whether every run was looked into."""
        return not self._slices.busy

    def look(self, runs: Iterable[str]) -> None:
        """Look into runs that are new, or of which there is news."""
        self._waiting |= dict.fromkeys(runs)
        if not self._slices.busy:
            self._slices.run(self._steps(), then=_nothing)

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

    def _steps(self) -> Iterator[None]:
        while self._waiting:
            run = next(iter(self._waiting))
            del self._waiting[run]
            row = self._model.row(run)
            self._count(row)
            if run not in self._learned and row.parameters:
                self._learned.add(run)
                self._learn(row)
            _ = self._model.asked(run).words  # so that the first letter of a filter finds them ready
            yield

    def _count(self, row: Row) -> None:
        self.tags.update(row.notes.tags)
        for key in ("state", "device", "group", "watched", "name"):
            column = column_of(key)
            if column is not None and (text := column.text(row)):
                self.values.setdefault(key, Counter())[text] += 1
        self.keys.update(dict.fromkeys(keys_of(row)))

    def _learn(self, row: Row) -> None:
        for path in row.parameters:
            column = column_of(f"parameter:{path}")
            if column is not None:
                values, text = self.values.setdefault(column.key, Counter()), column.text(row)
                if text in values or len(values) < MANY:
                    values[text] += 1


def _metric_name(key: str) -> str:
    kind, _, name = key.partition(":")
    return f"test/{name}" if kind == "test" else name


def _nothing() -> None:
    """Nobody waits for it: whoever wants to know asks `whole`."""
