"""Shortage of memory: what ran out of it on one kind of device, and which points that speaks against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.fit.estimate import named
from engine.spec.quantities import bytes_text


class Shortage:
    """Remembers what ran out of memory.

    Args:
        kind: the kind of device: what runs out on one of them does so on all.
        device: its name.
        room: bytes that it has in all.
    """

    def __init__(self, kind: str, device: str, room: int) -> None:
        self.kind = kind
        self._place = named(device)
        self._room = room
        self._known: dict[str, float | None] = {}

    @property
    def ceiling(self) -> float | None:
        """The least that was foretold of a training that then ran out; None as long as none did."""
        return min((one for one in self._known.values() if one is not None), default=None)

    def learn(self, found: Iterable[Mapping[str, Any]]) -> bool:
        """Take over what ran out (`told`), on this kind of device; whether any of it is new."""
        here = {one["fingerprint"]: one["memory"] for one in found if one["kind"] == self.kind}
        new = not here.keys() <= self._known.keys()
        self._known |= here
        return new

    def told(self, fingerprint: str, memory: float | None) -> Mapping[str, Any]:
        """A training that ran out, as plain JSON."""
        return {"kind": self.kind, "fingerprint": fingerprint, "memory": memory}

    def against(self, fingerprint: str, memory: float | None) -> str:
        """Why a training is not to be tried (again); empty where nothing speaks against it."""
        takes = "" if memory is None else f"about {bytes_text(memory)}"
        if fingerprint in self._known:
            foretold = f", which was foretold to take {takes}" if takes else ""
            return f"The memory of {self._place} ran out in this training{foretold}."
        if memory is None:
            return ""
        if self.ceiling is not None and memory >= self.ceiling:
            before = f"the memory ran out where {bytes_text(self.ceiling)} had been foretold"
            return f"Training it takes {takes}, and {before}."
        return (
            f"Training it takes {takes}, and {self._place} has {bytes_text(self._room)}." if memory > self._room else ""
        )
