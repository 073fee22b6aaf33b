"""What is trained in one comparison."""

from dataclasses import dataclass

from tests.bench.loop import data


@dataclass(frozen=True, kw_only=True)
class Case:
    """A network, a batch size, and how often the data is gone through."""

    network: str
    batch_size: int
    epochs: int

    @property
    def name(self) -> str:
        """As the table calls it."""
        return f"{self.network.upper()}, batch {self.batch_size}"

    @property
    def samples(self) -> int:
        """How many samples are trained on."""
        return self.epochs * data.TRAIN
