"""Several workers of a study, as processes of their own: started, started again when they die, and told to end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from engine.runs import StudyFolder, Workspace

ATTEMPTS = 3
"""Deaths in a row after which a worker is not started again."""
STEADY = 60.0
"""Seconds after which a worker counts as well: its next death is a first one."""
LOOK = 0.2
"""Seconds between two looks at the processes."""
REFUSED, TAKEN = 2, 3
"""What a worker exits with that said why it cannot go on, and one whose place another has."""


@dataclass(kw_only=True)
class _Place:
    name: str
    device: str
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    deaths: int = 0
    failed: bool = False


@dataclass(frozen=True, kw_only=True)
class Crew:
    """Who is to work on a study."""

    workspace: Workspace
    folder: StudyFolder
    device: str = "auto"
    workers: int = 1
    tracking: bool = True
    command: Sequence[str] = (sys.executable, "-m", "engine.search")
    ended: Event = field(default_factory=Event)
    """Set it to tell all of them to end."""

    def log(self, place: str) -> Path:
        """Where the worker of a place writes what it has to say."""
        return self.workspace.logs / f"search-{self.folder.id}-{place}.log"


def supervise(crew: Crew) -> bool:
    """Have a study worked on until its workers are done; whether all of them came to a good end.

    A worker that dies is started again, a few times. Ends with the last of them.
    """
    places = [_Place(name=name, device=crew.device) for name in free_places(crew)]
    try:
        for place in places:
            _start(crew, place)
        while any(_goes_on(crew, place) for place in places):
            if crew.ended.wait(LOOK):
                break
    finally:
        _end(places)
    return not any(place.failed for place in places)


def free_places(crew: Crew) -> list[str]:
    """Names of places that nobody has: `cpu-1`, `cpu-2` …"""
    stem, taken = crew.device.replace(":", "-"), set(crew.folder.workers())
    names = (f"{stem}-{number}" for number in range(1, crew.workers + len(taken) + 1))
    return [name for name in names if name not in taken][: crew.workers]


def _start(crew: Crew, place: _Place) -> None:
    order = ["--workspace", str(crew.workspace.path), "--study", crew.folder.id]
    order += ["--device", place.device, "--place", place.name]
    log = crew.log(place.name)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as file:
        place.process = subprocess.Popen(
            [*crew.command, *order, *([] if crew.tracking else ["--no-tracking"])],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            cwd=Path(__file__).parents[2],  # where `engine` is found, installed or not
            start_new_session=os.name == "posix",  # Ctrl+C is ours: we tell them
        )
    place.began = time.monotonic()


def _goes_on(crew: Crew, place: _Place) -> bool:
    """Whether a place still has work to do; a worker that died is started again."""
    if place.process is None:
        return False
    status = place.process.poll()
    if status is None:
        return True
    place.process = None
    if status in (0, TAKEN):
        return False
    if status == REFUSED:  # it would say the same again
        place.failed = True
        return False
    place.deaths = 1 if time.monotonic() - place.began > STEADY else place.deaths + 1
    if place.deaths >= ATTEMPTS:
        place.failed = True
        return False
    _start(crew, place)
    return True


def _end(places: Sequence[_Place]) -> None:
    """Tell those that are left to end, and wait for their checkpoints."""
    left = [place.process for place in places if place.process is not None]
    for process in left:
        process.terminate()
    for process in left:
        process.wait()
