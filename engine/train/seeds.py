"""Random generators: seeded before a run, kept in checkpoints, and left alone by evaluation."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch


def seed_everything(seed: int, device: torch.device) -> None:
    """Seed Python, NumPy and PyTorch, on the processor and the device.

    `torch.manual_seed` would do so for every kind of device there is; for those that a machine lacks it notes the whole
    call stack, which takes longer than an epoch of a small network's evaluation.
    """
    random.seed(seed)
    np.random.seed(seed % 2**32)  # noqa: NPY002 - packs may use the global generator, and it has to repeat too
    torch.default_generator.manual_seed(seed)
    if device.type == "cuda":
        torch.cuda.manual_seed_all(seed)
    if device.type == "mps":
        torch.mps.manual_seed(seed)


def generator_states(device: torch.device) -> dict[str, Any]:
    """The states of all generators, as tensors and plain values that a checkpoint may hold."""
    version, words, gauss_next = random.getstate()
    states: dict[str, Any] = {"torch": torch.get_rng_state()}
    states["python"] = (version, torch.tensor(words), gauss_next)  # 625 numbers one by one take 2 ms to write
    kind, keys, position, has_gauss, gauss = np.random.get_state(legacy=True)  # noqa: NPY002
    states["numpy"] = (str(kind), torch.from_numpy(np.asarray(keys).astype(np.int64)), position, has_gauss, gauss)
    if device.type == "cuda":
        states["cuda"] = torch.cuda.get_rng_state(device)
    if device.type == "mps":
        states["mps"] = torch.mps.get_rng_state()
    return states


def restore_generators(states: dict[str, Any], device: torch.device) -> None:
    """Put all generators back to where `generator_states` found them."""
    version, words, gauss_next = states["python"]
    random.setstate((version, tuple(words.tolist() if isinstance(words, torch.Tensor) else words), gauss_next))
    torch.set_rng_state(states["torch"])
    kind, keys, *rest = states["numpy"]
    np.random.set_state((kind, keys.numpy().astype(np.uint32), *rest))  # noqa: NPY002
    if device.type == "cuda" and "cuda" in states:
        torch.cuda.set_rng_state(states["cuda"], device)
    if device.type == "mps" and "mps" in states:
        torch.mps.set_rng_state(states["mps"])


@contextmanager
def apart(device: torch.device, seed: int) -> Iterator[None]:
    """Generators of its own for what happens inside: how often a network is looked at never changes what it learns."""
    before = generator_states(device)
    seed_everything(seed, device)
    try:
        yield
    finally:
        restore_generators(before, device)
