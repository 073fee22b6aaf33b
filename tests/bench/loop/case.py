"""What is trained in one comparison."""

from dataclasses import dataclass, replace
from typing import Self

from tests.bench.loop import data


@dataclass(frozen=True, kw_only=True)
class Case:
    """A network, a batch size, how often the data is gone through, how often that is measured, and the goals."""

    network: str
    batch_size: int
    epochs: int
    rounds: int = 1
    over_hand: float | None = None
    over_lightning: float | None = None

    @property
    def name(self) -> str:
        """As the table calls it."""
        return f"{self.network.upper()}, batch {self.batch_size}"

    @property
    def samples(self) -> int:
        """How many samples are trained on."""
        return self.epochs * data.TRAIN

    @property
    def short(self) -> Self:
        """The same with a single epoch."""
        return replace(self, epochs=1)
