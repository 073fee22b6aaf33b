"""Checkpoints: everything that going on exactly needs, written whole or not at all. Reading one executes nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import torch
from safetensors.torch import load_file, save
from torch import Tensor

from engine.train.halt import Diverged
from engine.train.job import Job
from engine.train.progress import Progress
from engine.train.seeds import generator_states, restore_generators

LAST = "last.pt"
BEST = "best.safetensors"
FORMAT = 1


class CheckpointError(ValueError):
    """A checkpoint that cannot be gone on from, in the user's words."""


def save_checkpoint(job: Job) -> Path:
    """Write the run's whole state to `checkpoints/last.pt`.

    Raise OSError with the earlier checkpoint intact, and `Diverged` when the weights are no longer numbers.
    """
    job.read_losses()
    job.meter.settle()
    check_finite(job)
    for behavior in job.behaviors:
        behavior.saved(job)
    path = job.folder.checkpoints / LAST
    state = state_of(job)
    write_whole(path, lambda file: torch.save(state, file))
    return path


def state_of(job: Job) -> dict[str, Any]:
    """Tensors and plain values, from which `restore` makes the same job again."""
    return {
        "format": FORMAT,
        "model": job.network.module.state_dict(),
        "optimizer": job.optimizer.state_dict(),
        "schedule": None if job.schedule is None else job.schedule.state_dict(),
        "generators": generator_states(job.device),
        "progress": asdict(job.progress),
        "tally": dict(job.meter.tally.sums),
        "behaviors": {behavior.name: behavior.state() for behavior in job.behaviors},
    }


def restore(job: Job) -> None:
    """Put a freshly made job where its checkpoint was taken.

    Raise `CheckpointError` when it cannot be read, or does not fit what was made.
    """
    path = job.folder.checkpoints / LAST
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        if state["format"] != FORMAT:
            raise CheckpointError(f"The checkpoint '{path.name}' comes from another version of Netloom.")
        _restore(job, state)
    except CheckpointError:
        raise
    except Exception as error:
        reason = str(error).partition("\n")[0]
        raise CheckpointError(f"The checkpoint '{path}' cannot be gone on from: {reason}") from error


def _restore(job: Job, state: dict[str, Any]) -> None:
    job.network.module.load_state_dict(state["model"])
    job.optimizer.load_state_dict(state["optimizer"])
    if job.schedule is not None:
        job.schedule.load_state_dict(state["schedule"])
    job.progress = Progress(**state["progress"])
    job.meter.tally.sums = {name: value.to(job.device) for name, value in state["tally"].items()}
    for behavior in job.behaviors:
        behavior.restore(state["behaviors"].get(behavior.name, {}))
    restore_generators(state["generators"], job.device)


def check_finite(job: Job) -> None:
    """Raise `Diverged` when a weight is NaN or infinite: such a checkpoint would spoil the good one before it."""
    with torch.no_grad():
        norms = torch._foreach_norm([one.detach() for one in job.network.parameters]) if job.network.parameters else []
    if norms and not bool(torch.stack([one.float() for one in norms]).isfinite().all()):
        raise Diverged(spoiled(job, "A weight", job.progress.step))


def spoiled(job: Job, what: str, step: int) -> str:
    """What happened when numbers stopped being numbers, and what to try."""
    epoch = (max(step, 1) - 1) // job.plan.steps_per_epoch + 1
    tries = ["a lower learning rate"]
    if not job.training.gradient_clip:
        tries.append("a gradient clip of 1")
    if job.training.precision != "float32":
        tries.append("float32")
    kept = " The last good checkpoint is kept." if (job.folder.checkpoints / LAST).exists() else ""
    return (
        f"{what} became NaN or infinite at step {step} (epoch {epoch}), with a learning rate of {job.rate:g}. "
        f"Try {' or '.join(tries)}.{kept}"
    )


def save_weights(job: Job, path: Path, about: dict[str, str]) -> None:
    """Write the network's weights alone, as safetensors; raise OSError with the earlier file intact."""
    write_weights(plain_weights(job), path, about)


def write_weights(weights: dict[str, Tensor], path: Path, about: dict[str, str]) -> None:
    """Write weights as safetensors; raise OSError with the earlier file intact."""
    data = save(weights, metadata=about)
    write_whole(path, lambda file: file.write(data))


def plain_weights(job: Job) -> dict[str, Tensor]:
    """The weights in host memory, each its own and laid out in rows: what other programs expect."""
    weights = job.network.module.state_dict()
    return {name: one.detach().cpu().clone(memory_format=torch.contiguous_format) for name, one in weights.items()}


def load_weights(job: Job, path: Path) -> None:
    """Bring weights that `save_weights` wrote back into the network."""
    job.network.module.load_state_dict(load_file(path))


def write_whole(path: Path, write: Callable[[IO[bytes]], Any]) -> None:
    """Write beside the file, flush to the disk, rename over it; raise OSError and leave what was there otherwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            _refusing(write, file)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink(missing_ok=True)
        raise


def _refusing(write: Callable[[IO[bytes]], Any], file: IO[bytes]) -> None:
    """PyTorch says RuntimeError where the disk is full; say OSError as everybody else."""
    try:
        write(file)
    except RuntimeError as error:
        if isinstance(error.__context__, OSError):
            raise error.__context__ from None
        raise OSError(str(error).partition("\n")[0]) from error
