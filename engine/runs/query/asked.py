"""A run as one asks for it by names: in a filter expression, for a column, for an order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, Protocol

from engine.runs.notes import Notes
from engine.runs.query.terms import Value
from engine.runs.summary import Summary


class Listed(Protocol):
    """What must be known of a run for that."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def state(self) -> str: ...

    @property
    def summary(self) -> Summary: ...

    @property
    def notes(self) -> Notes: ...

    @property
    def parameters(self) -> Mapping[str, Any]: ...

    @property
    def size(self) -> int | None: ...


def watched(run: Listed) -> str:
    """The metric that decides which epoch is best, with the split it is measured on."""
    return run.summary.watch if run.summary.started else ""


def tested(run: Listed) -> float | None:
    """The watched metric on the test split."""
    return run.summary.last.get(f"test/{run.summary.watch.partition('/')[2]}")


FACTS: Mapping[str, Callable[[Listed], Value | None]] = {
    "name": lambda run: run.name,
    "state": lambda run: run.state,
    "device": lambda run: run.summary.device,
    "group": lambda run: run.summary.group,
    "origin": lambda run: run.summary.origin,
    "run": lambda run: run.id,
    "note": lambda run: run.notes.text,
    "watched": watched,
    "starred": lambda run: run.notes.starred,
    "best": lambda run: run.summary.best.get(run.summary.watch),
    "last": lambda run: run.summary.last.get(run.summary.watch),
    "test": tested,
    "epoch": lambda run: run.summary.epoch,
    "epochs": lambda run: run.summary.epochs,
    "best_epoch": lambda run: run.summary.best_epoch,
    "created": lambda run: run.summary.created or None,
    "duration": lambda run: run.summary.seconds if run.summary.started else None,
    "disk": lambda run: run.size,
}
"""What every run may have under a name of its own."""
SPLITS = ("validation/", "train/", "")


class Asked:
    """A run that answers.

    A name is a fact's (`state`, `duration`), a metric's (`accuracy`, `train/loss`, `test/accuracy`, `last:accuracy`),
    or a setting's, whole or from any of its dots on (`training.optimizer.lr`, `optimizer.lr`, `lr`). A metric's
    value is that of the best epoch, on the validation split unless another is named.
    """

    __slots__ = ("_words", "run")

    def __init__(self, run: Listed) -> None:
        self.run = run
        self._words = ""

    @property
    def words(self) -> str:
        """Name, id, state, device, watched metric, tags, note, and what the settings name: optimizers, data, layers."""
        if not self._words:
            self._words = self._said()
        return self._words

    def _said(self) -> str:
        run = self.run
        kinds = (value for value in run.parameters.values() if isinstance(value, str))
        said = (run.name, run.id, run.state, run.summary.device, watched(run), *run.notes.tags, run.notes.text, *kinds)
        return "\n".join(said).casefold()

    @property
    def tags(self) -> Sequence[str]:
        """Its tags."""
        return self.run.notes.tags

    @property
    def starred(self) -> bool:
        """Whether it has a star."""
        return self.run.notes.starred

    def values(self, name: str) -> Sequence[Value]:
        """What a name in small letters stands for: nothing, a value, or those of several settings."""
        return reader(name)(self.run)


def names(runs: Iterable[Listed]) -> list[str]:
    """Every name that some run has something under, facts first."""
    found: dict[str, None] = dict.fromkeys((*FACTS, "tags"))
    for run in runs:
        found |= dict.fromkeys(name.partition("/")[2] or name for name in run.summary.best)
        found |= dict.fromkeys((*run.summary.best, *run.summary.last, *run.parameters))
    return list(found)


Reader = Callable[[Listed], Sequence[Value]]


@lru_cache(maxsize=256)
def reader(name: str) -> Reader:
    """What finds the values of a name in small letters in one run after the other; see `Asked`.

    What the name means is found out once: ten thousand runs are asked while somebody types.
    """
    if (fact := FACTS.get(name)) is not None:
        return partial(_fact, fact)
    return _tags if name == "tags" else partial(_metric_or_setting, name, *_aimed(name))


def _fact(fact: Callable[[Listed], Value | None], run: Listed) -> tuple[Value, ...]:
    found = fact(run)
    return () if found is None or found == "" else (found,)


def _tags(run: Listed) -> Sequence[str]:
    return run.notes.tags


def _metric_or_setting(name: str, of_last: bool, wanted: tuple[str, ...], run: Listed) -> Sequence[Value]:
    summary = run.summary
    values = summary.last if of_last else summary.best
    if (likeliest := values.get(wanted[0])) is not None:
        return (likeliest,)
    if (metric := _spelled(tuple(values), wanted)) is not None:
        return (values[metric],)
    parameters = run.parameters
    found = (parameters[path] for path in _named(tuple(parameters), name))
    return [_plain(value) for value in found if value is not None]


@lru_cache(maxsize=4096)
def _aimed(name: str) -> tuple[bool, tuple[str, ...]]:
    """Whether a name means a metric at the last epoch, and what the metric may be called, the likeliest first."""
    kind, _, rest = name.partition(":")
    if name.startswith("test/") or (rest and kind == "test"):
        return True, (name if name.startswith("test/") else f"test/{rest}",)
    wanted = rest if rest and kind in {"last", "best"} else name
    return kind == "last" and bool(rest), tuple(split + wanted for split in SPLITS)


@lru_cache(maxsize=4096)
def _spelled(metrics: tuple[str, ...], wanted: tuple[str, ...]) -> str | None:
    """The metric that is meant; most runs have the same metrics, so this is asked once for many."""
    for name in wanted:
        found = name if name in metrics else next((one for one in metrics if one.casefold() == name), None)
        if found is not None:
            return found
    return None


PLAIN = (str, bool, int, float)


def _plain(value: object) -> Value:
    if isinstance(value, PLAIN):
        return value
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


@lru_cache(maxsize=4096)
def _named(paths: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Those of the paths that a name means; most runs have the same paths, so this is asked once for many."""
    return tuple(path for path in paths if (folded := path.casefold()) == name or folded.endswith(f".{name}"))
