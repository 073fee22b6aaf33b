"""Telling of a run while it is trained: as progress bars for a person, as lines for a program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Protocol, Self

from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from engine.cli.saying import console, duration, errors, number, say_json
from engine.cli.tracked import Tracked
from engine.events import Ended, Log, Message, Metrics, Sampled, Started, Steps, System, encode
from engine.runs import RunFolder


class Teller(Protocol):
    """Tells of one run."""

    def __enter__(self) -> Any: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def tell(self, event: Message) -> None:
        """Tell of an event as it happens."""
        ...

    def conclude(self, ended: Ended, tracked: Tracked) -> None:
        """Tell how it ended and where it can be found."""
        ...


class Lines:
    """Every event as the journal has it, with the run's id, but for those of single steps; first and last the run."""

    def __init__(self, run: RunFolder) -> None:
        self._run = run

    def __enter__(self) -> Self:
        say_json({"type": "run", "run": self._run.id, "folder": str(self._run.path)})
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def tell(self, event: Message) -> None:
        if not isinstance(event, Steps | Sampled | System):
            say_json(json.loads(encode(event)) | {"run": self._run.id})

    def conclude(self, ended: Ended, tracked: Tracked) -> None:
        where = {"uri": tracked.uri, "run": tracked.run, "complete": tracked.complete}
        metrics = json.loads(encode(ended))["metrics"]
        say_json({"type": "result", "run": self._run.id, "outcome": ended.outcome, "metrics": metrics, "mlflow": where})
        if ended.outcome != "finished" and ended.message:
            errors.print(ended.message)


class Words:
    """A bar for the epoch and one for the run, and a line for every epoch."""

    def __init__(self, run: RunFolder) -> None:
        self._run = run
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            TextColumn("{task.completed:.0f}/{task.total:.0f}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[note]}"),
            console=console,
            transient=True,
        )
        self._epoch: TaskID | None = None
        self._whole: TaskID | None = None
        self._per_epoch = 1
        self._watch = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def tell(self, event: Message) -> None:
        match event:
            case Started():
                self._start(event)
            case Steps():
                self._move(
                    event.last, note=f"loss {number(event.values['loss'][-1])}" if "loss" in event.values else ""
                )
            case Metrics():
                self._move(event.step)
                names = dict.fromkeys(("train/loss", "validation/loss", self._watch))  # the others are in the journal
                words = "  ".join(f"{name} {number(event.values[name])}" for name in names if name in event.values)
                self._bars.console.print(f"epoch {event.epoch:>3}  {escape(words)}  ({duration(event.seconds)})")
            case Log(level="info" | "warning" | "error" as level):
                mark = "" if level == "info" else f"{level}: "
                self._bars.console.print(escape(f"{mark}{event.text}"), style="" if level == "info" else "yellow")

    def conclude(self, ended: Ended, tracked: Tracked) -> None:
        if ended.outcome == "failed":
            errors.print(ended.message or "The run failed.")
        else:
            again = f" Go on with: netloom resume {self._run.id}" if ended.outcome != "finished" else ""
            console.print(
                escape(f"{ended.outcome.capitalize()} after {ended.epoch} epochs. {ended.message}{again}".strip())
            )
        for name, value in ended.metrics.items():
            console.print(f"{escape(name)} [bold]{number(value)}[/bold]")
        console.print(f"Run id: {escape(self._run.id)}")
        console.print(escape(tracked.sentence()))

    def _start(self, event: Started) -> None:
        self._per_epoch, self._watch = max(1, event.steps_per_epoch), event.watch
        sizes: Mapping[str, int] = event.samples
        counts = ", ".join(f"{count:,} {name}" for name, count in sizes.items())
        going = f", going on after epoch {event.epoch}" if event.step else ""
        console.print(f"Run [bold]{escape(self._run.id)}[/bold] in {escape(str(self._run.path))}")
        console.print(escape(f"On {event.device} with {counts} samples{going}"))
        self._bars.start()
        self._epoch = self._bars.add_task("epoch", total=self._per_epoch, note="")
        self._whole = self._bars.add_task("run", total=event.epochs * self._per_epoch, completed=event.step, note="")

    def _move(self, step: int, note: str = "") -> None:
        if self._epoch is not None and self._whole is not None:
            within = (step - 1) % self._per_epoch + 1 if step else 0
            self._bars.update(self._epoch, completed=within, note=note)
            self._bars.update(self._whole, completed=step)
