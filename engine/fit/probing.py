"""The measuring process, `python -m engine.fit`: a project on standard input, progress and a result on standard output.

It can be killed at any moment. Running out of memory is an answer, and so is its death by the system.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

import torch

from engine.analyze import analyze
from engine.assemble import GraphError
from engine.data import divide, open_source
from engine.data.data import facts_of
from engine.fit.calibration import Calibration
from engine.fit.estimate import Estimate, rounded
from engine.fit.foretelling import Foreteller
from engine.fit.meter import prefer_to_be_ended
from engine.fit.room import room_of
from engine.fit.trial import NoRoomError, Trial
from engine.runs import Workspace, alive
from engine.spec import Catalogue, Facts, Project, project_from_json
from engine.spec.quantities import bytes_text
from engine.train.device import find_device
from engine.train.threads import worth
from engine.train.words import explain

LOOKED_AT = 50
"""Newest runs that are looked at to see whether one is training."""


def say(message: Mapping[str, Any]) -> None:
    """One line for whoever asked."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def tell(what: str, done: float) -> None:
    """Say how far it is."""
    say({"doing": what, "done": round(done, 3)})


def probe(project: Project, folder: Path, device: torch.device, workspace: Workspace | None) -> dict[str, Any]:
    """Measure a step, remember it in the workspace, and return the estimate that has learned from it.

    Raise ValueError, in the user's words, where that cannot be.
    """
    tell("Looking at the data", 0.0)
    catalogue = Catalogue.load()
    facts = _facts(project, catalogue, folder)
    report = analyze(project, catalogue, facts)
    if report.errors:
        raise GraphError(report.errors)
    if device.type == "cpu":
        torch.set_num_threads(worth(project, report))
    about = {"name": str(device), **room_of(device)}
    foreteller = Foreteller(catalogue, workspace)
    estimate = foreteller.estimate(project, facts, about)
    beside = workspace is not None and is_training(workspace)
    if beside:
        with suppress(OSError, AttributeError):
            os.nice(10)  # the run goes first
    trial = Trial(project=project, catalogue=catalogue, facts=facts, device=device, tell=tell)
    note = _measure(trial, estimate, Calibration(workspace, str(device)), beside=beside)
    return {**foreteller.estimate(project, facts, about).to_json(), "note": note}


def _measure(trial: Trial, estimate: Estimate, calibration: Calibration, *, beside: bool) -> str:
    """Take the steps; where memory runs out, with ever smaller batches. Return what is to be said of it."""
    batch, notes = estimate.batch, []
    if estimate.needed(batch) > estimate.free > 0:  # trying would push other programs out of memory
        smaller = rounded(estimate.largest())
        need, free = bytes_text(estimate.needed(batch)), bytes_text(estimate.free)
        words = f"A step with {batch} samples was not tried: it needs about {need}, and {free} is free."
        if not smaller:
            raise NoRoomError(words)
        notes.append(f"{words} Measured with {smaller}.")
        batch = smaller
    while True:
        try:
            calibration.add(trial.run(estimate.rehearsal, batch, beside=beside))
            break
        except NoRoomError as error:
            notes.append(str(error))
            batch //= 2
            if not batch:
                raise
    if beside:
        notes.append("A run was training meanwhile, so the time is longer than it would be alone.")
    return " ".join(notes)


def is_training(workspace: Workspace) -> bool:
    """Whether a living process trains a run of the workspace."""
    return any(alive(run.owner.path) for run in islice(workspace.all_runs(), LOOKED_AT) if run.owner.path.exists())


def _facts(project: Project, catalogue: Catalogue, folder: Path) -> Facts:
    source = open_source(project, catalogue, folder=folder)
    return facts_of(source, divide(source, project.split))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the project that is given on standard input."""
    parser = argparse.ArgumentParser(prog="python -m engine.fit", description="Measure a training step.")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--folder", type=Path, default=Path())
    parser.add_argument("--workspace", type=Path)
    given = parser.parse_args(arguments)
    prefer_to_be_ended()
    project: Project | None = None
    try:
        project = project_from_json(json.loads(sys.stdin.read()))
        workspace = None if given.workspace is None else Workspace(given.workspace)
        say({"result": probe(project, given.folder, find_device(given.device), workspace)})
    except Exception as error:  # noqa: BLE001 - whatever a layer does, the answer is a sentence
        say({"refusal": explain(error, project.training if project else None)})
    return 0
