"""Train several seeds: the action, and the card that asks how many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from engine.runs import WorkspaceError
from engine.runs.seeds import MOST, SeedError, new_group, seeds_from
from studio.actions import Action
from studio.seeding import queue_seeds, stop_group
from studio.states import LIVELY
from studio.theme import SPACE
from studio.widgets.ask import Ask, Number

if TYPE_CHECKING:
    from studio.context import Studio
    from studio.shell.training import Training

COUNT = "seeds/count"
LARGEST = 2**31 - 1
"""What the field can hold; the one seed beyond it is set in the project."""


class Seeds(QObject):
    """Queues the project that is open over several seeds, as one group.

    Args:
        studio: the window's parts.
        training: refuses what cannot be trained.
        window: what the card lies on.
    """

    def __init__(self, studio: Studio, training: Training, window: QWidget) -> None:
        super().__init__(window)
        self._studio, self._training, self._window = studio, training, window
        self._runs: list[str] = []
        self.card: Ask | None = None
        studio.actions.add(
            Action(
                id="run.seeds",
                text="Train several seeds…",
                handler=self.open,
                group="Run",
                shortcut="Ctrl+Shift+Return",
                icon="duplicate",
            )
        )
        studio.actions.add(
            Action(
                id="run.stop_seeds",
                text="Stop all seeds",
                handler=self.stop,
                group="Run",
                icon="stop",
                enabled=lambda: any(studio.live.state(run) in LIVELY for run in self._runs),
            )
        )

    def open(self) -> None:
        """Ask how many, unless the project is known not to train."""
        if self._training.refused():
            return
        if self.card is None:
            self.card = Ask("Train several seeds", self._window)
            self.card.accepted.connect(self.train)
        count = self._studio.settings.get(COUNT, 5)
        first = min(self._studio.document.project.training.seed, LARGEST)
        many = count if isinstance(count, int) and 1 <= count <= MOST else 5
        numbers = (
            Number(key="count", label="How many", value=many, least=1, most=MOST),
            Number(key="first", label="First seed", value=first, least=0, most=LARGEST),
        )
        self.card.ask(numbers, button="Train", says=self._meaning)
        self.card.open_at(QPoint(self._window.width() - SPACE.m, 48 + SPACE.xs))

    def train(self, asked: Mapping[str, int]) -> None:
        """Queue them."""
        document = self._studio.document
        try:
            seeds = seeds_from(asked["first"], asked["count"])
            group = new_group(document.project)
            self._runs = queue_seeds(self._studio, document.project, seeds, folder=document.folder, group=group)
        except (SeedError, WorkspaceError) as error:
            self._studio.messages.post(str(error), tone="error", key="train")
            return
        self._studio.settings.set(COUNT, asked["count"])
        if self._training.state not in LIVELY:
            self._studio.live.show(self._runs[0])
            self._studio.actions.trigger("page.train")
        text = f"{len(seeds)} seeds are queued as the group “{group}”."
        actions = {"Show them": lambda: self._studio.actions.trigger("page.runs"), "Stop all": self.stop}
        self._studio.messages.post(text, key="train", actions=actions)

    def stop(self) -> None:
        """Stop what was queued here last."""
        stop_group(self._studio, self._runs)

    def _meaning(self, asked: Mapping[str, int]) -> str:
        count, first = asked["count"], asked["first"]
        if count == 1:
            return "One seed says nothing of how much another would differ."
        name = self._studio.document.project.name
        few = " Three or more give an interval worth looking at." if count == 2 else ""
        return f"“{name}” is trained with the seeds {first:,} to {first + count - 1:,}, in turn, as one group.{few}"
