"""The steps' values: kept on the device, read together a few times a second."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.events import Sampled, Steps
from engine.train.progress import Progress


class Losses:
    """Collects each step's loss and learning rate, and the gradient's norm where somebody measures it.

    A norm costs a small network some percent of a step. So where gradients are not clipped, which needs it anyway, it
    is measured once between two readings: of some steps a second, or of every step that takes as long as that.

    Args:
        every_norm: whether every step's is measured.
    """

    def __init__(self, *, every_norm: bool = False) -> None:
        self._every_norm = every_norm
        self._losses: list[Tensor] = []
        self._norms: list[tuple[int, Tensor]] = []
        self._rates: list[float] = []
        self._samples: list[int] = []
        self.lack_norm = False
        """Whether there was a reading and no norm was measured since: where nobody reads, nobody needs any."""

    def add(self, loss: Tensor, rate: float, samples: int, norm: Tensor | None = None) -> None:
        """Take one step's values without looking at them."""
        if norm is not None:
            self._norms.append((len(self._losses), norm))
            self.lack_norm = False
        self._losses.append(loss)
        self._rates.append(rate)
        self._samples.append(samples)

    def read(self, progress: Progress) -> Steps | None:
        """All since the last reading, added to the epoch's sum; None when there is nothing. Waits for the device."""
        if not self._losses:
            return None
        losses: list[float] = torch.stack(self._losses).tolist()
        values = {"loss": losses, "learning_rate": self._rates}
        if self._every_norm:
            values["gradient_norm"] = torch.stack([norm for _, norm in self._norms]).tolist()
            self._norms = []
        for loss, samples in zip(losses, self._samples, strict=True):
            progress.loss += loss * samples
            progress.samples += samples
        self._losses, self._rates, self._samples = [], [], []
        self.lack_norm = True
        return Steps(first=progress.step - len(losses) + 1, values=values)

    def read_norm(self, steps: Steps) -> Sampled | None:
        """The norm of one of the steps that were just read, where not all of them have one."""
        if not self._norms:
            return None
        (place, norm), *_ = self._norms
        self._norms = []
        return Sampled(step=steps.first + place, values={"gradient_norm": float(norm)})
