"""Trials whose worker died: they go on from their run's last checkpoint, are tried again, or fail with their reason."""

from __future__ import annotations

from optuna.trial import FrozenTrial, TrialState

from engine.events import Checkpointed
from engine.runs import RunFolder, Workspace
from engine.search.attributes import DEATHS, REACHED, RUNS, Who
from engine.search.handle import Handle
from engine.search.living import Silence, is_dead_here, is_here, running
from engine.search.notes import end, note, put_back


class Recovery:
    """Looks after the trials of workers that are no more.

    Args:
        handle: the study.
        workspace: where runs may be that can be gone on with.
        me: a trial that is mine while I train none was left behind.
        silence: who has been silent for too long.
    """

    def __init__(self, handle: Handle, workspace: Workspace, me: Who, silence: Silence) -> None:
        self._handle = handle
        self._workspace = workspace
        self._me = me
        self._silence = silence

    def look(self) -> None:
        """Take up what was left behind. The study folder's lock has to be held, and none of the trials be mine."""
        for trial in running(self._handle.study.get_trials(deepcopy=False)):
            if self._is_left(trial):
                self._silence.forget(trial)
                self._revive(trial)

    def _is_left(self, trial: FrozenTrial) -> bool:
        who = Who.of(trial)
        if who is None and not self._handle.folder.details().get("storage"):
            return True  # whoever began it died before saying so: nobody else knows the folder's own file
        if who is not None and is_here(who, self._handle.folder):
            return who == self._me or is_dead_here(who, self._handle.folder)
        return self._silence.is_dead(trial)

    def _revive(self, trial: FrozenTrial) -> None:
        """Let it wait for its next worker, but for one that takes each of them along without getting any further."""
        study, known = self._handle.study, trial.user_attrs
        now = study._storage.get_trial(trial._trial_id)
        if now.state != TrialState.RUNNING or Who.of(now) != Who.of(trial):
            return  # somebody on another machine was faster
        reached = self._reached(trial)
        deaths = 0 if reached > int(known.get(REACHED, 0)) else int(known.get(DEATHS, 0)) + 1
        retries = self._handle.project.study.retries
        if deaths > retries:
            times = "once" if deaths == 1 else f"{deaths} times"
            end(
                study,
                trial,
                message=f"The process that trained it died {times} without getting any further.",
            )
            return
        note(study, trial, **{DEATHS: deaths, REACHED: reached})
        put_back(study, trial)

    def _reached(self, trial: FrozenTrial) -> int:
        """The step from which its newest run goes on here, the steps of finished ones added; 0 without any."""
        runs = [RunFolder(self._workspace.runs / name) for name in trial.user_attrs.get(RUNS, ())]
        return sum(_reached(run) for run in runs)


def _reached(run: RunFolder) -> int:
    kept = [one.step for one in run.tail().read() if isinstance(one, Checkpointed) and not one.best]
    return kept[-1] if kept else 0
