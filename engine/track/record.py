"""How far MLflow has been told of a run: `track.json` in its folder."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Self

from engine.runs import RunFolder
from engine.runs.folder import TRACKED

FILE = TRACKED


@dataclass(slots=True)
class Record:
    """What the follower remembers of a run between two looks, and between two lives."""

    uri: str = ""
    """The MLflow that the rest speaks of; another one is told from the start."""
    run: str = ""
    """The run's id in MLflow; empty until it has one."""
    offset: int = 0
    """Bytes of the journal that were delivered."""
    steps: dict[str, int] = field(default_factory=dict)
    """The highest delivered step of every metric."""
    state: str = ""
    """The state that the delivered events leave the run in; empty before its start."""
    settled: bool = False
    """Whether MLflow knows everything that the first `offset` bytes say, the end included."""
    notes: int = 0
    """When the notes that were delivered were written, in nanoseconds since 1970; 0 where there were none."""
    trouble: str = ""
    """Why the delivery stands still, in the user's words."""

    @classmethod
    def read(cls, run: RunFolder) -> Self:
        """The run's record, a fresh one where there is none or it is broken."""
        known = {part.name: part for part in fields(cls)}
        found = {name: value for name, value in run.read_json(FILE).items() if name in known}
        blank = cls()
        whole = all(isinstance(value, type(getattr(blank, name))) for name, value in found.items())
        return cls(**found) if whole else blank

    def write(self, run: RunFolder) -> None:
        """Keep it; raise OSError when that is not possible."""
        run.write_json(FILE, asdict(self))

    def up_to_date(self, run: RunFolder) -> bool:
        """Whether MLflow knows all there is to know of the run now."""
        return self.settled and (self.offset, self.notes) == stamp(run)


def stamp(run: RunFolder) -> tuple[int, int]:
    """What changes with every word about a run: its journal's size, and when its notes were written."""
    try:
        written = (run.path / "notes.json").stat().st_mtime_ns
    except FileNotFoundError:
        written = 0
    return run.events.stat().st_size, written
