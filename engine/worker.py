"""A worker: one warm process per device that trains the queued runs of a workspace, one after the other.

`python -m engine.worker --workspace W --device cpu [--linger S]`. Whoever starts it detaches it and gives its output a
file; it outlives the window, and ends when nothing has waited for it for some seconds.
"""

from __future__ import annotations

import argparse
import gc
import linecache
import logging
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from threading import Event
from time import monotonic

from engine import track
from engine.events import Ended
from engine.runs import RunFolder, TakenError, Workspace
from engine.spec import Catalogue

LINGER = 60.0
"""Seconds that an idle worker stays: a warm one starts the next run at once, a new one loads PyTorch first."""
LOOK = 0.05
"""Seconds between two looks at the queue."""

log = logging.getLogger("worker")


class Worker:
    """Takes the runs that wait for a device, until nothing has waited for `linger` seconds or it is told to end."""

    def __init__(self, workspace: Workspace, device: str, *, linger: float = LINGER, tracking: bool = True) -> None:
        self.workspace = workspace
        self.device = device
        self.ended = Event()
        """Set it to end: a run in training stops with a checkpoint and is interrupted."""
        self._linger = linger
        self._tracking = tracking
        self._catalogue = Catalogue.load()

    def serve(self) -> bool:
        """Train what waits; return whether this process is spoiled for further runs.

        Raise `TakenError` where another worker serves the device.
        """
        while True:
            with self.workspace.process(f"worker-{self.device}") as owner:
                from engine.train.heartbeat import Heartbeat  # PyTorch is loaded when the place is taken

                with Heartbeat(owner):
                    spoiled = self._serve()
            # A run that was queued while we let go was told that we are here: look once more.
            if spoiled or self.ended.is_set() or not self.workspace.waiting(self.device):
                return spoiled

    def _serve(self) -> bool:
        idle = monotonic()
        while not self.ended.is_set():
            run = self.workspace.take(self.device)
            if run is None:
                if monotonic() - idle >= self._linger:
                    break
                self.ended.wait(LOOK)
                continue
            ended = self.train(run)
            tidy()
            if ended is not None and ended.outcome == "failed" and is_spoiled():
                return True
            idle = monotonic()
        return False

    def train(self, run: RunFolder) -> Ended | None:
        """Train one run; None where that was not ours to do."""
        from engine.train import train_run

        log.info("training %s", run.id)
        try:
            with track.followed(self.workspace) if self._tracking else nullcontext() as listener:
                ended = train_run(run, self.device, on_event=listener, interrupt=self.ended, catalogue=self._catalogue)
        except (ValueError, OSError) as error:  # finished already, held by another process, or its folder is gone
            log.warning("%s was not trained: %s", run.id, error)
            return None
        log.info("%s %s %s", run.id, ended.outcome, ended.message)
        return ended


def tidy(*, settled: bool = False) -> None:
    """Give back what a run held, so that memory does not grow with their number.

    Args:
        settled: never look again through what is there now, in a process that does nothing but train: PyTorch's half a
            million objects take a third of a second each time, which is more than a small trial's training.
    """
    import torch
    from torch._subclasses.fake_tensor import FakeTensorMode
    from torch.fx import graph_module

    if "torch._dynamo" in sys.modules:
        torch._dynamo.reset()
    FakeTensorMode.cache_clear()  # what rehearsals and exports found out of each shape
    sources = graph_module._loader.eval_cache  # of every network ever assembled, for tracebacks
    for name in sources:
        linecache.cache.pop(name, None)
    sources.clear()
    gc.collect()
    if settled:
        gc.freeze()
    if torch.cuda.is_initialized():
        torch.cuda.empty_cache()


def is_spoiled() -> bool:
    """Whether a run broke the accelerator's context, after which nothing works in this process any more."""
    import torch

    if not torch.cuda.is_initialized():
        return False
    try:
        torch.cuda.synchronize()
    except RuntimeError:
        return True
    return False


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve a device of a workspace, unless another process does."""
    parser = argparse.ArgumentParser(prog="python -m engine.worker", description="Train a workspace's queued runs.")
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--linger", type=float, default=LINGER, help="seconds to stay when nothing waits")
    parser.add_argument("--no-tracking", action="store_true", help="do not tell MLflow")
    given = parser.parse_args(arguments)
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO)
    worker = Worker(Workspace(given.workspace), given.device, linger=given.linger, tracking=not given.no_tracking)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.ended.set())
    try:
        spoiled = worker.serve()
    except TakenError as error:
        log.info("another worker serves this device: %s", error)
        return 0
    if spoiled:  # start again in the same process, with a fresh accelerator context
        log.warning("the accelerator has to be started again")
        os.execv(sys.executable, [sys.executable, "-m", "engine.worker", *(arguments or sys.argv[1:])])
    return 0


if __name__ == "__main__":
    sys.exit(main())
