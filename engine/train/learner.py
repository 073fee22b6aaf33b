"""What taking a step needs: network, task, optimizer, and where a step's values go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch

from engine.spec import Catalogue, Facts, Optimizer, Project, Task, Training
from engine.train.losses import Losses
from engine.train.network import Network
from engine.train.tally import Meter


@dataclass(kw_only=True)
class Learner:
    """The part of a run that `step` moves; a probe and a rehearsal take the same steps without the rest."""

    device: torch.device
    training: Training
    task: Task
    facts: Facts
    network: Network
    optimizer: torch.optim.Optimizer
    meter: Meter
    losses: Losses
    schedule: Any = None
    """A `torch.optim.lr_scheduler` object, or None."""
    per_step: bool = False
    """Whether the schedule moves on at every step; otherwise at every epoch's end."""

    @property
    def rate(self) -> float:
        """The learning rate of the first parameter group."""
        return float(self.optimizer.param_groups[0]["lr"])


def make_learner(
    project: Project, catalogue: Catalogue, facts: Facts, network: Network, device: torch.device
) -> Learner:
    """A learner without a schedule around a network that lies on the device."""
    task = catalogue.make(Task, project.task)
    return Learner(
        device=device,
        training=project.training,
        task=task,
        facts=facts,
        network=network,
        optimizer=catalogue.make(Optimizer, project.training.optimizer).build(torch, network.parameters),
        meter=Meter(task, facts),
        losses=Losses(every_norm=bool(project.training.gradient_clip)),
    )
