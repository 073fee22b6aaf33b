"""What a run was, over more seeds: the action, and the card that asks how many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from engine.runs import RunFolder, WorkspaceError
from engine.runs.seeds import LAST_SEED, MOST, SeedError, seeds_from
from engine.spec import ProjectError
from studio.declaring import Deed, Kind, declare
from studio.pages.runs.seeds.groups import SEED
from studio.seeding import queue_more
from studio.theme import SPACE
from studio.widgets.ask import Ask, Number

if TYPE_CHECKING:
    from studio.context import Studio

USUAL = 4
"""Seeds that are offered: with the run itself they are five."""
LARGEST = LAST_SEED - 1
"""What the field can hold."""


class MoreSeeds(QObject):
    """Queues the project of the one selected run over more seeds, in the group that it is in or in a new one.

    Args:
        studio: the window's parts.
        place: the widget that the action belongs to.
        selected: the ids of the selected runs now.
        show: brings runs into sight, with what their seeds say together.
    """

    def __init__(
        self,
        studio: Studio,
        place: QWidget,
        selected: Callable[[], list[str]],
        show: Callable[[list[str]], object],
    ) -> None:
        super().__init__(place)
        self._studio, self._place, self._selected, self._show = studio, place, selected, show
        self._run = ""
        self.card: Ask | None = None
        declare(
            studio.actions,
            Kind(name="runs", section="selected runs", owner=place),
            Deed("seeds", "Run over more seeds…", self.open, icon="duplicate", enabled=self._can),
        )

    def open(self) -> None:
        """Ask how many, and from which seed on."""
        [self._run] = self._selected()
        if self.card is None:
            self.card = Ask("Run over more seeds", self._place.window())
            self.card.accepted.connect(self._queue)
        first = min(max(self._used(), default=-1) + 1, LARGEST)
        numbers = (
            Number(key="count", label="How many", value=USUAL, least=1, most=MOST),
            Number(key="first", label="First seed", value=first, least=0, most=LARGEST),
        )
        self.card.ask(numbers, button="Run", says=self._meaning)
        window = self._place.window()
        self.card.open_at(self._place.mapTo(window, QPoint(self._place.width() - SPACE.m, SPACE.m)))

    def _queue(self, asked: Mapping[str, int]) -> None:
        messages = self._studio.messages
        try:
            seeds = seeds_from(asked["first"], asked["count"], used=self._used())
            group, made = queue_more(self._studio, RunFolder(self._studio.workspace.runs / self._run), seeds)
        except (SeedError, WorkspaceError, ProjectError, OSError) as error:
            messages.post(str(error), tone="error", key="runs")
            return
        seeds_are = "One seed is" if len(made) == 1 else f"{len(made)} seeds are"
        shown = [self._run, *made]
        text = f"{seeds_are} queued in the group “{group}”."
        messages.post(text, key="runs", actions={"Show them": lambda: self._show(shown)})
        self._studio.live.poll()

    def _used(self) -> set[int]:
        """The seeds that runs of the same group have, or at least the run itself."""
        live = self._studio.live
        group = live.summary(self._run).group
        runs = [run for run in live.runs if live.summary(run).group == group] if group else [self._run]
        seeds = [live.parameters(run).get(SEED, 0) for run in runs]
        return {seed for seed in seeds if isinstance(seed, int)}

    def _meaning(self, asked: Mapping[str, int]) -> str:
        summary = self._studio.live.summary(self._run)
        taken = self._used() & set(range(asked["first"], asked["first"] + asked["count"]))
        left_out = " Seeds that it has already are left out." if taken else ""
        where = f"in its group “{summary.group}”" if summary.group else "as a new group"
        many = "one more seed" if asked["count"] == 1 else f"{asked['count']:,} more seeds"
        return f"What “{summary.name or self._run}” trained is trained with {many}, {where}.{left_out}"

    def _can(self) -> bool:
        selected = self._selected()
        return (
            len(selected) == 1
            and bool(self._studio.live.state(selected[0]))
            and not self._studio.live.foreign(selected[0])
        )
