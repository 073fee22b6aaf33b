"""Who is alive: workers that died are noticed by whoever is there."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable
from pathlib import Path

from optuna.trial import FrozenTrial, TrialState

from engine.runs import StudyFolder, alive
from engine.runs.owner import identity
from engine.search.attributes import BEAT, Who

SILENT = 60.0
"""Seconds without a sign of life after which a worker on another machine counts as dead."""


def running(trials: Iterable[FrozenTrial]) -> list[FrozenTrial]:
    """Those that somebody should be training."""
    return [one for one in trials if one.state == TrialState.RUNNING]


def is_here(who: Who, folder: StudyFolder) -> bool:
    """Whether a worker belongs to this study folder on this machine, where the system knows if it lives."""
    return who.host == socket.gethostname() and Path(who.home) == folder.path


def is_dead_here(who: Who, folder: StudyFolder) -> bool:
    """Whether a worker of this folder has died, or left its trial behind: its place is empty or another's."""
    owner = folder.worker(who.place).path
    return not alive(owner) or identity(owner) != (who.pid, who.started)


def is_attended(trial: FrozenTrial, folder: StudyFolder) -> bool:
    """Whether somebody trains a trial, as far as can be seen in one look."""
    who = Who.of(trial)
    if trial.state != TrialState.RUNNING or who is None:
        return False
    if is_here(who, folder):
        return not is_dead_here(who, folder)
    return time.time() - float(trial.user_attrs.get(BEAT, 0.0)) < SILENT


class Silence:
    """Notices workers on other machines that give no sign of life any more, whatever their clocks say.

    Args:
        longest: seconds after which a worker counts as dead.
    """

    def __init__(self, longest: float = SILENT) -> None:
        self._longest = longest
        self._heard: dict[int, tuple[float, float]] = {}

    def is_dead(self, trial: FrozenTrial) -> bool:
        """Whether a running trial's last sign of life has been the same for too long."""
        beat, now = float(trial.user_attrs.get(BEAT, 0.0)), time.monotonic()
        last, since = self._heard.get(trial.number, (-1.0, now))
        if beat != last:
            self._heard[trial.number] = (beat, now)
            return False
        return now - since > self._longest

    def forget(self, trial: FrozenTrial) -> None:
        """Begin anew with a trial that was taken up by another worker."""
        self._heard.pop(trial.number, None)
