"""Choosing what of their cost the boxes show."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from studio.actions import Action, Actions
from studio.canvas.facts.measure import MEASURES, Measure

if TYPE_CHECKING:
    from studio.widgets import Memory

Show = Callable[[Measure | None], object]

KEY = "design/measure"
NOTHING = "nothing"


class Measuring:
    """Declares an action for each measure, and one for none; what is chosen is remembered.

    Args:
        show: brings it to the window.
        actions: the window's list.
        memory: where the choice is kept.
    """

    def __init__(self, show: Show, actions: Actions, memory: Memory) -> None:
        self._show = show
        self._actions = actions
        self._memory = memory
        kept = memory.get(KEY, MEASURES[0].key)
        self.measure = next((one for one in MEASURES if one.key == kept), None)
        show(self.measure)
        for measure in (*MEASURES, None):
            actions.add(self._action(measure))

    def choose(self, measure: Measure | None) -> None:
        """Show this measure on the boxes, or none."""
        self._memory.set(KEY, measure.key if measure else NOTHING)
        self.measure = measure
        self._show(measure)
        self._actions.refresh()

    def _action(self, measure: Measure | None) -> Action:
        title = measure.title if measure else "No cost"
        return Action(
            id=f"view.measure.{measure.key if measure else NOTHING}",
            text=f"{title} on layers",
            handler=partial(self.choose, measure),
            group="View",
            checked=lambda: self.measure == measure,
            section="measure",
            phrase=f"Show {title[0].lower() + title[1:] if title[1].islower() else title} on layers",
        )
