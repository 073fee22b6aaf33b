"""Costs of a point of a search space on one device: memory rehearsed, a step's time foretold or measured."""

from __future__ import annotations

import torch

from engine.fit import Estimate, Foreteller
from engine.fit.calibration import key_of
from engine.fit.room import room_of
from engine.fit.trial import NoRoomError, Trial
from engine.runs import Workspace
from engine.spec import Catalogue, Facts, Project
from engine.train.device import machine_of


class Costs:
    """Finds what trainings take of a device.

    Args:
        catalogue: what projects are made of.
        device: where they would be trained.
        workspace: whose measurements of the device count; None knows none.
    """

    def __init__(self, catalogue: Catalogue, device: torch.device, workspace: Workspace | None = None) -> None:
        self.device = device
        self._catalogue = catalogue
        self._foreteller = Foreteller(catalogue, workspace)
        found = room_of(device)
        self.room = found["memory"]
        """Bytes that the device has in all, whoever uses them."""
        self._about = {"name": str(device), **found}
        self._measured: dict[tuple[str, int], float | None] = {}

    @property
    def kind(self) -> str:
        """What devices of one kind have in common: what ran out of memory on one does so on the others."""
        return f"{machine_of(self.device)}, {self.room / (1 << 30):.0f} GiB"

    def memory(self, filled: Project, facts: Facts) -> float | None:
        """Bytes that a training takes at its peak; None for a network that cannot be rehearsed."""
        found = self._estimate(filled, facts)
        return None if found is None else float(found.needed(found.batch))

    def step_seconds(self, filled: Project, facts: Facts, *, exactly: bool) -> float | None:
        """Seconds of a training step; None where it cannot be known.

        Args:
            filled: what is trained.
            facts: its data.
            exactly: take some real steps, even where others that were measured would foretell it.
        """
        found = self._estimate(filled, facts)
        if found is None:
            return None
        foretold = None if exactly else found.seconds(found.batch)
        return self._timed(filled, facts, found) if foretold is None else foretold

    def _estimate(self, filled: Project, facts: Facts) -> Estimate | None:
        try:
            return self._foreteller.estimate(filled, facts, self._about)
        except Exception:  # noqa: BLE001 - what a layer does with fake numbers is a pack's affair
            return None

    def _timed(self, filled: Project, facts: Facts, estimate: Estimate) -> float | None:
        """The median of some real steps, taken once for everything that a step does alike."""
        key = key_of(filled, facts), estimate.batch
        if key not in self._measured:
            trial = Trial(project=filled, catalogue=self._catalogue, facts=facts, device=self.device, tell=_silently)
            try:
                self._measured[key] = trial.run(estimate.rehearsal, estimate.batch).seconds
            except NoRoomError:
                self._measured[key] = None
        return self._measured[key]


def _silently(doing: str, done: float) -> None:
    """Nobody waits for how far it is."""
