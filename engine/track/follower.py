"""Following all runs of a workspace until MLflow knows everything."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import replace

from engine.runs import Owner, RunFolder, Workspace, choice
from engine.track.delivery import Delivery
from engine.track.patience import wait_at_most
from engine.track.places import own_uri, tracking_uri
from engine.track.record import Record, stamp
from engine.track.retelling import told_of_all, untold
from engine.track.store import RefusedError, Store
from engine.track.trouble import in_words

POLL = 1.0
"""Seconds between two looks at what is new."""
LINGER = 10.0
"""Seconds without anything to do after which the follower leaves; the next run rarely has to wait for another."""
RESTS = 19.0
"""Rest for so many times as long as the last look took while a run goes on: a twentieth of one core is enough.

Of a very fast run MLflow then lags behind; what is missing is told when the run has ended.
"""
LONGEST_REST = 10.0
LOCKED = 20.0
"""Seconds that a look waits for a file that another program holds."""
BACKOFF = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds to wait after MLflow could not be reached so many times in a row."""
PATIENCE = 24 * 3600.0
"""Seconds without an answer after which it is left to the next follower."""

log = logging.getLogger(__name__)

Wait = Callable[[float], None]


class Follower:
    """Tells one MLflow of the runs in one workspace.

    Args:
        workspace: whose runs.
        uri: MLflow's address.
        wait: how to let seconds pass; told apart for tests.
    """

    def __init__(self, workspace: Workspace, uri: str, *, wait: Wait = time.sleep) -> None:
        self.workspace = workspace
        self._uri = uri
        self._wait = wait
        self._store: Store | None = None
        self._runs: dict[str, Delivery] = {}
        self._settled: dict[str, tuple[int, int]] = {}
        """The stamp of runs of which MLflow knows everything."""
        self._of_all = False
        """Whether MLflow is to know the runs, too, that another one was told of."""

    @property
    def outdated(self) -> bool:
        """Whether another MLflow is to be told by now."""
        return tracking_uri(self.workspace) != self._uri

    def follow(self, owner: Owner) -> bool:
        """Deliver until all is told and nothing is going on; False when MLflow was silent for too long.

        Where another MLflow is to be told, a run that is going on is told of to its end all the same.
        """
        failures, heard, busy = 0, time.monotonic(), time.monotonic()
        while True:
            owner.beat()
            begun = time.perf_counter()
            known = dict(self._settled)
            if self.look():
                failures, heard = 0, time.monotonic()
            else:
                failures += 1
            now = time.monotonic()
            if self._runs or failures or self._settled != known:
                busy = now
            if self.outdated and (failures or not self._runs):
                return True
            if now - busy > LINGER or now - heard > PATIENCE:
                return now - heard <= PATIENCE
            rest = min(RESTS * (time.perf_counter() - begun), LONGEST_REST) if self._runs else 0.0
            self._wait(max(rest, POLL if not failures else BACKOFF[min(failures, len(BACKOFF)) - 1]))

    def has_news(self) -> bool:
        """Whether there is a run of which MLflow does not know everything."""
        return bool(self._unsettled())

    def look(self) -> bool:
        """Deliver what is new in every run; False when MLflow could not be reached."""
        for run in self._unsettled():
            delivery = self._runs.get(run.id)
            try:
                if delivery is None:
                    delivery = self._runs[run.id] = self._delivery(run)
                delivery.advance()
            except FileNotFoundError:  # the run was deleted
                self._runs.pop(run.id, None)
                continue
            except RefusedError as error:
                log.warning("%s: %s", run.id, error)
                assert delivery is not None
                delivery.give_up(f"MLflow refused it: {error}")
            except Exception as error:  # noqa: BLE001 - no connection, a locked file, a full disk: all may pass
                self._failed(run, delivery, error)
                return False
            if delivery.settled and not delivery.live:
                self._settled[run.id] = stamp(run)
                del self._runs[run.id]
        return True

    def _unsettled(self) -> list[RunFolder]:
        """The runs with news, the oldest first."""
        if told_of_all(self.workspace, self._uri) and not self._of_all:
            self._of_all = True
            self._settled.clear()
        return [run for run in reversed(list(self.workspace.all_runs())) if not self._done(run)]

    def _done(self, run: RunFolder) -> bool:
        try:
            now = stamp(run)
            unknown = run.id not in self._settled and run.id not in self._runs
            if unknown and not untold(run, self._uri, of_all=self._of_all):
                self._settled[run.id] = now
        except FileNotFoundError:
            return True
        return self._settled.get(run.id) == now

    def _delivery(self, run: RunFolder) -> Delivery:
        return Delivery(run, self._connect(), experiment=choice(self.workspace, "experiment"))

    def _connect(self) -> Store:
        if self._store is None:
            wait_at_most(LOCKED)
            own = self._uri == own_uri(self.workspace)
            self._store = Store(self._uri, artifacts=self.workspace.artifacts if own else None)
        return self._store

    def _failed(self, run: RunFolder, delivery: Delivery | None, error: Exception) -> None:
        told = in_words(error, self._uri)
        log.warning("%s: %s (%s)", run.id, told, error)
        with contextlib.suppress(OSError):
            if delivery is not None:
                delivery.wait(told)
            else:
                replace(Record.read(run), trouble=told).write(run)
