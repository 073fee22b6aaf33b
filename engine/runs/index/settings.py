"""The settings of many runs, which mostly have the same names: kept once for all of them."""

from __future__ import annotations

import json
from collections.abc import ItemsView, Iterator, Mapping
from functools import lru_cache
from typing import Any

from engine.runs.folder import RunFolder
from engine.spec import ProjectError, flatten
from engine.spec.search import read_parameters, write_parameters


class Settings(Mapping[str, Any]):
    """Every written setting of a run's project by its path, in a tenth of a dictionary's room.

    Args:
        names: the paths, shared by runs with the same ones.
        values: what stands at each of them.
    """

    __slots__ = ("_places", "_values")

    def __init__(self, names: tuple[str, ...], values: tuple[Any, ...]) -> None:
        self._places = places(names)
        self._values = values

    @classmethod
    def of(cls, mapping: Mapping[str, Any]) -> Settings:
        """The same settings in this form."""
        return cls(tuple(mapping), tuple(mapping.values()))

    def __getitem__(self, name: str) -> Any:
        return self._values[self._places[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def items(self) -> ItemsView[str, Any]:
        """The paths with what stands at them, without looking each of them up."""
        return _Items(self)

    def __repr__(self) -> str:
        return f"Settings({dict(self)!r})"


class _Items(ItemsView[str, Any]):
    _mapping: Settings

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return zip(self._mapping._places, self._mapping._values, strict=True)


@lru_cache(maxsize=4096)
def places(names: tuple[str, ...]) -> dict[str, int]:
    """Where each name stands; the same object for the same names."""
    return {name: place for place, name in enumerate(names)}


def read_settings(run: RunFolder) -> Settings:
    """A run's settings, none where its project cannot be read."""
    try:
        return Settings.of(flatten(run.project()))
    except ProjectError:
        return Settings((), ())


def write_values(settings: Mapping[str, Any]) -> str:
    """The values alone, as JSON."""
    return json.dumps(list(write_parameters(settings).values()), separators=(",", ":"))


def read_values(names: tuple[str, ...], text: str) -> Settings:
    """Settings from their names and what `write_values` made of them; raise ValueError where they do not fit."""
    values = json.loads(text)
    if len(values) != len(names):
        raise ValueError("these are the values of other names")
    marked = {str(place): value for place, value in enumerate(values) if type(value) in {list, dict}}
    for place, value in read_parameters(marked).items():  # a tuple, or a search mark
        values[int(place)] = value
    return Settings(names, tuple(values))
