"""What is known of one run."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.runs.folder import RunFolder
from engine.runs.journal import Tail
from engine.runs.notes import EMPTY, Notes
from engine.runs.summary import Summary


@dataclass(slots=True)
class Known:
    """A run in short, and how far its folder was read for that."""

    id: str
    offset: int = 0
    """Bytes of the journal that the summary stands for."""
    mark: bytes = b""
    """What stood before that place; see `Tail`."""
    stamp: int = 0
    """The time of the folder when its notes were read: they have not changed since where it is the same."""
    tracked: str = ""
    """The run's id in MLflow; empty while it has none."""
    notes: Notes = EMPTY
    summary: Summary = field(default_factory=Summary)

    @property
    def open(self) -> bool:
        """Whether the run had not ended."""
        return self.summary.active or self.summary.state == "queued"

    def tail(self, run: RunFolder) -> Tail:
        """Where its journal goes on."""
        return Tail(run.events, offset=self.offset, mark=self.mark)

    def look(self, run: RunFolder) -> bool:
        """Read the notes and the id in MLflow where something in the folder changed; whether they are others now."""
        try:
            stamp = run.path.stat().st_mtime_ns
        except OSError:
            return False
        if stamp == self.stamp:
            return False
        before = (self.notes, self.tracked)
        self.stamp, self.notes, self.tracked = stamp, run.notes(), run.tracked()
        return before != (self.notes, self.tracked)
