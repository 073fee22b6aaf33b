"""How much memory this process was measured to take, on the device it computes on."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import psutil
import torch
from torch import nn
from torch.profiler import ProfilerActivity, profile

STATUS = Path("/proc/self/status")
CLEAR = Path("/proc/self/clear_refs")


def warm_up(device: torch.device) -> None:
    """Load what the first convolution and product load, so that it is not taken for the network's."""
    with torch.device(device):
        net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.Flatten(), nn.Linear(8 * 36, 4))
        net(torch.rand(4, 3, 8, 8)).sum().backward()


class PeakMeter:
    """The most memory in use since it was made, in bytes over what was in use then.

    On a processor it is the process's resident memory, which holds everything: tensors, what algorithms work in, and
    what the allocator cannot give back. On CUDA it is what PyTorch's allocator handed out.
    """

    def __init__(self, device: torch.device) -> None:
        self._device = device
        if device.type == "cuda":
            torch.cuda.reset_peak_memory_stats(device)
            self._start = torch.cuda.memory_allocated(device)
        else:
            _forget_peak()
            self._start = psutil.Process().memory_info().rss

    def read(self) -> int:
        """Bytes at the peak, over the start."""
        if self._device.type == "cuda":
            return int(torch.cuda.max_memory_allocated(self._device)) - self._start
        return max(0, _peak() - self._start)


def _forget_peak() -> None:
    if CLEAR.exists():
        CLEAR.write_text("5")  # Linux: the peak of the resident memory starts again from now


def _peak() -> int:
    if STATUS.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text())
        if found:
            return int(found[1]) * 1024
    info = psutil.Process().memory_info()
    return int(getattr(info, "peak_wset", 0) or getattr(info, "rss", 0))


def tensors_at_peak(run: Callable[[], object]) -> int:
    """The most that PyTorch's own allocator for the processor gave out, over what it had given out at the start."""
    with profile(activities=[ProfilerActivity.CPU], profile_memory=True) as profiler:
        run()
    most = held = 0
    assert profiler.profiler is not None
    assert profiler.profiler.kineto_results is not None
    events = (one for one in profiler.profiler.kineto_results.events() if one.name() == "[memory]")
    for event in sorted(events, key=lambda one: one.start_ns()):
        held += event.nbytes()
        most = max(most, held)
    return most


def prefer_to_be_ended() -> None:
    """Tell Linux to end this process before any other when memory runs out."""
    place = Path("/proc/self/oom_score_adj")
    if place.exists() and os.access(place, os.W_OK):
        place.write_text("1000")
