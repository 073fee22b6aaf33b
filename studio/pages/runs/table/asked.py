"""A run as filter expressions ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache

from engine.runs.query import Value
from studio.pages.runs.table.columns import written
from studio.pages.runs.table.facts import tested, watched
from studio.pages.runs.table.row import Row

FACTS: Mapping[str, Callable[[Row], Value | None]] = {
    "name": lambda row: row.name,
    "state": lambda row: row.state,
    "device": lambda row: row.summary.device,
    "group": lambda row: row.summary.group,
    "origin": lambda row: row.summary.origin,
    "run": lambda row: row.id,
    "note": lambda row: row.notes.text,
    "watched": watched,
    "starred": lambda row: row.notes.starred,
    "best": lambda row: row.summary.best.get(row.summary.watch),
    "last": lambda row: row.summary.last.get(row.summary.watch),
    "test": tested,
    "epoch": lambda row: row.summary.epoch,
    "epochs": lambda row: row.summary.epochs,
    "best_epoch": lambda row: row.summary.best_epoch,
    "created": lambda row: row.summary.created or None,
    "duration": lambda row: row.summary.seconds if row.summary.started else None,
    "disk": lambda row: row.size,
}
"""What expressions may ask of every run by a name of its own."""
SPLITS = ("validation/", "train/", "")


class Asked:
    """A row that answers a query.

    A name is a fact's (`state`, `duration`), a metric's (`accuracy`, `train/loss`, `test/accuracy`, `last:accuracy`),
    or a setting's, whole or from any of its dots on (`training.optimizer.lr`, `optimizer.lr`, `lr`). A metric's
    value is that of the best epoch, on the validation split unless another is named.
    """

    def __init__(self, row: Row) -> None:
        self._row = row

    @cached_property
    def words(self) -> str:
        """Name, id, state, device, watched metric, tags, note, and what the settings name: optimizers, data, layers."""
        row = self._row
        kinds = (value for value in row.parameters.values() if isinstance(value, str))
        said = (row.name, row.id, row.state, row.summary.device, watched(row), *row.notes.tags, row.notes.text, *kinds)
        return "\n".join(said).casefold()

    @property
    def tags(self) -> Sequence[str]:
        return self._row.notes.tags

    @property
    def starred(self) -> bool:
        return self._row.notes.starred

    def values(self, name: str) -> Sequence[Value]:
        """What a name in small letters stands for."""
        if (fact := FACTS.get(name)) is not None:
            found = fact(self._row)
            return () if found is None or found == "" else (found,)
        if name == "tags":
            return self.tags
        metric = self._metric(name)
        return metric or self._settings(name)

    def _metric(self, name: str) -> tuple[float, ...]:
        summary, (kind, colon, rest) = self._row.summary, name.partition(":")
        if name.startswith("test/") or (colon and kind == "test"):
            name = name if name.startswith("test/") else f"test/{rest}"
            return _found(summary.last, name)
        values = summary.last if kind == "last" and colon else summary.best
        wanted = rest if colon and kind in {"last", "best"} else name
        return next((value for split in SPLITS if (value := _found(values, split + wanted))), ())

    def _settings(self, name: str) -> list[Value]:
        parameters = self._row.parameters
        found = (parameters[path] for path in _named(tuple(parameters), name))
        return [_plain(value) for value in found if value is not None]


def _found(values: Mapping[str, float], name: str) -> tuple[float, ...]:
    if name in values:
        return (values[name],)
    return tuple(value for metric, value in values.items() if metric.casefold() == name)[:1]


def _plain(value: object) -> Value:
    return value if isinstance(value, str | bool | int | float) else written(value)


@lru_cache(maxsize=4096)
def _named(paths: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Those of the paths that a name means; most runs have the same paths, so this is asked once for many."""
    return tuple(path for path in paths if (folded := path.casefold()) == name or folded.endswith(f".{name}"))
