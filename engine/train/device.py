"""Where a run computes, and how exactly."""

from __future__ import annotations

import os
import platform
from contextlib import AbstractContextManager, nullcontext

import torch

from engine.spec import Training


class DeviceError(ValueError):
    """A device that cannot be used, in the user's words."""


def find_device(name: str = "auto") -> torch.device:
    """The device of that name; "auto" is the first accelerator, or the processor where there is none.

    Raise `DeviceError` when this machine has no such device.
    """
    if name == "auto":
        return torch.device(_accelerator())
    try:
        device = torch.device(name)
    except RuntimeError:
        raise DeviceError(f"'{name}' is not a device. Use auto, cpu, cuda:0 or mps.") from None
    if device.type == "cuda" and not torch.cuda.is_available():
        raise DeviceError("PyTorch sees no CUDA device here. `netloom doctor` says why; `--device cpu` always works.")
    if device.type == "cuda" and (device.index or 0) >= torch.cuda.device_count():
        raise DeviceError(f"There is no '{name}': this machine has {torch.cuda.device_count()} CUDA devices.")
    if device.type == "mps" and not torch.backends.mps.is_available():
        raise DeviceError("PyTorch sees no Apple GPU here. `--device cpu` always works.")
    return device


def settle(device: torch.device, training: Training) -> str:
    """Set PyTorch's switches for a run and return the choice in words.

    They belong to the whole process, so every run of a warm worker sets all of them.
    """
    exact = training.deterministic
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # read once, when cuBLAS starts
    torch.use_deterministic_algorithms(exact)
    torch.backends.cudnn.benchmark = not exact
    fast = device.type == "cuda" and not exact
    torch.set_float32_matmul_precision("high" if fast else "highest")
    if training.precision == "bfloat16":
        return "bfloat16 where it is safe (autocast), float32 elsewhere"
    return "float32, matrix products in TF32" if fast else "float32"


def precision(device: torch.device, training: Training) -> AbstractContextManager[object]:
    """The context that a forward pass runs in; it may be entered again and again."""
    if training.precision == "float32":
        return nullcontext()
    return torch.autocast(device.type, torch.bfloat16)


def machine_of(device: torch.device) -> str:
    """What computes there: a GPU by its name, a processor by its kind."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return platform.processor() or platform.machine()


def _accelerator() -> str:
    if torch.cuda.is_available():
        return "cuda:0"
    return "mps" if torch.backends.mps.is_available() else "cpu"
