"""Obeys what the control file asks for."""

from __future__ import annotations

from threading import Event
from time import perf_counter, sleep

from engine.events import Checkpoint, Continue, Continued, Message, Pause, Paused, Set, Stop
from engine.runs import RunFolder, Tail
from engine.train.behaviors.behavior import Behavior
from engine.train.behaviors.timer import keep
from engine.train.halt import Interrupted, Stopped
from engine.train.job import Job

LOOK = 0.02
"""Seconds between two looks at the control file while the run is paused."""


class Control(Behavior):
    """Pauses, continues, stops and saves when asked to; ends the attempt when the process is told to end."""

    def __init__(self, folder: RunFolder, interrupt: Event, *, heard: int = 0) -> None:
        self._interrupt = interrupt
        self._tail = Tail(folder.controls, offset=heard)

    def pulse(self, job: Job, now: float) -> None:
        if self._interrupt.is_set():
            raise Interrupted("The process was told to end. Resume the run to go on from here.")
        for message in self._tail.read():
            self._obey(job, message)

    def _obey(self, job: Job, message: Message) -> None:
        match message:
            case Stop():
                raise Stopped("Stopped when asked to.")
            case Checkpoint():
                keep(job)
            case Pause():
                self._hold(job)
            case Set(path=path):
                job.reporter.log(f"'{path}' cannot be changed while the run trains.", "warning")

    def _hold(self, job: Job) -> None:
        """Wait until told to go on, with a checkpoint in case that never happens."""
        job.read_losses()
        job.reporter.say(Paused(step=job.progress.step))
        keep(job)
        while not self._released(job):
            sleep(LOOK)
        job.since = perf_counter()  # a pause is no time spent on the epoch
        job.reporter.say(Continued(step=job.progress.step))

    def _released(self, job: Job) -> bool:
        """Whether the pause is over; other orders are obeyed meanwhile."""
        if self._interrupt.is_set():
            raise Interrupted("The process was told to end while the run was paused. Resume it to go on from here.")
        job.reporter.catch_up()
        messages = self._tail.read()
        for message in messages:
            if not isinstance(message, Pause):
                self._obey(job, message)
        return any(isinstance(message, Continue) for message in messages)
