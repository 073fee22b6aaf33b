"""How many threads of the processor a network is worth."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import torch

from engine.analyze import Report
from engine.spec import Block, Project

WORTH = 32e6
"""Forward FLOPs that keep one thread busy.

In less time than that takes, threads cost more by waiting for each other than they save, and on a machine that does
something else besides, many times more: the one that lost its core is waited for by all. An MLP 784-256-10 at batch 64
(26 MFLOPs) trained on 35,000 samples a second with one thread and with two while two cores were free; beside a busy
process, on 47,000 with one and on 7,000 with two.
"""


def worth(project: Project, report: Report) -> int:
    """The threads for a project's largest operation: as many as it keeps busy, at most as many as there are cores.

    It is counted and not tried out, so that the same project computes the same bits whatever else the machine does.
    """
    batch = project.training.batch_size
    blocks = {(name, node.id) for name, graph in project.networks.items() for node in graph.of_kind(Block.kind())}
    flops = (
        one.flops
        for name, nodes in report.networks.items()
        for node, one in nodes.items()
        if (name, node) not in blocks
    )
    return max(1, min(-int(-batch * max(flops, default=0) // WORTH), torch.get_num_threads()))


def divide(among: int) -> None:
    """Let so many processes share the processor: this one computes with its part of the cores, and no other way.

    Each would otherwise take all of them, and wait for the threads of the others.
    """
    torch.set_num_threads(max(1, _all() // max(1, among)))


@cache
def _all() -> int:
    """The threads that PyTorch takes when nobody has said otherwise yet."""
    return torch.get_num_threads()


@contextmanager
def restored() -> Iterator[None]:
    """Give the process its number of threads back in the end: a warm worker trains many runs."""
    before = torch.get_num_threads()
    try:
        yield
    finally:
        torch.set_num_threads(before)
