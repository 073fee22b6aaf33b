"""Whether a run that was repeated came to the same numbers."""

from __future__ import annotations

from dataclasses import asdict

from engine.runs import RunFolder, WorkspaceError
from engine.runs.equality import matches
from engine.service.part import Answer, Methods, Part


class Repeats(Part):
    """Reads two journals whole, so it is asked in a lane of its own."""

    @property
    def methods(self) -> Methods:
        return {"equality": (self.equality, "comparing the numbers of two runs")}

    def equality(self, run: str, origin: str) -> Answer:
        """Every metric that both have, side by side (`engine.runs.equality.Match`); `same` where all of it is equal."""
        pair = [RunFolder(self.workspace.runs / name) for name in (run, origin)]
        if gone := [one.id for one in pair if not one.events.exists()]:
            raise WorkspaceError(f"The run '{gone[0]}' is no longer there to compare with.")
        found = matches(*pair)
        return {"same": bool(found) and all(one.same for one in found), "metrics": [asdict(one) for one in found]}
