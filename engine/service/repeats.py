"""Whether a run that was repeated came to the same numbers."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict

from engine.runs import RunFolder, WorkspaceError
from engine.runs.equality import matches
from engine.runs.repeated import keep
from engine.service.part import Answer, Methods, Part


class Repeats(Part):
    """Reads two journals whole, so it is asked in a lane of its own."""

    @property
    def methods(self) -> Methods:
        return {"equality": (self.equality, "comparing the numbers of two runs")}

    def equality(self, run: str, origin: str) -> Answer:
        """Every metric that both have, side by side (`engine.runs.equality.Match`); `same` where all of it is equal.

        What came out is kept with the run.
        """
        pair = [RunFolder(self.workspace.runs / name) for name in (run, origin)]
        if gone := [one.id for one in pair if not one.events.exists()]:
            raise WorkspaceError(f"The run '{gone[0]}' is no longer there to compare with.")
        found = matches(*pair)
        with suppress(OSError):  # a full disk only means that it is found again another time
            keep(pair[0], pair[1], found)
        return {"same": bool(found) and all(one.same for one in found), "metrics": [asdict(one) for one in found]}
