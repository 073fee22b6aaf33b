"""A worker of a study: one warm process that trains trials until nothing is left to try."""

from __future__ import annotations

import logging
from contextlib import suppress
from threading import Event
from time import monotonic

import optuna

from engine.runs import StudyFolder, TakenError, Workspace, WorkspaceError
from engine.runs.owner import identity
from engine.search.attributes import Who
from engine.search.errors import StudyError
from engine.search.handle import Handle
from engine.search.limits import Checker
from engine.search.living import Silence
from engine.search.orders import TROUBLE
from engine.search.outcome import Outcome, tell
from engine.search.recovery import Recovery
from engine.search.storage import Patience, StorageGoneError, is_trouble, reason_of
from engine.search.study import equip, open_study
from engine.search.trying import Bench, Trying
from engine.search.turns import Turns
from engine.search.watch import Watch
from engine.spec import Catalogue
from engine.train.heartbeat import Heartbeat
from engine.worker import is_spoiled, tidy

LINGER = 60.0
"""Seconds that a worker stays while its study is paused."""

PAUSE = 2.0
"""Seconds that a worker leaves a trial alone whose run somebody else trains."""

log = logging.getLogger("search")


class SpoiledError(RuntimeError):
    """A trial broke the accelerator's context: nothing works in this process any more."""


class Worker:
    """Trains trials of a study at one place.

    Args:
        workspace: where the study folder and the runs are.
        folder: the study's.
        device: "auto", "cpu", "cuda:0" or "mps".
        place: its name among the workers of the folder, such as `cpu-1`.
        tracking: whether MLflow is told.
    """

    def __init__(
        self, workspace: Workspace, folder: StudyFolder, device: str, *, place: str, tracking: bool = True
    ) -> None:
        self.workspace = workspace
        self.folder = folder
        self.device = device
        self.place = place
        self.linger = LINGER
        self.ended = Event()
        """Set it, and `interrupt`, to end: a trial in training goes on another time from a checkpoint."""
        self.trials = 0
        """How many it has trained."""
        self.alone = False
        """Whether the process does nothing else."""
        self._tracking = tracking
        self._watch: Watch | None = None

    def end(self) -> None:
        """Interrupt what is trained and leave, as a signal handler may ask."""
        self.ended.set()
        if self._watch is not None:
            self._watch.interrupt.set()

    def work(self) -> str:
        """Train until nothing is left to try; return why, empty where it was told to end.

        Raises:
            TakenError: when another worker has the place.
            StudyError: when the study cannot be searched, or its storage does not answer for too long.
            SpoiledError: when the accelerator has to be started again, with the process.
        """
        with self.folder.worker(self.place) as owner, Heartbeat(owner):
            pid, started = identity(owner.path)
            who = Who(place=self.place, home=str(self.folder.path), pid=pid, started=started)
            catalogue = Catalogue.load()
            handle = open_study(self.folder, catalogue)
            # Places have the same names on all machines, and whoever joins must not try what others try.
            joined = self.folder.details().get("joined", "")
            equip(handle.study, handle.project, catalogue, f"{joined}{self.place}")
            with Watch(handle, self.ended) as watch:
                self._watch = watch
                bench = self._bench(handle, catalogue, watch)
                turns = Turns(handle, who, Recovery(handle, self.workspace, who, Silence()))
                return self._serve(bench, turns)

    def _bench(self, handle: Handle, catalogue: Catalogue, watch: Watch) -> Bench:
        return Bench(
            handle=handle,
            workspace=self.workspace,
            device=self.device,
            catalogue=catalogue,
            checker=Checker(handle.project, catalogue, None, self.device, self.workspace),
            watch=watch,
            patience=Patience(self.ended),
            tracking=self._tracking,
        )

    def _serve(self, bench: Bench, turns: Turns) -> str:
        idle = monotonic()
        while not self.ended.is_set():
            turn = bench.patience(turns.next)
            if turn.trial is not None:
                self._try(bench, turn.trial)
                idle = monotonic()
            elif turn.over:
                return turn.over
            elif turn.paused and monotonic() - idle >= self.linger:
                return "The study is paused."
            else:
                self.ended.wait(turn.wait)
        return ""

    def _try(self, bench: Bench, trial: optuna.Trial) -> None:
        """Try a point and tell the storage what came of it, however long that takes."""
        study, trying = bench.handle.study, Trying(bench, trial)
        bench.watch.attend(trial)
        outcome = _outcome(trying)
        bench.watch.attend(None)
        for run in trying.runs[-1:]:
            with suppress(OSError):
                run.write_json("trial.json", outcome.to_json(study.study_name, trial.number))
        bench.patience(lambda: tell(study, trial, outcome))
        if trying.trouble:
            bench.patience(lambda: study.set_user_attr(TROUBLE, trying.trouble))
        self.trials += 1
        log.info("trial %d %s %s", trial.number, outcome.end, outcome.message)
        tidy(settled=self.alone and self.trials == 1)
        if outcome.end == "interrupted" and not bench.watch.interrupt.is_set():
            self.ended.wait(PAUSE)  # it would be given the same trial again at once
        if outcome.end == "failed" and is_spoiled():
            raise SpoiledError


def _outcome(trying: Trying) -> Outcome:
    """What came of a trial; what breaks it otherwise than in training fails it with its reason."""
    try:
        return trying.outcome()
    except TakenError as error:
        return Outcome(end="interrupted", message=f"Its run is trained elsewhere: {error}.")
    except (StorageGoneError, WorkspaceError):
        raise
    except StudyError as error:
        trying.trouble = str(error)
        return Outcome(end="failed", message=str(error))
    except (ValueError, OSError) as error:
        return Outcome(end="failed", message=str(error))
    except Exception as error:
        if is_trouble(error):  # the storage's: it goes on when that is back
            return Outcome(end="interrupted", message=reason_of(error))
        log.exception("a trial broke off")
        first = str(error).partition("\n")[0]
        return Outcome(end="failed", message=f"It broke off with {type(error).__name__}: {first}")
