"""What a run puts on the disk, and how often: one of many needs less of it than one that a person waits for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Judge: TypeAlias = Callable[[Mapping[str, float]], bool]
"""Says of the metrics of a run, of its best epoch and of the test split, whether it is worth keeping."""


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """How much of a run is kept.

    Whatever is left out can be made from what is there: a run goes on from its last checkpoint, and `complete` writes
    what a whole run leaves behind.
    """

    every: float = 0.0
    """Seconds for which a checkpoint is fresh: at the end of an epoch within them no other is written, unless it is the
    last. That much is lost where the process is killed."""
    whole: Judge | None = None
    """Whether a run that has finished leaves its source and its model behind. None is always, and the source early."""

    def wants(self, metrics: Mapping[str, float]) -> bool:
        """Whether a run with these metrics is kept whole."""
        return self.whole is None or self.whole(metrics)


EVERYTHING = Keeping()
