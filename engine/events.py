"""Every event a run writes and every control message it obeys: values, one JSON object to a line."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Literal, TypeAlias

Outcome: TypeAlias = Literal["finished", "pruned", "stopped", "failed", "interrupted"]
"""`pruned` was ended early by a search, since others were better by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What all lines have in common: the wall-clock time in seconds since 1970 (UTC) at which it was said."""

    time: float = field(default_factory=time.time)


@dataclass(frozen=True, slots=True, kw_only=True)
class Created(Message):
    """The run folder was made; nothing is trained yet."""

    name: str
    device: str = "auto"
    group: str = ""
    """What it belongs to: the runs of one project over several seeds, the trials of a study."""
    origin: str = ""
    """The run that it repeats or goes on from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(Message):
    """A process took the run up, after `step` steps where it resumes.

    What an earlier attempt said of later steps is then void.
    """

    device: str
    pid: int
    host: str
    epochs: int
    steps_per_epoch: int
    step: int = 0
    epoch: int = 0
    watch: str = "validation/loss"
    goal: Literal["min", "max"] = "min"
    samples: Mapping[str, int] = field(default_factory=dict)
    """Samples per split."""
    versions: Mapping[str, str] = field(default_factory=dict)
    machine: str = ""
    """What the device is, such as the name of a GPU."""
    threads: int = 0
    """Threads of the processor that compute; 0 where that was not written down."""
    commit: str = ""
    """The commit that the project's folder stood at; empty where it is in no git repository."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Log(Message):
    """A sentence for the run's log."""

    text: str
    level: Literal["debug", "info", "warning", "error"] = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps(Message):
    """The values of consecutive steps: `values[name][i]` belongs to step `first + i`. The first step of a run is 1."""

    first: int
    values: Mapping[str, Sequence[float]]

    @property
    def last(self) -> int:
        """The last step it tells of."""
        return self.first + max((len(one) for one in self.values.values()), default=0) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled(Message):
    """Values of one step that are too dear to be measured at every step, such as `gradient_norm`."""

    step: int
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics(Message):
    """The metrics at an epoch's end, named `train/loss`, `validation/accuracy` … The first epoch is 1."""

    epoch: int
    step: int
    values: Mapping[str, float]
    seconds: float = 0.0
    """How long the epoch took."""


@dataclass(frozen=True, slots=True, kw_only=True)
class System(Message):
    """What the machine did: `cpu` and `gpu` in percent, `memory` and `gpu_memory` in bytes, `samples_per_second`."""

    step: int
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpointed(Message):
    """A checkpoint lies on the disk."""

    step: int
    epoch: int
    path: str
    """Relative to the run folder."""
    best: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Message):
    """The run holds its breath after this step."""

    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Continued(Message):
    """The run goes on after a pause."""

    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(Message):
    """The run, or this attempt at it, is over."""

    outcome: Outcome
    message: str = ""
    """Why, in the user's words; empty when it simply finished."""
    step: int = 0
    epoch: int = 0
    metrics: Mapping[str, float] = field(default_factory=dict)
    """The test split's metrics (`test/accuracy` …) with the best checkpoint, where the run finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Message):
    """Hold after the current step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Continue(Message):
    """Go on after a pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Message):
    """End after the current step, with a checkpoint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint(Message):
    """Write a checkpoint now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Set(Message):
    """Change a setting of the running training, such as `training.epochs`."""

    path: str
    value: Any


Event: TypeAlias = (
    Created | Started | Log | Steps | Sampled | Metrics | System | Checkpointed | Paused | Continued | Ended
)
Control: TypeAlias = Pause | Continue | Stop | Checkpoint | Set

EVENTS: tuple[type[Message], ...] = (
    Created,
    Started,
    Log,
    Steps,
    Sampled,
    Metrics,
    System,
    Checkpointed,
    Paused,
    Continued,
    Ended,
)
CONTROLS: tuple[type[Message], ...] = (Pause, Continue, Stop, Checkpoint, Set)


class _Names:
    """Message types by the word that stands for them on a line."""

    by_word: ClassVar[Mapping[str, type[Message]]] = {one.__name__.lower(): one for one in (*EVENTS, *CONTROLS)}
    known: ClassVar[Mapping[type[Message], frozenset[str]]] = {
        one: frozenset(part.name for part in fields(one)) for one in (*EVENTS, *CONTROLS)
    }


def encode(message: Message) -> str:
    """A message as one line of strict JSON, without the line's end."""
    data: dict[str, Any] = {"type": type(message).__name__.lower()}
    data |= {part.name: getattr(message, part.name) for part in fields(message)}
    try:
        return json.dumps(data, allow_nan=False, separators=(",", ":"), ensure_ascii=False)
    except ValueError:
        return json.dumps(_spelled(data), allow_nan=False, separators=(",", ":"), ensure_ascii=False)


def decode(line: str | bytes) -> Message | None:
    """The message on a line; None where it is of a kind (or too broken) that this version does not read."""
    try:
        data = json.loads(line)
        message = _Names.by_word.get(data.pop("type"))
        if message is None:
            return None
        known = _Names.known[message]
        if "values" in data:
            data["values"] = {name: _number(value) for name, value in data["values"].items()}
        if "metrics" in data:
            data["metrics"] = {name: _number(value) for name, value in data["metrics"].items()}
        return message(**{name: value for name, value in data.items() if name in known})
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _spelled(value: Any) -> Any:
    """The same data with "nan", "inf" and "-inf" in words, since strict JSON has no numbers for them."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _spelled(one) for key, one in value.items()}
    return [_spelled(one) for one in value] if isinstance(value, list | tuple) else value


def _number(value: Any) -> Any:
    if isinstance(value, list):
        return [float(one) for one in value] if any(isinstance(one, str) for one in value) else value
    return float(value) if isinstance(value, str) else value
