"""From events to curves: what holds after a resume, and which time counts. The one place that knows."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any, Generic, Protocol, TypeVar

from engine.events import Continued, Created, Message, Metrics, Paused, Sampled, Started, Steps


class Curve(Protocol):
    """What a fold puts points into: steps and values are float64 arrays of any kind with a buffer."""

    @property
    def steps(self) -> Any:
        """The points' steps, (points,)."""

    @property
    def values(self) -> Any:
        """The points' values, (points,)."""

    @property
    def measured(self) -> Any:
        """The same, whatever they are: infinite ones may count as missing where curves are drawn."""

    def append(self, steps: Any, values: Any, /) -> None:
        """Add points."""

    def hold(self, steps: Any, values: Any, /) -> None:
        """Take over the first points, from memory that stays as it is: they may be looked at as late as one likes."""

    def truncate(self, step: float, /) -> None:
        """Take away the points after a step."""


C = TypeVar("C", bound=Curve)


class Fold(Generic[C]):
    """Curves by name: `steps` have a point for each step, or for some of them, `epochs` one for each epoch's end.

    A resumed attempt goes on after its checkpoint: what the earlier attempt did beyond it is taken away. Time is that
    spent training, pauses and the night before a resume left out; where the machine's clock was set back, it goes on
    from where it was.

    Args:
        make: makes an empty curve.
    """

    def __init__(self, make: Callable[[], C]) -> None:
        self.version = 0
        """Changes whenever a curve does."""
        self.make = make
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self.steps: dict[str, C] = {}
        self.epochs: dict[str, C] = {}
        self.steps_per_epoch = 1
        self.ticks = array("d")
        """The steps whose time is known, ascending."""
        self.clock = array("d")
        """Seconds of training at each of them."""
        self.wall = array("d")
        """What the machine's clock said at each of them, in seconds since 1970; it may have been set back or on."""
        self.began = 0.0
        """The moment at which the clock would have shown 0."""
        self.paused = 0.0
        """The moment at which the run was paused; 0 while it is not."""
        self._gathered: dict[str, tuple[list[range], array[float]]] = {}
        self.version += 1

    def take(self, messages: Iterable[Message]) -> None:
        """Take in more events, in order. A run's first event begins it anew."""
        for message in messages:
            if isinstance(message, Steps):
                self._gather(message)
            else:
                self._take(message)
        self._flush()

    def _gather(self, message: Steps) -> None:
        """Lay lines of steps aside: appended together, a long journal is read in no time."""
        self._tick(message.last, message.time)
        for name, values in message.values.items():
            pieces, gathered = self._gathered.setdefault(name, ([], array("d")))
            pieces.append(range(message.first, message.first + len(values)))
            gathered.extend(values)

    def _flush(self) -> None:
        for name, (pieces, gathered) in self._gathered.items():
            curve, done = _into(self.steps, name, self.make), 0
            for piece in joined(pieces):
                curve.append(piece, gathered[done : done + len(piece)])
                done += len(piece)
            self.version += 1
        self._gathered.clear()

    def _take(self, message: Message) -> None:
        match message:
            case Created():
                self.clear()
            case Started():
                self._flush()
                self._start(message)
            case Sampled():
                if message.values.keys() & self._gathered.keys():
                    self._flush()
                for name, value in message.values.items():
                    _into(self.steps, name, self.make).append((message.step,), (value,))
            case Metrics():
                self._tick(message.step, message.time)
                for name, value in message.values.items():
                    _into(self.epochs, name, self.make).append((message.step,), (value,))
            case Paused():
                self.paused = message.time
            case Continued() if self.paused:
                self.began += message.time - self.paused
                self.paused = 0.0
            case _:
                return
        self.version += 1

    def _start(self, message: Started) -> None:
        self.steps_per_epoch = max(message.steps_per_epoch, 1)
        for one in (*self.steps.values(), *self.epochs.values()):
            one.truncate(message.step)
        kept = bisect_right(self.ticks, message.step)
        del self.ticks[kept:], self.clock[kept:], self.wall[kept:]
        self.began, self.paused = message.time - self._now(), 0.0
        if not kept:
            self._tick(message.step, message.time)

    def _now(self) -> float:
        return self.clock[-1] if self.clock else 0.0

    def _tick(self, step: int, time: float) -> None:
        if len(self.ticks) > 1 and time == self.wall[-1]:  # said in one breath: the later step is the one just taken
            self.ticks[-1] = step
            return
        self.began = min(self.began, time - self._now())
        self.ticks.append(step)
        self.clock.append(time - self.began)
        self.wall.append(time)


def joined(pieces: list[range]) -> list[range]:
    """The same steps in as few ranges as possible."""
    cuts = [place for place, (one, other) in enumerate(pairwise(pieces), 1) if one.stop != other.start]
    ends = zip([0, *cuts], [*cuts, len(pieces)], strict=True)
    return [range(pieces[first].start, pieces[last - 1].stop) for first, last in ends if last > first]


def _into(family: dict[str, C], name: str, make: Callable[[], C]) -> C:
    return family[name] if name in family else family.setdefault(name, make())
