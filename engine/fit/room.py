"""How much memory a device has and how much of it is free, asked without taking any of it."""

from __future__ import annotations

import ctypes
from contextlib import suppress

import psutil
import torch


class _Memory(ctypes.Structure):
    """What NVIDIA's management library writes: bytes in all, free and used."""

    _fields_ = (("total", ctypes.c_ulonglong), ("free", ctypes.c_ulonglong), ("used", ctypes.c_ulonglong))


def room_of(device: torch.device) -> dict[str, int]:
    """`memory` and `free` of a device, in bytes; no `free` where nobody can say it."""
    if device.type != "cuda":
        host = psutil.virtual_memory()
        return {"memory": host.total, "free": host.available}
    about = torch.cuda.get_device_properties(device)
    free = _free(f"GPU-{about.uuid}")
    return {"memory": about.total_memory, **({} if free is None else {"free": free})}


def _free(uuid: str) -> int | None:
    """As the driver says: `torch.cuda.mem_get_info` would take half a gigabyte on the device for its answer."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL("libnvidia-ml.so.1")
        handle, memory = ctypes.c_void_p(), _Memory()
        if library.nvmlInit_v2() == 0:
            found = library.nvmlDeviceGetHandleByUUID(uuid.encode(), ctypes.byref(handle)) == 0
            found = found and library.nvmlDeviceGetMemoryInfo(handle, ctypes.byref(memory)) == 0
            library.nvmlShutdown()
            return int(memory.free) if found else None
    return None
