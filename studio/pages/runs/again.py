"""A run once more: exactly again, with a word on whether the numbers are equal; or on, for more epochs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from engine.runs import RunFolder, WorkspaceError
from engine.runs.again import continued, go_on, has_checkpoint, repeat
from engine.runs.repeated import kept
from engine.spec import ProjectError
from studio.declaring import Deed, Kind, declare
from studio.states import LIVELY
from studio.widgets.ask import Ask, Number

if TYPE_CHECKING:
    from studio.context import Studio

MOST_EPOCHS = 100_000
FEW = 20
"""Selected runs that are looked at for that."""
NAMED = 4
"""Metrics that are named one by one where numbers differ."""


class Again(QObject):
    """Declares both actions for the one selected run, and tells how a repetition came out.

    Args:
        studio: the window's parts.
        place: the widget within which the shortcuts work.
        selected: the ids of the selected runs now.
    """

    def __init__(self, studio: Studio, place: QWidget, selected: Callable[[], list[str]]) -> None:
        super().__init__(place)
        self._studio, self._place, self._selected = studio, place, selected
        self._repeated: dict[str, str] = {}
        self._looked: set[str] = set()
        self.card: Ask | None = None
        self.actions = declare(
            studio.actions,
            Kind(name="runs", section="selected runs", owner=place),
            Deed("again", "Run exactly again", self.repeat, "Ctrl+R", "refresh", self._can),
            Deed("longer", "Continue with more epochs…", self.ask_epochs, icon="continue", enabled=self._can),
        )
        studio.live.state_changed.connect(self._ended)

    def repeat(self) -> None:
        """Queue the selected run's project again, with its seed and on its device."""
        run = self._folder()
        made = self._made(lambda: repeat(self._studio.workspace, run, device=self._device(run)))
        if made is not None:
            self._repeated[made.id] = run.id
            self._follow(made)

    def ask_epochs(self) -> None:
        """Ask until which epoch the selected run is to go on."""
        run, live = self._folder(), self._studio.live
        if not has_checkpoint(run):
            text = f"“{live.summary(run.id).name}” has no checkpoint left to go on from. Run it again from the start."
            self._studio.messages.post(text, tone="warning", key="runs")
            return
        done = live.summary(run.id).epoch
        if self.card is None:
            self.card = Ask("Continue with more epochs", self._place.window())
            self.card.accepted.connect(self._go_on)
        number = Number(key="epochs", label="Epochs in all", value=2 * done, least=done + 1, most=MOST_EPOCHS)
        self.card.setProperty("run", run.id)
        self.card.ask([number], button="Continue", says=partial(self._meaning, run.id, done))
        window = self._place.window()
        corner = self._place.mapTo(window, QPoint(self._place.width() - 12, 12))
        self.card.open_at(corner)

    def _go_on(self, asked: Mapping[str, int]) -> None:
        assert self.card is not None
        run = RunFolder(self._studio.workspace.runs / str(self.card.property("run")))
        home, device = self._studio.workspace, self._device(run)
        known = self._studio.live.summary(run.id)
        made = self._made(lambda: go_on(home, run, device=device, epochs=asked["epochs"], known=known))
        if made is not None:
            self._follow(made)

    def _made(self, make: Callable[[], RunFolder]) -> RunFolder | None:
        try:
            made = make()
            self._studio.launcher.queue(made)
        except (WorkspaceError, ProjectError, OSError) as error:
            self._studio.messages.post(str(error), tone="error", key="runs")
            return None
        return made

    def _follow(self, made: RunFolder) -> None:
        live = self._studio.live
        if live.current is None or live.state(live.current) not in LIVELY:
            live.show(made.id)

    def _ended(self, run: str, state: str) -> None:
        if run in self._repeated and state not in LIVELY:
            origin = self._repeated.pop(run)
            self._looked.add(run)
            if state == "finished":
                params = {"run": run, "origin": origin}
                self._studio.service.ask("equality", params, then=partial(self._tell, run), failed=self._failed)

    def look(self, runs: Sequence[str]) -> None:
        """Find out how repetitions among these came out, if they ended while no window was there to tell."""
        run = next((one for one in runs[:FEW] if self._unknown(one)), None)
        if run is not None:
            self._looked.add(run)
            params = {"run": run, "origin": self._studio.live.summary(run).origin}
            self._studio.service.ask("equality", params, then=lambda _: self.look(runs), failed=lambda _: None)

    def _unknown(self, run: str) -> bool:
        live, folder = self._studio.live, RunFolder(self._studio.workspace.runs / run)
        origin = live.summary(run).origin
        if run in self._looked or not origin or origin not in live.runs or live.state(run) != "finished":
            return False
        return continued(folder) is None and not kept(folder)

    def _tell(self, run: str, answer: Mapping[str, Any]) -> None:
        text = told(self._studio.live.summary(run).name or run, answer)
        self._studio.messages.post(text, tone="success" if answer["same"] else "warning", key=f"again {run}")

    def _failed(self, sentence: str) -> None:
        self._studio.messages.post(sentence, tone="warning", key="again")

    def _meaning(self, run: str, done: int, asked: Mapping[str, int]) -> str:
        kind = str(self._studio.live.parameters(run).get("training.schedule", "Constant"))
        words = f"A new run goes on after epoch {done:,}, for {asked['epochs'] - done:,} more; this one stays as it is."
        if kind == "Constant":
            return words
        return f"{words} {kind} goes on where it is or, if it is laid out over all epochs, over {asked['epochs']:,}."

    def _can(self) -> bool:
        selected, live = self._selected(), self._studio.live
        return len(selected) == 1 and live.state(selected[0]) not in LIVELY | {""} and not live.foreign(selected[0])

    def _device(self, run: RunFolder) -> str:
        return self._studio.live.summary(run.id).device or self._studio.launcher.place

    def _folder(self) -> RunFolder:
        return RunFolder(self._studio.workspace.runs / self._selected()[0])


def told(name: str, answer: Mapping[str, Any]) -> str:
    """How a repetition came out, metric by metric."""
    metrics = answer["metrics"]
    equal = [one["name"] for one in metrics if one["compared"] == one["equal"] > 0]
    other = [one for one in metrics if one["name"] not in equal]
    if not metrics:
        return f"“{name}” was run again, but there is no number that both runs have."
    if not other:
        return f"“{name}” came to equal numbers, bit for bit: {', '.join(equal)}."
    named = "; ".join(
        f"{one['name']} {one['one']:.6g}, was {one['other']:.6g} ({one['equal']:,} of {one['compared']:,} equal)"
        for one in other[:NAMED]
    )
    more = f"; and {len(other) - NAMED} more" if len(other) > NAMED else ""
    same = f" Equal: {', '.join(equal)}." if equal else ""
    return f"“{name}” came to other numbers than before: {named}{more}.{same}"
