"""Recurrent networks as modules that give batch-first tensors alone."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn


class RNN(nn.RNN):
    """PyTorch's recurrent network, giving every step's output and the final state of its last layer."""

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:  # type: ignore[override]
        output, last = _precisely(super().forward, x)
        return output, _ends(last, bidirectional=self.bidirectional)


class GRU(nn.GRU):
    """PyTorch's gated recurrent units, giving every step's output and the final state of their last layer."""

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:  # type: ignore[override]
        output, last = _precisely(super().forward, x)
        return output, _ends(last, bidirectional=self.bidirectional)


class LSTM(nn.LSTM):
    """PyTorch's long short-term memory, giving every step's output and the final state of its last layer."""

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:  # type: ignore[override]
        output, (last, _) = _precisely(super().forward, x)
        return output, _ends(last, bidirectional=self.bidirectional)


KINDS: dict[str, Any] = {"RNN": RNN, "GRU": GRU, "LSTM": LSTM}


def _precisely(forward: Any, x: Tensor) -> Any:
    """On a processor in float32 whatever autocast wishes: without instructions for bfloat16, PyTorch has no LSTM."""
    if x.device.type != "cpu":
        return forward(x)
    with torch.autocast("cpu", enabled=False):
        return forward(x.float())


def _ends(last: Tensor, *, bidirectional: bool) -> Tensor:
    """The final state of the last layer, both directions joined: batch × features of (layers·directions) × batch × …"""
    return torch.cat((last[-2], last[-1]), dim=1) if bidirectional else last[-1]
