"""The devices that runs can be trained on."""

from __future__ import annotations

from typing import Any

import psutil
import torch


def devices() -> list[dict[str, Any]]:
    """Every device with its name for PyTorch, a label for people and its memory in bytes, the best first."""
    found = [_gpu(index) for index in range(torch.cuda.device_count())] if torch.cuda.is_available() else []
    if torch.backends.mps.is_available():
        found.append({"name": "mps", "label": "Apple GPU", "memory": psutil.virtual_memory().total})
    threads = torch.get_num_threads()
    label = f"CPU ({threads} thread{'s' if threads > 1 else ''})"
    return [*found, {"name": "cpu", "label": label, "memory": psutil.virtual_memory().total}]


def _gpu(index: int) -> dict[str, Any]:
    about = torch.cuda.get_device_properties(index)
    return {"name": f"cuda:{index}", "label": about.name, "memory": about.total_memory}
