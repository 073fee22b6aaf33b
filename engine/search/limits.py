"""Limits of a search: what a trial costs is found before it is trained, and what breaks a limit never is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import log
from typing import Any

from engine.analyze import Report, analyze
from engine.runs import Workspace
from engine.search.costs import Costs
from engine.search.shortage import Shortage
from engine.search.verdict import NETWORK, ROOM, Verdict
from engine.search.words import over, sentence
from engine.spec import COSTS, Catalogue, Facts, Project
from engine.train.device import find_device

CHEAP = ("parameters", "flops")
"""Costs that the analysis tells."""
KEPT = 10_000
"""Verdicts remembered; one is some hundred bytes."""
ROOMY = 16
"""A training that roughly takes less than this part of the device's memory is not rehearsed for its sake."""


class Checker:
    """Says of points of a search space what they cost and what keeps them from being trained.

    Verdicts are remembered by fingerprint, whatever the seed. Parameters and FLOPs are analyzed (milliseconds); memory
    is rehearsed, and a step's time measured, only where a limit, an objective or what ran out before asks for it.

    Args:
        marked: the study's project, with its marks and its `study`.
        catalogue: what projects are made of.
        facts: what is known of the data; a point may bring its own.
        device: where the study is trained: "auto", "cpu", "cuda:0" or "mps".
        workspace: whose measurements of the device count.

    Raises:
        DeviceError: where this machine has no such device.
    """

    def __init__(
        self,
        marked: Project,
        catalogue: Catalogue,
        facts: Facts | None,
        device: str = "auto",
        workspace: Workspace | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._facts = facts
        self._costs = Costs(catalogue, find_device(device), workspace)
        self._shortage = Shortage(self._costs.kind, str(self._costs.device), self._costs.room)
        self._limits = {name: one for name in COSTS if (one := getattr(marked.study.limits, name, None)) is not None}
        self._objectives = {one.metric for one in marked.study.objectives}
        self._known: OrderedDict[str, Verdict] = OrderedDict()

    def check(self, filled: Project, facts: Facts | None = None) -> Verdict:
        """The verdict on a trial's project; `facts` where its data is not what all points have."""
        key = _point(filled)
        if key not in self._known:
            self._known[key] = self._checked(filled, facts or self._facts)
        self._known.move_to_end(key)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        return self._known[key]

    def ran_out(self, filled: Project, facts: Facts | None = None) -> Verdict:
        """The verdict on a project whose training ran out of memory: it, and all that need as much, are refused now.

        The verdict's `ran_out` is to be kept with the trial, so that other workers and later ones learn of it.
        """
        known = facts or self._facts
        memory = None if known is None else self._costs.memory(filled, known)
        told = self._shortage.told(_point(filled), memory)
        self.learn([told])
        return replace(self.check(filled, facts), ran_out=told)

    def learn(self, found: Iterable[Mapping[str, Any]]) -> None:
        """Take over what ran out of memory elsewhere: the `ran_out` of trials. Other kinds of device teach nothing."""
        if self._shortage.learn(found):
            self._known.clear()

    def _checked(self, filled: Project, facts: Facts | None) -> Verdict:
        report = analyze(filled, self._catalogue, facts, mends=False)
        if report.errors:
            constraints = {NETWORK: 1.0, ROOM: -1.0, **dict.fromkeys(self._limits, 0.0)}
            return Verdict(broken={NETWORK: sentence(report.errors[0])}, constraints=constraints)
        totals = report.totals
        costs = {name: float(totals[name]) for name in CHEAP}
        told = self._over(costs, CHEAP)
        if not told:  # what is refused anyway is not worth a rehearsal
            costs |= self._found(filled, facts, report)
            told = self._over(costs, self._limits)
            told[ROOM] = self._shortage.against(_point(filled), costs.get("memory"))
        broken = {name: words for name, words in told.items() if words}
        constraints = {NETWORK: -1.0, ROOM: 1.0 if ROOM in broken else -1.0}
        for name, limit in self._limits.items():
            unknown = 1.0 if name in broken else 0.0
            constraints[name] = log(max(costs[name], 1e-9) / limit) if name in costs else unknown
        return Verdict(costs=costs, broken=broken, constraints=constraints)

    def _over(self, costs: Mapping[str, float], names: Iterable[str]) -> dict[str, str]:
        """What is to be said of those limits that are broken, or of which nobody can know."""
        pairs = [(name, self._limits[name]) for name in names if name in self._limits]
        told = {name: over(name, costs.get(name), limit) for name, limit in pairs}
        return {name: words for name, words in told.items() if words}

    def _found(self, filled: Project, facts: Facts | None, report: Report) -> dict[str, float]:
        """The costs that take long to find and that somebody asks for, as far as they can be known."""
        wanted, costs = self._objectives | self._limits.keys(), dict[str, float | None]()
        if facts is not None and ("memory" in wanted or self._is_large(filled, report.totals)):
            costs["memory"] = self._costs.memory(filled, facts)
        if facts is not None and "step_seconds" in wanted:
            exactly = "step_seconds" in self._objectives
            costs["step_seconds"] = self._costs.step_seconds(filled, facts, exactly=exactly)
        return {name: cost for name, cost in costs.items() if cost is not None}

    def _is_large(self, filled: Project, totals: Mapping[str, int]) -> bool:
        """Whether memory may run out: it did before, or a rough count is no small part of what there is."""
        rough = 16 * totals["parameters"] + 2 * totals["activation_bytes"] * filled.training.batch_size
        return self._shortage.ceiling is not None or rough > self._costs.room / ROOMY


def _point(filled: Project) -> str:
    """What all seeds of a trial have in common."""
    alike: Project = filled.having(training=filled.training.having(seed=0))
    return alike.fingerprint()
