"""Orders to a running training are obeyed at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import time

import pytest

from engine.events import (
    Checkpoint,
    Checkpointed,
    Continue,
    Continued,
    Ended,
    Log,
    Pause,
    Paused,
    Set,
    Started,
    Steps,
    Stop,
)
from engine.runs import RunFolder
from engine.train import train_run
from tests.train.making import events, new_run, wine

SOON = 3.0  # seconds: far more than the 0.1 that are promised, for machines under load


@contextmanager
def training(folder: RunFolder, eventually: Callable[..., None]) -> Iterator[Event]:
    """A run in a thread beside; set the event to end it."""
    interrupt, attempt = Event(), len(events(folder, Started)) + 1
    thread = Thread(target=train_run, args=(folder, "cpu"), kwargs={"interrupt": interrupt})
    thread.start()
    try:
        eventually(lambda: len(events(folder, Started)) == attempt and moved_on(folder), within=60)
        yield interrupt
    finally:
        interrupt.set()
        thread.join()


def moved_on(folder: RunFolder) -> bool:
    """Whether the attempt that began last has taken a step."""
    return bool(folder.summary().step > events(folder, Started)[-1].step)


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return new_run(tmp_path, wine(epochs=100_000, checkpoint_every=0))


def saved_at(folder: RunFolder, step: int) -> int:
    """How many checkpoints to go on from there are of that step."""
    return sum(one.step == step and not one.best for one in events(folder, Checkpointed))


def test_that_stop_ends_the_run_at_once_with_a_checkpoint(folder: RunFolder, eventually: Callable[..., None]) -> None:
    with training(folder, eventually):
        asked = time()
        folder.control(Stop())
        eventually(lambda: events(folder, Ended))
    [ended] = events(folder, Ended)
    assert ended.outcome == "stopped"
    assert ended.time - asked < SOON
    assert events(folder, Checkpointed)[-1].step == ended.step


def test_that_a_paused_run_takes_no_step_until_it_may_go_on(folder: RunFolder, eventually: Callable[..., None]) -> None:
    with training(folder, eventually):
        asked = time()
        folder.control(Pause())
        eventually(lambda: events(folder, Paused))
        [paused] = events(folder, Paused)
        assert paused.time - asked < SOON
        eventually(lambda: saved_at(folder, paused.step) == 1)
        folder.control(Checkpoint())
        eventually(lambda: saved_at(folder, paused.step) == 2)
        assert events(folder, Steps)[-1].last == paused.step
        folder.control(Continue())
        eventually(lambda: events(folder, Steps)[-1].last > paused.step)
    assert events(folder, Continued)[0].step == paused.step


def test_that_a_paused_run_can_be_stopped(folder: RunFolder, eventually: Callable[..., None]) -> None:
    with training(folder, eventually):
        folder.control(Pause())
        eventually(lambda: events(folder, Paused))
        folder.control(Stop())
        eventually(lambda: events(folder, Ended))
    assert events(folder, Ended)[0].outcome == "stopped"


def test_that_an_interrupted_run_can_go_on(folder: RunFolder, eventually: Callable[..., None]) -> None:
    with training(folder, eventually) as interrupt:
        interrupt.set()
        eventually(lambda: events(folder, Ended))
    assert folder.summary().state == "interrupted"
    first = folder.summary().step
    with training(folder, eventually):
        assert events(folder, Started)[1].step == first


def test_that_orders_to_an_earlier_attempt_are_not_obeyed_again(
    folder: RunFolder, eventually: Callable[..., None]
) -> None:
    with training(folder, eventually):
        folder.control(Stop())
        eventually(lambda: events(folder, Ended))
    stopped = folder.summary().step
    with training(folder, eventually):
        assert events(folder, Started)[1].step == stopped
        eventually(lambda: folder.summary().step > stopped + 20, within=30)


def test_that_a_setting_that_cannot_change_is_refused_in_words(
    folder: RunFolder, eventually: Callable[..., None]
) -> None:
    with training(folder, eventually):
        folder.control(Set(path="training.batch_size", value=3))
        eventually(lambda: any("training.batch_size" in one.text for one in events(folder, Log)))
