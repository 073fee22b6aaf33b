"""Datasets that were opened already: what is known of them is asked for at every edit."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any

from engine.data import Source, divide, open_source
from engine.data.data import facts_of
from engine.data.stamps import Stamp, stamps_of
from engine.spec import Catalogue, Dataset, Facts, ParameterError, Project

KEPT = 4
"""Sources kept open; large ones are memory-mapped."""


class Sources:
    """Opens datasets and remembers the last few until their files change."""

    def __init__(self, catalogue: Catalogue, *, cache: Path | None = None) -> None:
        self._catalogue = catalogue
        self._cache = cache
        self._alone = threading.Lock()  # quick and slow questions are answered by threads of their own
        self._sources: OrderedDict[Hashable, Source] = OrderedDict()
        self._facts: OrderedDict[Hashable, Facts] = OrderedDict()

    def source(self, project: Project, folder: Path) -> Source:
        """The project's data; raise DataError when it cannot be read."""
        with self._alone:
            return self._source(self._key(project, folder), project, folder)

    def facts(self, project: Project, folder: Path) -> Facts:
        """What is known of the project's data, divided as it says; raise DataError when it cannot be."""
        with self._alone:
            return self._known(project, folder)

    def _known(self, project: Project, folder: Path) -> Facts:
        key = self._key(project, folder)
        split = (key, project.split)
        if split not in self._facts:
            source = self._source(key, project, folder)
            self._facts[split] = facts_of(source, divide(source, project.split))
            _forget_old(self._facts)
        self._facts.move_to_end(split)
        return self._facts[split]

    def _source(self, key: Hashable, project: Project, folder: Path) -> Source:
        if key not in self._sources:
            self._sources[key] = open_source(project, self._catalogue, folder=folder, cache=self._cache)
            _forget_old(self._sources)
        self._sources.move_to_end(key)
        return self._sources[key]

    def _key(self, project: Project, folder: Path) -> Hashable:
        if project.dataset is None:
            return None
        text = json.dumps(project.dataset.model_dump(), sort_keys=True, default=str)
        return text, folder, tuple(self._stamps(project, folder))

    def _stamps(self, project: Project, folder: Path) -> Iterable[Stamp]:
        assert project.dataset is not None
        try:
            return stamps_of(self._catalogue.make(Dataset, project.dataset), folder, deep=False)
        except ParameterError:
            return ()


def _forget_old(kept: OrderedDict[Hashable, Any]) -> None:
    while len(kept) > KEPT:
        kept.popitem(last=False)
