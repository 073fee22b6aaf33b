"""What a finished run leaves behind: its best weights, and a program that runs without Netloom."""

from __future__ import annotations

import copy
import json
import warnings
from collections.abc import Sequence

import torch
from safetensors.torch import save
from torch import Tensor

from engine.spec import write_atomically
from engine.train.checkpoint import save_weights, write_whole
from engine.train.job import Job

WEIGHTS = "model.safetensors"
PROGRAM = "model.pt2"
ABOUT = "model.json"
EXAMPLE = "example.safetensors"
"""One sample as the program takes it."""
LARGEST_EXAMPLE = 200_000
"""Numbers beyond which a sample is no example that anybody reads."""


def export_model(job: Job) -> None:
    """Write `model/`: weights (safetensors), program (`torch.export`, any batch size), a sample, and what they mean.

    What cannot be written is told in the log; the run has finished all the same.
    """
    folder = job.folder.model
    try:
        save_weights(job, folder / WEIGHTS, {"run": job.folder.id})
        write_atomically(folder / ABOUT, json.dumps(about(job) | _program(job), indent=1))
    except OSError as error:
        job.reporter.log(f"The model could not be written: {error.strerror or error}.", "warning")


def _program(job: Job) -> dict[str, object]:
    """Write the program and a sample; what is to be said of them, nothing where there is no program."""
    folder = job.folder.model
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # PyTorch's own, about PyTorch's own
            program = exported(job)
            write_whole(folder / PROGRAM, lambda file: torch.export.save(program, file))
        sample = {name: one[:1].clone() for name, one in zip(job.network.inputs, example(job), strict=True)}
        if sum(one.numel() for one in sample.values()) <= LARGEST_EXAMPLE:
            write_whole(folder / EXAMPLE, lambda file: file.write(save(sample)))
        return {"signature": signature(program)}
    except Exception as error:  # noqa: BLE001 - a pack's layer may be anything, and torch.export may refuse in any way
        reason = str(error).partition("\n")[0]
        job.reporter.log(f"The network could not be exported as a program: {reason}. Its weights are kept.", "warning")
        return {}


def about(job: Job) -> dict[str, object]:
    """Inputs in order with shape, dtype and statistics, outputs in order, and the classes of what was learned."""
    columns = {name: job.facts.column(name) for name in job.network.inputs}
    learned = {name: job.facts.column(name) for name in job.task.columns() if name in job.facts.columns}
    return {
        "inputs": [{"name": name, "shape": list(one.shape), "dtype": one.dtype} for name, one in columns.items()],
        "outputs": list(job.network.outputs),
        "classes": {name: list(one.classes) for name, one in learned.items() if one.classes},
        "statistics": {name: job.facts.statistics.get(name, {}) for name in (*columns, *learned)},
    }


def exported(job: Job) -> torch.export.ExportedProgram:
    """The network as a program for any number of samples, on the processor: it may be moved from there."""
    module = copy.deepcopy(job.network.module).cpu().to(memory_format=torch.contiguous_format).eval()
    inputs = tuple(example(job))
    free = tuple({0: torch.export.Dim.DYNAMIC} for _ in inputs)
    with torch.no_grad():
        return torch.export.export(module, inputs, dynamic_shapes=free)


def signature(program: torch.export.ExportedProgram) -> dict[str, list[dict[str, object]]]:
    """Shape and dtype of every tensor that a program takes and gives, in order; a size that is free is -1."""
    names = program.graph_signature
    tensors = {node.name: node.meta["val"] for node in program.graph.nodes if "val" in node.meta}
    return {
        side: [_spec(tensors[name]) for name in some]
        for side, some in (("inputs", names.user_inputs), ("outputs", names.user_outputs))
    }


def _spec(tensor: Tensor) -> dict[str, object]:
    sizes: list[int | torch.SymInt] = list(tensor.shape)  # PyTorch's own hints know nothing of free sizes
    fixed = [size if isinstance(size, int) else -1 for size in sizes]
    return {"shape": fixed, "dtype": str(tensor.dtype).removeprefix("torch.")}


def example(job: Job) -> Sequence[Tensor]:
    """Two samples of every input."""
    samples = job.splits["train"]
    batch = samples.gather(torch.arange(2, device=samples.device) % job.plan.count)
    return [batch[name].cpu().contiguous() for name in job.network.inputs]
