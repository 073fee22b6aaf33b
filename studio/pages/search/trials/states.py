"""The button that filters trials by their state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton

from engine.runs import Trial
from engine.runs.trials import TrialState
from studio import icons

STATES: tuple[TrialState, ...] = ("running", "waiting", "finished", "pruned", "infeasible", "failed", "stopped")


class StateFilter(QToolButton):
    """Offers the states that there are, with how many trials are in each; several can be chosen.

    Args:
        trials: all trials, asked when the menu opens.
    """

    changed = Signal(object)
    """The states that are left; none is all of them."""

    def __init__(self, trials: Callable[[], Sequence[Trial]]) -> None:
        super().__init__()
        self._trials = trials
        self._states: frozenset[str] = frozenset()
        self.setIcon(icons.icon("filter"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAccessibleName("Which states of trials are shown")
        self.setToolTip("Which states are shown")
        menu = QMenu(self)
        menu.aboutToShow.connect(self.fill)
        self.setMenu(menu)
        self._choose(frozenset())

    def fill(self) -> None:
        """Offer what there is now."""
        menu = self.menu()
        menu.clear()
        counted = Counter(one.state for one in self._trials())
        menu.addAction("All states").triggered.connect(lambda _: self._choose(frozenset()))
        menu.addSeparator()
        for state in STATES:
            if counted[state] or state in self._states:
                action = menu.addAction(f"{state}  ({counted[state]:,})")
                action.setCheckable(True)
                action.setChecked(state in self._states)
                action.triggered.connect(lambda on, state=state: self._toggle(state, on=on))

    def _toggle(self, state: str, *, on: bool) -> None:
        self._choose(self._states | {state} if on else self._states - {state})

    def _choose(self, states: frozenset[str]) -> None:
        self._states = states
        self.setText(", ".join(one for one in STATES if one in states) or "All states")
        self.changed.emit(states)
