"""How much of a device's memory data may take."""

from __future__ import annotations

import psutil
import torch

SHARE = 0.4  # of what is free: the rest is for weights, activations and other programs


def budget_of(device: torch.device) -> int:
    """Bytes that a dataset may take on the device when nobody said otherwise."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0] * SHARE)
    return int(psutil.virtual_memory().available * SHARE)
