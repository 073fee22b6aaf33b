"""How far a run has come: what a checkpoint says of its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Progress:
    """Counts of what is done; the running epoch's part starts again at 0 with every epoch."""

    epoch: int = 0
    """Finished epochs."""
    step: int = 0
    """Finished steps of the run."""
    within: int = 0
    """Finished steps of the running epoch."""
    seconds: float = 0.0
    """Spent on the running epoch, over all attempts."""
    loss: float = 0.0
    """Sum of the running epoch's losses, each weighted by its samples."""
    samples: int = 0
    """Samples that `loss` is of."""
    enough: str = ""
    """Why training ends before the last epoch; empty while it goes on."""

    def next_epoch(self) -> None:
        """Count an epoch and begin another."""
        self.epoch += 1
        self.within, self.seconds, self.loss, self.samples = 0, 0.0, 0.0, 0
