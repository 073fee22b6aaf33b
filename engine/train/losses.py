"""The steps' values: kept on the device, read together a few times a second."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.events import Steps
from engine.train.progress import Progress


class Losses:
    """Collects each step's loss, learning rate and, where it is clipped, gradient norm."""

    def __init__(self) -> None:
        self._losses: list[Tensor] = []
        self._norms: list[Tensor] = []
        self._rates: list[float] = []
        self._samples: list[int] = []

    def add(self, loss: Tensor, rate: float, samples: int, norm: Tensor | None = None) -> None:
        """Take one step's values without looking at them."""
        self._losses.append(loss)
        self._rates.append(rate)
        self._samples.append(samples)
        if norm is not None:
            self._norms.append(norm)

    def read(self, progress: Progress) -> Steps | None:
        """All since the last reading, added to the epoch's sum; None when there is nothing. Waits for the device."""
        if not self._losses:
            return None
        losses: list[float] = torch.stack(self._losses).tolist()
        values = {"loss": losses, "learning_rate": self._rates}
        if self._norms:
            values["gradient_norm"] = torch.stack(self._norms).tolist()
        for loss, samples in zip(losses, self._samples, strict=True):
            progress.loss += loss * samples
            progress.samples += samples
        self._losses, self._norms, self._rates, self._samples = [], [], [], []
        return Steps(first=progress.step - len(losses) + 1, values=values)
