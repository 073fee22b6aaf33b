"""What the Train page says about a run in numbers: pure functions of its summary."""

from __future__ import annotations

from engine.runs import Summary
from studio.pace import spoken
from studio.widgets.chart.words import number, setting

NONE = "–"
SENTENCES = {
    "queued": "Waiting for its turn.",
    "starting": "Starting: the worker loads the data and builds the network.",
    "paused": "Paused. It holds its place until it is told to go on.",
    "interrupted": "The process that trained it ended without a word. Resume it from its last checkpoint.",
    "pruned": "The search ended it early. It can go on from its last checkpoint.",
    "stopped": "Stopped. It can go on from its last checkpoint.",
    "failed": "It failed.",
}


def progress(summary: Summary, state: str, left: float | None, *, pace: float, rate: float | None) -> dict[str, str]:
    """Names and values for the head of the page.

    `left` is seconds until the run is done, None while nobody can say; `pace` samples per second; `rate` the learning
    rate of the last step.
    """
    going = state == "running"
    return {
        "Epoch": f"{_epoch(summary, state)} / {summary.epochs}" if summary.epochs else NONE,
        "Step": f"{summary.step:,} / {summary.epochs * summary.steps_per_epoch:,}" if summary.epochs else NONE,
        "Samples per second": f"{pace:,.0f}" if going and pace else NONE,
        "Learning rate": NONE if rate is None else setting(rate),
        "Epoch left": _left(epoch_left(summary, left)) if going else NONE,
        "Run left": _left(left) if going else NONE,
        "Elapsed": spoken(summary.seconds) if summary.started else NONE,
    }


def epoch_left(summary: Summary, left: float | None) -> float | None:
    """Seconds until the epoch is over, at the pace by which the run will be over in `left`."""
    steps = summary.epochs * summary.steps_per_epoch - summary.step
    if left is None or steps <= 0 or not summary.steps_per_epoch:
        return None
    return left * (summary.steps_per_epoch - summary.step % summary.steps_per_epoch) / steps


def sentence(summary: Summary, state: str) -> str:
    """What there is to say about a state; nothing about a run that goes on or is done."""
    if state in {"failed", "pruned", "stopped", "interrupted"} and summary.message:
        return summary.message
    return SENTENCES.get(state, "")


def results(summary: Summary) -> dict[str, list[tuple[str, str, str]]]:
    """By split, name, best and last value of every metric; the watched one's split and itself come first."""
    names = [name for name in {**summary.best, **summary.last} if not name.startswith("test/")]
    names.sort(key=lambda name: (not name.startswith("validation/"), name != summary.watch, name))
    found: dict[str, list[tuple[str, str, str]]] = {}
    for name in names:
        line = (_bare(name), _value(summary.best.get(name)), _value(summary.last.get(name)))
        found.setdefault(name.partition("/")[0], []).append(line)
    return found


def tested(summary: Summary) -> dict[str, str]:
    """The test split's metrics of a finished run."""
    names = [name for name in summary.last if name.startswith("test/")]
    names.sort(key=lambda name: (_bare(name) != _bare(summary.watch), name == "test/loss"))
    return {_bare(name): number(summary.last[name]) for name in names}


def _bare(name: str) -> str:
    """A metric's name without its split."""
    return name.partition("/")[2]


def _epoch(summary: Summary, state: str) -> int:
    """The epoch under way, or the last one done."""
    if not summary.steps_per_epoch:
        return 0
    return min(summary.step // summary.steps_per_epoch + (state in {"running", "paused"}), summary.epochs)


def _left(seconds: float | None) -> str:
    return NONE if seconds is None else spoken(seconds)


def _value(value: float | None) -> str:
    return NONE if value is None else number(value)
