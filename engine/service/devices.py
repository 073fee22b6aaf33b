"""The devices that runs can be trained on."""

from __future__ import annotations

from typing import Any

import torch

from engine.fit.room import room_of


def devices() -> list[dict[str, Any]]:
    """Every device, the best first: name for PyTorch, label for people, `memory` and what is `free` of it in bytes."""
    found = [_gpu(index) for index in range(torch.cuda.device_count())] if torch.cuda.is_available() else []
    if torch.backends.mps.is_available():
        found.append({"name": "mps", "label": "Apple GPU", **room_of(torch.device("mps"))})
    threads = torch.get_num_threads()
    label = f"CPU ({threads} thread{'s' if threads > 1 else ''})"
    return [*found, {"name": "cpu", "label": label, **room_of(torch.device("cpu"))}]


def _gpu(index: int) -> dict[str, Any]:
    about = torch.cuda.get_device_properties(index)
    return {"name": f"cuda:{index}", "label": about.name, **room_of(torch.device("cuda", index))}
