"""Trying a point of the space: filled in, checked, trained once for each seed, and judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import optuna

from engine import track
from engine.data import DataCache, Place, Placement
from engine.events import Created
from engine.runs import RunFolder, Summary, Workspace
from engine.runs.seeds import seeds_from
from engine.search.attributes import RAN_OUT, REACHED, RUNS
from engine.search.distributions import asking
from engine.search.handle import Handle
from engine.search.limits import Checker
from engine.search.notes import note
from engine.search.outcome import Outcome, judged
from engine.search.reports import Reports
from engine.search.sparing import sparing
from engine.search.storage import Patience, quiet
from engine.search.verdict import Verdict
from engine.search.watch import Watch
from engine.spec import Catalogue, Facts, Project, Pruner
from engine.spec.filling import fill
from engine.train import find_device, train_run
from engine.train.threads import divide
from engine.train.words import says_no_room

NEWEST = 100
"""Runs among which one is looked for that somebody made and did not say so."""


@dataclass(frozen=True, kw_only=True)
class Bench:
    """Everything that a worker has at hand for all its trials."""

    handle: Handle
    workspace: Workspace
    device: str
    catalogue: Catalogue
    checker: Checker
    watch: Watch
    patience: Patience
    tracking: bool = True
    data: DataCache = field(default_factory=DataCache)

    @property
    def start(self) -> Path:
        """Where the relative paths of the project start."""
        return Path(str(self.handle.folder.details().get("folder") or Path.cwd()))

    def facts(self, filled: Project) -> Facts:
        """What is known of a trial's data, which its runs then find prepared; raise DataError where it cannot be."""
        placement = Placement(device=find_device(self.device))
        place = Place(folder=self.start, cache=self.workspace.cache, placement=placement)
        return self.data.prepared(filled, self.catalogue, place).facts

    @property
    def over_seeds(self) -> bool:
        """Whether the pruner compares seeds, and not epochs."""
        return self.catalogue.make(Pruner, self.handle.project.study.pruner).over == "seeds"


class Trying:
    """One trial, from its beginning or from where it was left.

    Args:
        bench: the worker's.
        trial: begun in its study.
    """

    def __init__(self, bench: Bench, trial: optuna.Trial) -> None:
        self._bench = bench
        self._trial = trial
        self._handle = bench.handle
        self._verdict = Verdict()
        self.trouble = ""
        """Why no trial of this study can be judged; empty where that is not so."""
        self.runs: list[RunFolder] = []
        """Its runs, in the order of their seeds."""

    def outcome(self) -> Outcome:
        """Train it, and say what came of it."""
        filled = self._filled()
        self._bench.checker.learn(self._ran_out())
        self._verdict = self._bench.checker.check(filled, self._bench.facts(filled))
        if not self._verdict.feasible:
            return self._ended(Outcome(end="infeasible", message=self._verdict.message))
        seeds = seeds_from(filled.training.seed, self._handle.project.study.seeds)
        summaries: list[Summary] = []
        for place, seed in enumerate(seeds):
            ended = self._seed(filled.set("training.seed", seed), place, summaries)
            if ended is not None:
                return self._ended(ended)
        return self._ended(self._judged(summaries))

    def _filled(self) -> Project:
        def ask() -> Project:
            with quiet():
                return fill(self._handle.project, asking(self._trial))

        return self._bench.patience(ask)

    def _ran_out(self) -> list[Mapping[str, Any]]:
        """What ran out of memory in this study, whoever tried it."""
        found = self._bench.patience(lambda: self._handle.study.get_trials(deepcopy=False))
        return [one.user_attrs[RAN_OUT] for one in found if RAN_OUT in one.user_attrs]

    def _seed(self, project: Project, place: int, summaries: list[Summary]) -> Outcome | None:
        """Train a seed; what came of the trial, where it ends with this one."""
        run = self._run(project, place)
        summary = self._trained(run, place)
        if summary.state == "failed" and says_no_room(summary.message):
            self._verdict = self._bench.checker.ran_out(project, self._bench.facts(project))
            return Outcome(end="infeasible", message=self._verdict.message or summary.message)
        if summary.state != "finished":
            end = summary.state if summary.state in ("pruned", "stopped", "failed") else "interrupted"
            return Outcome(end=end, message=summary.message)
        summaries.append(summary)
        if self._bench.over_seeds and self._is_behind(summary, place):
            return Outcome(
                end="pruned", message=f"Pruned after {place + 1} seeds: it was behind what others had by then."
            )
        return None

    def _run(self, project: Project, place: int) -> RunFolder:
        """The run of a seed: the one that was begun already, where it is in this workspace, or a new one."""
        known = [str(one) for one in self._known().get(RUNS, ())]
        if place < len(known) and (found := RunFolder(self._bench.workspace.runs / known[place])).events.exists():
            self.runs.append(found)
            return found
        seed = f" · seed {project.training.seed}" if self._handle.project.study.seeds > 1 else ""
        run = self._made(project, f"{project.name} · trial {self._trial.number}{seed}")
        self.runs.append(run)
        names = [*known[:place], run.id]
        self._bench.patience(lambda: note(self._handle.study, self._trial, **{RUNS: names}))
        return run

    def _made(self, project: Project, name: str) -> RunFolder:
        """A new run, or the one that a worker before us made and died before it could say so."""
        workspace, group = self._bench.workspace, self._handle.folder.id
        if REACHED in self._known():
            for run in islice(workspace.all_runs(), NEWEST):
                first = run.tail().read(limit=1 << 12)[:1]
                if any(isinstance(one, Created) and (one.name, one.group) == (name, group) for one in first):
                    return run
        return workspace.new_run(project, device=self._bench.device, folder=self._bench.start, name=name, group=group)

    def _trained(self, run: RunFolder, place: int) -> Summary:
        """The run in short when it is over, trained if it was not."""
        summary = run.summary()
        if summary.state in ("finished", "pruned", "failed"):
            return summary  # the worker before us died when all was done but the telling
        bench, first = self._bench, place == 0
        reports = Reports(
            self._trial,
            self._handle.objectives,
            prunes=first and len(self._handle.objectives) == 1 and not bench.over_seeds,
        )
        bench.watch.attend(self._trial, run)
        divide(len(self._handle.folder.workers()))
        with track.followed(bench.workspace) if bench.tracking else nullcontext() as listener:
            train_run(
                run,
                bench.device,
                on_event=listener,
                interrupt=bench.watch.interrupt,
                catalogue=bench.catalogue,
                behaviors=(reports,),
                data=bench.data,
                keeping=sparing(self._handle.study, self._handle.objectives),
            )
        self.trouble = reports.trouble
        return run.summary()

    def _judged(self, summaries: Sequence[Summary]) -> Outcome:
        """The mean over the seeds of each objective."""
        costs = self._costs(summaries)
        each = [[one.value(summary, costs) for summary in summaries] for one in self._handle.objectives]
        return judged(tuple(sum(one) / len(one) for one in each), costs)

    def _costs(self, summaries: Sequence[Summary]) -> Mapping[str, float]:
        seconds = sum(one.seconds for one in summaries)
        return {**self._verdict.costs, **({"seconds": round(seconds, 4)} if seconds else {})}

    def _is_behind(self, summary: Summary, place: int) -> bool:
        """Whether the pruner has seen enough of the seeds so far."""
        first = self._handle.objectives[0]
        value = first.value(summary, self._costs([summary]))

        def ask() -> bool:
            if place not in self._frozen().intermediate_values:
                self._trial.report(value, place)
            return place + 1 < self._handle.project.study.seeds and self._trial.should_prune()

        return self._bench.patience(ask)

    def _ended(self, outcome: Outcome) -> Outcome:
        costs = outcome.costs or self._costs([run.summary() for run in self.runs])
        return Outcome(
            end=outcome.end,
            values=outcome.values,
            message=outcome.message,
            costs=costs,
            constraints=self._verdict.constraints,
            ran_out=self._verdict.ran_out,
        )

    def _known(self) -> Mapping[str, Any]:
        return self._bench.patience(lambda: self._frozen().user_attrs)

    def _frozen(self) -> optuna.trial.FrozenTrial:
        return self._trial.storage.get_trial(self._trial._trial_id)
