"""From a project and a device to an estimate; rehearsals are remembered, so that another batch size costs nothing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

import torch

from engine.fit.calibration import Calibration, key_of
from engine.fit.estimate import Estimate
from engine.fit.holding import Holding
from engine.fit.rehearsal import Rehearsal, rehearse
from engine.runs import Workspace
from engine.spec import Catalogue, Facts, Optimizer, Project

KEPT = 64
"""Rehearsals remembered; one is some kilobytes."""


class Foreteller:
    """Makes estimates.

    Args:
        catalogue: what projects are made of.
        workspace: whose measurements count; None knows none.
    """

    def __init__(self, catalogue: Catalogue, workspace: Workspace | None = None) -> None:
        self._catalogue = catalogue
        self._workspace = workspace
        self._known: OrderedDict[tuple[str, bool], Rehearsal] = OrderedDict()

    def estimate(
        self,
        project: Project,
        facts: Facts,
        device: Mapping[str, Any],
        *,
        between: Callable[[], object] | None = None,
    ) -> Estimate:
        """What a project without errors will take on a device, which is named with its `memory` and what is `free`.

        `between` is called before every operation of the rehearsal and may end it by raising. Raise, too, whatever a
        layer, the loss or the optimizer raises when it cannot be rehearsed (one that reads numbers, say).
        """
        place = torch.device(str(device["name"]))
        rehearsal = self._rehearsal(project, facts, place, between)
        free = int(device.get("free") or 0)
        return Estimate(
            rehearsal=rehearsal,
            holding=Holding(project, facts, place, free, rehearsal.channels_last),
            calibration=Calibration(self._workspace, str(place)),
            free=free,
            total=int(device.get("memory") or 0),
        )

    def _rehearsal(
        self, project: Project, facts: Facts, device: torch.device, between: Callable[[], object] | None
    ) -> Rehearsal:
        declared = self._catalogue.make(Optimizer, project.training.optimizer)
        foreach = device.type == "cuda" and device.type not in declared.fused
        key = key_of(project, facts), foreach
        if key not in self._known:
            self._known[key] = rehearse(project, self._catalogue, facts, foreach=foreach, between=between)
        self._known.move_to_end(key)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        return self._known[key]
