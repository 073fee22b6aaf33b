"""A workspace of very many runs, and the same runs in MLflow: written by the real classes, never trained."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.events import Created, Ended, Message, Metrics, Started, Steps
from engine.runs import Journal, RunFolder, Workspace
from engine.runs.curves import write_curves
from engine.spec import Project, flatten, format_project, read_project

PROJECT = Path(__file__).parents[3] / "assets" / "examples" / "digits-cnn.netloom"
COUNT, LONG = 10_000, 200
"""Runs in all, and those of them that have long curves: the newest."""
STEPS = 10_000
LINE = 20
"""Steps that a line of the journal tells of."""
BEGAN = 1_700_000_000.0
APART = 600.0
"""Seconds from the start of a run to that of the next."""


@dataclass(frozen=True)
class Tried:
    """One run: its place among the others says all of it."""

    place: int

    @property
    def id(self) -> str:
        return f"20260101-{self.place:06d}-digits-{self.place % 65521:04x}"

    @property
    def long(self) -> bool:
        return self.place >= COUNT - LONG

    @property
    def created(self) -> float:
        return BEGAN + self.place * APART

    @property
    def epochs(self) -> int:
        return 10

    @property
    def rate(self) -> float:
        return float(round(10 ** random.Random(self.place).uniform(-5, -1), 7))

    def project(self, base: Project) -> Project:
        """What was trained: other seeds, learning rates and batch sizes."""
        changed: Project = base.set("training.optimizer.lr", self.rate)
        return changed.set("training.seed", self.place).set("training.batch_size", 2 ** (4 + self.place % 4))

    def metrics(self, epoch: int) -> dict[str, float]:
        """The metrics at an epoch's end."""
        draw = random.Random(self.place * 1000 + epoch)
        skill = (1 - math.exp(-epoch / 3)) * (0.9 + draw.uniform(0, 0.1))
        splits = ("train", "validation")
        return {f"{one}/accuracy": skill - draw.uniform(0, 0.02) for one in splits} | {
            f"{one}/loss": 1.1 - skill + draw.uniform(0, 0.02) for one in splits
        }

    def losses(self) -> list[float]:
        """The loss at every step of a long run."""
        draw = random.Random(self.place)
        return [math.exp(-step / 3000) + draw.gauss(0, 0.05) for step in range(STEPS)]

    def events(self) -> Iterator[Message]:
        """All that such a run says."""
        steps = STEPS // self.epochs if self.long else 10
        yield Created(time=self.created, name=f"Digits {self.place % 7}", device="cpu", group=f"g{self.place // 5}")
        yield Started(
            time=self.created + 1,
            device="cpu",
            pid=1,
            host="bench",
            epochs=self.epochs,
            steps_per_epoch=steps,
            watch="validation/accuracy",
            goal="max",
        )
        losses = self.losses() if self.long else []
        for epoch in range(1, self.epochs + 1):
            for first in range((epoch - 1) * steps, epoch * steps, LINE) if self.long else ():
                values = {"loss": losses[first : first + LINE], "learning_rate": [self.rate] * LINE}
                yield Steps(time=self.created + 2 + first / 100, first=first + 1, values=values)
            time = self.created + 2 + epoch * steps / 100
            yield Metrics(time=time, epoch=epoch, step=epoch * steps, values=self.metrics(epoch), seconds=steps / 100)
        time = self.created + 3 + self.epochs * steps / 100
        test = {name.replace("validation", "test"): value for name, value in self.metrics(self.epochs).items()}
        yield Ended(time=time, outcome="finished", step=self.epochs * steps, epoch=self.epochs, metrics=test)


def make(workspace: Workspace) -> None:
    """Write all the runs: what `Workspace.new_run` and a worker leave, without waiting for the disk each time."""
    base = read_project(PROJECT)
    for place in range(COUNT):
        tried = Tried(place)
        run = RunFolder(workspace.runs / tried.id)
        run.path.mkdir()
        (run.path / "project.json").write_text(format_project(tried.project(base)), encoding="utf-8")
        journal = Journal(run.events)
        journal.write(*tried.events())
        journal.close()
        write_curves(run)


def settings(tried: Tried, base: Project) -> dict[str, object]:
    """What MLflow is told of the project."""
    return flatten(tried.project(base))
