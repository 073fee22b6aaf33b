"""Making a job from a frozen project: data, network, optimizer, schedule, behaviors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Event

import torch

from engine.analyze import Report, analyze
from engine.assemble import GraphError, assemble
from engine.data import Data, DataCache, Place, Placement
from engine.export import ExportError, source_of
from engine.runs import RunFolder
from engine.spec import Catalogue, Facts, Project, Schedule, Training, write_atomically
from engine.train.behaviors import (
    Behavior,
    BestCheckpoint,
    CheckpointTimer,
    Control,
    EarlyStop,
    NanStop,
    Reading,
    SystemUse,
)
from engine.train.device import find_device, precision, settle
from engine.train.job import Job
from engine.train.keeping import EVERYTHING, Keeping
from engine.train.learner import make_learner
from engine.train.network import Network
from engine.train.plan import Plan, samples_at_once
from engine.train.reporter import Reporter
from engine.train.seeds import seed_everything
from engine.train.threads import worth

MOST_AT_ONCE = 8192
"""Samples evaluated together at most: small ones gain nothing from more."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Where a run is trained, and who is told."""

    folder: RunFolder
    place: str
    """The device's name."""
    reporter: Reporter
    catalogue: Catalogue
    interrupt: Event = field(default_factory=Event)
    heard: int = 0
    """Bytes of the control file that an earlier attempt was meant by."""
    behaviors: Sequence[Behavior] = ()
    """Those beside the loop that this run has besides its own."""
    data: DataCache = field(default_factory=DataCache)
    """Where the data of runs before it may lie ready."""
    keeping: Keeping = EVERYTHING

    @cached_property
    def device(self) -> torch.device:
        """Where it computes; raise `DeviceError` where this machine has no such device."""
        return find_device(self.place)


def make_job(setting: Setting, project: Project) -> Job:
    """Open the data and build everything, with weights initialized by the seed.

    Raise DataError, GraphError or ParameterError, each in the user's words.
    """
    training, device, reporter = project.training, setting.device, setting.reporter
    reporter.log(f"Computing in {settle(device, training)}.", "debug")
    data = open_data(setting, project)
    use_threads(worth(project, analyzed(project, setting.catalogue, data)), setting)
    seed_everything(training.seed, device)
    module = assemble(project, setting.catalogue, data.facts).to(device)
    if setting.keeping.whole is None:
        write_code(setting, project, data.facts)
    network = Network(module, precision(device, training), compiled=training.compile)
    learner = make_learner(project, setting.catalogue, data.facts, network, device)
    many = samples_at_once(data.facts.columns, network.inputs, device)
    plan = plan_of(project.training, len(data.splits["train"]), many)
    schedule, goal = setting.catalogue.make(Schedule, training.schedule), learner.task.goal
    learner.per_step = schedule.interval == "step"
    learner.schedule = schedule.build(
        torch, learner.optimizer, epochs=training.epochs, steps_per_epoch=plan.steps_per_epoch, goal=goal
    )
    return Job(
        **vars(learner),
        folder=setting.folder,
        reporter=reporter,
        splits=data.splits,
        watches=schedule.watches,
        plan=plan,
        watch=f"{'validation' if 'validation' in data.splits else 'train'}/{learner.task.watch}",
        goal=goal,
        at_once=max(training.batch_size, min(many, MOST_AT_ONCE)),
        behaviors=behaviors_of(setting, project),
    )


def open_data(setting: Setting, project: Project) -> Data:
    """The run's data, with the statistics of its first attempt where there was one; they are written down early."""
    folder = setting.folder
    cache = folder.path.parent.parent / "cache"
    place = Place(folder=_start(folder), cache=cache, placement=Placement(device=setting.device))
    known = folder.read_json("statistics.json").get("statistics")
    data = setting.data.prepared(project, setting.catalogue, place, statistics=known)
    measured = data.facts.model_dump(mode="json") | {"fingerprint": data.fingerprint}
    folder.write_json("statistics.json", measured, flush=False)
    for note in data.notes:
        setting.reporter.log(note)
    if "validation" not in data.splits:
        text = "There is no validation split, so the best epoch is chosen by the training data."
        setting.reporter.log(text, "warning")
    return data


def analyzed(project: Project, catalogue: Catalogue, data: Data) -> Report:
    """What is known of the networks; raise GraphError when network, task and data do not fit together."""
    report = analyze(project, catalogue, data.facts)
    if report.errors:
        raise GraphError(report.errors)
    return report


def write_code(setting: Setting, project: Project, facts: Facts) -> None:
    """Keep the network as PyTorch beside the run; what cannot be written is no reason not to train it."""
    try:
        write_atomically(setting.folder.code, source_of(project, setting.catalogue, facts))
    except (ExportError, OSError) as error:
        setting.reporter.log(f"The network could not be written as PyTorch: {error}", "warning")


def use_threads(count: int, setting: Setting) -> None:
    """On a processor, compute with so many threads; elsewhere they only hand work over."""
    if setting.device.type == "cpu":
        torch.set_num_threads(count)
        setting.reporter.log(f"Computing with {count} {'thread' if count == 1 else 'threads'}.", "debug")


def plan_of(training: Training, count: int, many: int) -> Plan:
    """How epochs over so many samples are cut into steps; small ones are gathered `many` at a time."""
    batch_size = min(training.batch_size, count)
    step_size = batch_size * training.accumulate
    return Plan(
        count=count,
        batch_size=batch_size,
        accumulate=training.accumulate,
        seed=training.seed,
        steps_per_chunk=max(1, min(64, many // step_size)),
    )


def behaviors_of(setting: Setting, project: Project) -> tuple[Behavior, ...]:
    """In the order in which they act: orders first, checkpoints last, when all others have had their say."""
    training = project.training
    patient = (EarlyStop(training.early_stop),) if training.early_stop else ()
    return (
        Control(setting.folder, setting.interrupt, heard=setting.heard),
        Reading(),
        NanStop(),
        SystemUse(),
        *patient,
        BestCheckpoint(late=setting.keeping.every > 0),
        *setting.behaviors,
        CheckpointTimer(training.checkpoint_every, fresh=setting.keeping.every),
    )


def _start(folder: RunFolder) -> Path:
    """Where the project's relative paths start."""
    return Path(str(folder.request().get("folder") or folder.path))
