"""A worker's other thread: it gives signs of life, and hears orders while a trial is trained."""

from __future__ import annotations

import logging
import time
from threading import Event, Thread
from typing import Self

import optuna
from optuna.exceptions import OptunaError

from engine.events import Stop
from engine.runs import RunFolder
from engine.search.attributes import BEAT
from engine.search.handle import Handle
from engine.search.notes import note
from engine.search.storage import is_trouble

LOOK = 1.0
"""Seconds between two looks for orders."""
BEATS = 10.0
"""Seconds between two signs of life."""

log = logging.getLogger("search")


class Watch:
    """Watches the study while the worker trains.

    Args:
        handle: the study.
        ended: set when the worker has to end.
    """

    def __init__(self, handle: Handle, ended: Event) -> None:
        self.interrupt = Event()
        """Set when the run in training is to write a checkpoint and end, to go on another time."""
        self._handle = handle
        self._ended = ended
        self._over = Event()
        self._trial: optuna.Trial | None = None
        self._run: RunFolder | None = None
        self._beaten = 0.0
        self._thread = Thread(target=self._watch, name="watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def attend(self, trial: optuna.Trial | None, run: RunFolder | None = None) -> None:
        """Watch for this trial from now on; it is trained in this run."""
        if run is None:
            self.interrupt.clear()
        self._trial, self._run = trial, run
        if self._ended.is_set():
            self.interrupt.set()

    def _watch(self) -> None:
        while not self._over.wait(LOOK):
            try:
                self._look()
            except (OptunaError, KeyError, ValueError) as error:  # over already, or the study was deleted
                log.debug("the study could not be looked at: %s", error)
            except Exception as error:
                if not is_trouble(error):
                    log.exception("the study could not be looked at")

    def _look(self) -> None:
        trial, run = self._trial, self._run
        if trial is None:
            return
        orders = self._handle.orders()
        if orders.paused:
            self.interrupt.set()
        if trial.number in orders.stopped and run is not None:
            self._run = None  # once is enough
            run.control(Stop())
        if time.monotonic() - self._beaten >= BEATS:
            self._beaten = time.monotonic()
            note(self._handle.study, trial, **{BEAT: time.time()})
