"""What a training step will take: memory by what it is for, time, and the largest batch that fits."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from engine.fit.calibration import Calibration, Measurement, key_of
from engine.fit.holding import Holding
from engine.fit.rehearsal import Rehearsal
from engine.spec import Mend, Problem
from engine.spec.quantities import bytes_text

TIGHT = 0.85
"""Share of the usable memory above which it is tight: other programs want some too, and a guess may be 10 % off."""
PROCESS = {"cpu": 550 << 20}
"""What a worker takes before it has seen a network, by type of device. Measured: 525 MB for PyTorch."""
OTHER = 600 << 20
"""The same on an accelerator, whose driver keeps its kernels there."""

State = Literal["fits", "tight", "too large", "unknown"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """Bytes at a step's peak. Gradients are those that exist at that moment: there may be more when less else is."""

    weights: int
    gradients: int
    optimizer: int
    activations: int
    data: int
    workspace: int

    @property
    def total(self) -> int:
        """All of it."""
        return sum(asdict(self).values())


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """What is foretold of a project's training on a device with so much memory free."""

    rehearsal: Rehearsal
    holding: Holding
    calibration: Calibration
    free: int
    total: int

    @property
    def key(self) -> str:
        """What is trained, whatever the batch size."""
        return key_of(self.holding.project, self.holding.facts)

    @property
    def batch(self) -> int:
        """The batch size as it will be: no larger than the training split."""
        return self.fair(self.holding.project.training.batch_size)

    def fair(self, batch: int) -> int:
        """No more samples than there are."""
        return max(1, min(batch, self.holding.count or batch))

    def memory(self, batch: int) -> Memory:
        """Bytes at the peak of a step."""
        moment = self.rehearsal.step.moment(batch)
        step = moment.at(batch)
        return Memory(
            weights=self.rehearsal.weights,
            gradients=moment.gradients,
            optimizer=self.rehearsal.optimizer,
            activations=int(step) - moment.gradients,
            data=self.holding.bytes(batch),
            workspace=self.calibration.workspaces(self.key).at(step),
        )

    def evaluation(self, batch: int) -> int:
        """Bytes at the peak of an evaluation, which looks at more samples at once than a step."""
        look = self.rehearsal.evaluation.at(self.holding.at_once(batch))
        kept = self.rehearsal.weights + self.rehearsal.optimizer + self.holding.bytes(batch)
        return int(kept + look + self.calibration.workspaces(self.key).at(look))

    def needed(self, batch: int) -> int:
        """Bytes that a run takes at its peak."""
        return max(self.memory(batch).total, self.evaluation(batch))

    @property
    def usable(self) -> int:
        """Bytes that a run may take: what is free, less what its process takes by itself."""
        return max(0, self.free - PROCESS.get(self.holding.device.type, OTHER))

    def largest(self) -> int:
        """The largest batch that fits, up to the whole training split; 0 where not even one sample does."""
        low, high = 0, self.fair(1_000_000)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.needed(middle) <= self.usable else (low, middle - 1)
        return low

    def state(self) -> State:
        """Whether the run fits."""
        if not self.free:
            return "unknown"
        needed = self.needed(self.batch)
        if needed > self.usable:
            return "too large"
        return "tight" if needed > TIGHT * self.usable else "fits"

    def seconds(self, batch: int) -> float | None:
        """How long a step takes; None where nothing was measured on this device yet."""
        work = self.rehearsal.work
        return self.calibration.seconds(self.key, work.flops.at(batch), work.traffic.at(batch), work.calls.at(batch))

    def measured(self) -> Measurement | None:
        """This very step, where it was measured."""
        found = [one for one in self.calibration.of(self.key) if one.batch == self.batch]
        return found[-1] if found else None

    def to_json(self) -> dict[str, Any]:
        """As the service answers and `netloom check --json` prints; bytes and seconds."""
        memory, seconds, measured = self.memory(self.batch), self.seconds(self.batch), self.measured()
        steps, largest = self.holding.plan(self.batch).steps_per_epoch, self.largest()
        return {
            "device": str(self.holding.device),
            "free": self.free,
            "device_memory": self.total,
            "usable": self.usable,
            "state": self.state(),
            "batch_size": self.batch,
            "memory": {**asdict(memory), "total": memory.total},
            "per_sample": self.rehearsal.step.moment(self.batch).per_sample,
            "evaluation": self.evaluation(self.batch),
            "needed": self.needed(self.batch),
            "largest_batch": largest,
            "advised_batch": rounded(largest),
            "whole_split": largest == self.holding.count,
            "flops": self.rehearsal.work.flops.at(self.batch),
            "seconds_per_step": seconds,
            "seconds_per_epoch": None if seconds is None else seconds * steps,
            "steps_per_epoch": steps,
            "calibrated": len(self.calibration.measurements),
            "measured": None if measured is None else asdict(measured),
        }

    def problem(self) -> Problem | None:
        """The warning that a run will not fit, with the batch size that would."""
        if self.state() != "too large":
            return None
        batch = rounded(self.largest())
        need = (
            f"A training step with {self.batch} samples needs about {bytes_text(self.needed(self.batch))}, "
            f"and {named(str(self.holding.device))} has {bytes_text(self.usable)} free."
        )
        way = "Take a smaller batch." if batch else "Not even one sample fits: make the network or its input smaller."
        mend = Mend(text=f"Use batch {batch}", settings={"training.batch_size": batch}) if batch else None
        return Problem(
            message=f"{need} {way}", severity="warning", section="training", parameter="batch_size", mend=mend
        )


def rounded(batch: int) -> int:
    """The largest power of two within a batch size: what people choose, and devices like."""
    return 1 << (batch.bit_length() - 1) if batch else 0


def named(device: str) -> str:
    """A device as a person calls it."""
    return {"cpu": "the CPU", "mps": "the Apple GPU"}.get(device, device)
