"""A run's network with its best weights, over the run's own data as the run measured and divided it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from engine.assemble import GraphError, assemble
from engine.data import Samples, Source, divide, facts_of, unread
from engine.data.encoders import Rows
from engine.predict.answers import PredictionError
from engine.runs import RunFolder
from engine.spec import Catalogue, Facts, Project, Reading, Task
from engine.train.checkpoint import BEST, LAST
from engine.train.device import precision
from engine.train.export import WEIGHTS
from engine.train.network import Network
from engine.train.seeds import apart

CHANGED = "The data has changed since the run was trained, so it may have learned from some of these samples."


@dataclass(frozen=True, kw_only=True)
class Trained:
    """What answers."""

    run: RunFolder
    network: Network
    task: Task
    reading: Reading
    facts: Facts
    samples: Samples
    rows: Rows
    device: torch.device
    weights: Path
    fingerprint: str
    notes: tuple[str, ...] = ()


def open_trained(
    run: RunFolder, split: str, source: Source, catalogue: Catalogue, *, device: torch.device | None = None
) -> Trained:
    """Build a run's network with the weights of its best epoch.

    Args:
        run: finished, stopped, or on its way, as long as it wrote a checkpoint.
        split: "train", "validation" or "test", as the run divided its data.
        source: the run's data.
        catalogue: what layers and tasks there are.
        device: where it computes; the processor if not given.

    Raises:
        PredictionError: when the run has no weights, no such split, or a task that says nothing of single samples.
        DataError: when the data is no longer what the run measured.
    """
    project, place = run.project(), device or torch.device("cpu")
    measured = run.read_json("statistics.json")
    weights = weights_of(run)
    rows = divide(source, project.split)
    if split not in rows:
        raise PredictionError(f"“{project.name}” has no {split} split.")
    facts = facts_of(source, rows, statistics=measured.get("statistics"))
    task = catalogue.make(Task, project.task)
    reading = task.reading(facts)
    if reading is None:
        raise PredictionError(f"The task {type(task).title()} says nothing of single samples.")
    changed = measured.get("fingerprint") not in (None, source.fingerprint)
    return Trained(
        run=run,
        network=_network(project, catalogue, facts, weights, place),
        task=task,
        reading=reading,
        facts=facts,
        samples=unread(source, rows[split], facts, place),
        rows=rows[split],
        device=place,
        weights=weights,
        fingerprint=source.fingerprint,
        notes=(CHANGED,) if changed else (),
    )


def weights_of(run: RunFolder) -> Path:
    """The file with a run's best weights, or its last where no epoch was the best; raise `PredictionError` for none."""
    for path in (run.checkpoints / BEST, run.model / WEIGHTS, run.checkpoints / LAST):
        if path.is_file():
            return path
    raise PredictionError(f"The run '{run.id}' has no checkpoint yet, so it cannot be asked.")


def _network(project: Project, catalogue: Catalogue, facts: Facts, weights: Path, device: torch.device) -> Network:
    try:
        with apart(device, project.training.seed):
            module = assemble(project, catalogue, facts)
        module.load_state_dict(_state(weights))
    except GraphError as error:
        raise PredictionError(f"The network of “{project.name}” can no longer be built: {error}") from error
    except (RuntimeError, OSError, ValueError, KeyError, SafetensorError) as error:
        reason = str(error).partition("\n")[0]
        raise PredictionError(f"The weights of “{project.name}” cannot be read: {reason}") from error
    module.to(device).eval()
    return Network(module, precision(device, project.training))


def _state(path: Path) -> dict[str, torch.Tensor]:
    if path.suffix == ".safetensors":
        return load_file(path)
    state: dict[str, torch.Tensor] = torch.load(path, map_location="cpu", weights_only=True)["model"]
    return state


def stamp(path: Path) -> str:
    """Another word once a file was written anew."""
    stat = path.stat()
    return json.dumps([path.name, stat.st_size, stat.st_mtime_ns])
