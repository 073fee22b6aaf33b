"""A training step without data or memory: PyTorch takes it on fake tensors, which know everything but their numbers.

Whatever a layer, a loss or an optimizer does is found out in this way, so there is no second description of them that
could be wrong. A step is rehearsed with two batch sizes; both do the same operations, so each operation gives a line
over the batch, and the highest of them is the peak for any batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import torch
from torch import Tensor, nn
from torch._subclasses.fake_tensor import FakeTensorMode

from engine.assemble import assemble
from engine.fit.growth import Line, Peak
from engine.fit.ledger import Ledger, bytes_of
from engine.spec import Catalogue, Facts, Project
from engine.train.device import precision
from engine.train.learner import Learner, make_learner
from engine.train.loop import step
from engine.train.network import Network
from engine.train.plan import Batch

BATCHES = (2, 4)
"""The least that batch normalization can train with, and another."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a step does, by batch: floating-point operations, bytes read and written, and calls of an operation."""

    flops: Line
    traffic: Line
    calls: Line


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a step was found to need, in bytes."""

    weights: int
    optimizer: int
    step: Peak
    """Gradients, what is saved for the backward pass, and temporaries, at once."""
    evaluation: Peak
    """The same for samples that are only looked at."""
    work: Work
    channels_last: bool


def rehearse(
    project: Project,
    catalogue: Catalogue,
    facts: Facts,
    *,
    foreach: bool = False,
    between: Callable[[], object] | None = None,
) -> Rehearsal:
    """Take a step of a project without errors, as the loop takes it.

    Args:
        project: what is trained.
        catalogue: what it is made of.
        facts: the data's columns.
        foreach: the optimizer updates all weights at once, as PyTorch does on accelerators.
        between: called before every operation; what it raises ends the rehearsal.
    """
    with torch.device("meta"):
        module = assemble(project, catalogue, facts)
    network = Network(module, precision(torch.device("cpu"), project.training))
    with FakeTensorMode():
        network.parameters = _made_fake(network.module)
        learner = make_learner(project, catalogue, facts, network, torch.device("cpu"))
        state = _optimizer_state(learner, foreach=foreach)
        weights = [*network.module.parameters(), *network.module.buffers()]
        traces = [_trace(learner, size, [*weights, *state], between) for size in BATCHES]
        looks = [_look(learner, size, weights, between) for size in BATCHES]
    return Rehearsal(
        weights=bytes_of(weights),
        optimizer=bytes_of(state),
        step=_peak(*traces),
        evaluation=_peak(*looks),
        work=_work(*traces),
        channels_last=network.channels_last,
    )


class _Trace(Ledger):
    """A ledger that also remembers when the gradients came to life."""

    gradients: list[tuple[int, int]]


def _made_fake(module: nn.Module) -> list[nn.Parameter]:
    """Put fake tensors in the places of the weights; the module's own conversions cannot."""
    for part in module.modules():
        for name, weight in part._parameters.items():
            if weight is not None:
                part._parameters[name] = nn.Parameter(_like(weight), requires_grad=weight.requires_grad)
        for name, buffer in part._buffers.items():
            if buffer is not None:
                part._buffers[name] = _like(buffer)
    return [one for one in module.parameters() if one.requires_grad]


def _like(tensor: Tensor) -> Tensor:
    return torch.empty_strided(tensor.size(), tensor.stride(), dtype=tensor.dtype)


def _optimizer_state(learner: Learner, *, foreach: bool) -> list[Tensor]:
    """Let the optimizer make its state, which it keeps from the first step on."""
    for group in learner.optimizer.param_groups if foreach else ():
        group.update({"foreach": True} if not group.get("fused") else {})
    for weight in learner.network.parameters:
        weight.grad = torch.empty_like(weight)
    learner.optimizer.step()
    for weight in learner.network.parameters:
        weight.grad = None
    return [one for kept in learner.optimizer.state.values() for one in _tensors(kept)]


def _tensors(kept: Any) -> Iterator[Tensor]:
    yield from (one for one in kept.values() if isinstance(one, Tensor))


def _trace(learner: Learner, size: int, before: list[Tensor], between: Callable[[], object] | None) -> _Trace:
    """Take one step; where gradients are accumulated, a second batch stands for all that follow the first."""
    batches = [_batch(learner, size) for _ in range(min(learner.training.accumulate, 2))]
    learner.network.module.train()
    learner.meter.open({name: torch.cat([one[name] for one in batches]) for name in batches[0]})
    ledger = _Trace([*before, *chain.from_iterable(one.values() for one in batches)], between)

    def remember(*_: Any) -> None:
        ledger.gradients = ledger.born(one.grad for one in learner.network.parameters if one.grad is not None)

    hook = learner.optimizer.register_step_pre_hook(remember)
    with ledger:
        step(learner, batches)
    hook.remove()
    learner.meter.clear()
    return ledger


def _look(learner: Learner, size: int, before: list[Tensor], between: Callable[[], object] | None) -> _Trace:
    """Look at some samples as an evaluation does."""
    batch = _batch(learner, size)
    learner.network.module.eval()
    ledger = _Trace([*before, *batch.values()], between)
    ledger.gradients = []
    with ledger, torch.no_grad():
        outputs = learner.network(batch)
        learner.task.loss(torch, outputs, batch, learner.facts)
        learner.task.tally(torch, outputs, batch, learner.facts)
    return ledger


def _batch(learner: Learner, size: int) -> Batch:
    columns = learner.facts.columns.values()
    made = {one.name: torch.empty((size, *one.shape), dtype=getattr(torch, one.dtype)) for one in columns}
    return learner.network.laid_out(made)


def _peak(small: _Trace, large: _Trace) -> Peak:
    if len(small.series) != len(large.series):  # a layer that does otherwise for another batch
        return Peak.of([Line.through((BATCHES[0], max(small.series)), (BATCHES[1], max(large.series)))])
    moments = []
    for place, pair in enumerate(zip(small.series, large.series, strict=True)):
        line = Line.through(*zip(BATCHES, pair, strict=True))
        moments.append(replace(line, gradients=sum(size for born, size in small.gradients if born <= place)))
    return Peak.of(moments)


def _work(small: _Trace, large: _Trace) -> Work:
    def line(name: str) -> Line:
        return Line.through(*zip(BATCHES, (getattr(small, name), getattr(large, name)), strict=True))

    return Work(flops=line("flops"), traffic=line("traffic"), calls=line("calls"))
