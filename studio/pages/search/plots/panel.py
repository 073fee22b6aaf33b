"""What views of a study have in common: choices above, the plot, and a sentence where there is nothing yet."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QComboBox, QMenu, QStackedWidget, QToolButton, QWidget

from studio.pages.search.plots.columns import objective_title
from studio.pages.search.plots.deeds import Deeds
from studio.pages.search.plots.telling import told
from studio.pages.search.plots.view import StudyView
from studio.pages.search.studied import Studied
from studio.theme import SPACE, Colors
from studio.widgets import EmptyState, Label, Line, Surface, ToolButton, column, row
from studio.widgets.card import Card, Told
from studio.widgets.flow import Flow
from studio.widgets.plane import Easel, Figure, Key, Plane

if TYPE_CHECKING:
    from studio.context import Studio

REST = 8.0
"""Times as long as a view took to make, it waits before it is made anew for news."""
SOONEST, LATEST = 120, 3000
"""Milliseconds of that wait at least and at most."""


class Panel(StudyView):
    """A view with a head, a place for its plot and an empty state; subclasses fill them.

    News wait a moment, longer where a study is large, so that a study of ten thousand trials that runs is looked at
    without a hitch.
    """

    needs: ClassVar[str] = "Trials appear here as soon as the first is finished."
    """What is missing as long as there is nothing to show."""
    keyed: ClassVar[bool] = True
    """Whether it has a legend, `key`, that hides and shows what it names."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.found = Studied()
        """What is shown; news that wait are not in it yet, so that places mean the same as on the screen."""
        self._news = self.found
        self.numbers: tuple[int, ...] = ()
        self.empty = EmptyState(self.icon, "Nothing to see yet", self.needs)
        self.body = QWidget()
        self.easel, self.card = Easel(self), Card(self)
        self.menu = QMenu(self)
        self._head: Flow
        self._cost = 0.0
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._make)
        self._lay_out()
        self.deeds = Deeds(self)
        if self.keyed:
            self.key = Key()
            self.key.toggled.connect(self._make)

    # to be filled

    def fill(self, found: Studied) -> str:
        """Show this; give the sentence for the empty state where there is nothing to show, else nothing."""
        raise NotImplementedError

    def planes(self) -> Sequence[Plane]:
        """The planes that are shown now."""
        return ()

    def plane_names(self) -> Sequence[str]:
        """What stands above each of several planes."""
        return ()

    def figure_title(self) -> str:
        """What stands above a picture."""
        return self.title

    def mark(self, places: NDArray[np.int64]) -> None:
        """Let the trials at these places stand out."""
        for plane in self.planes():
            plane.mark(places)

    def told(self, place: int) -> Told:
        """What the card says of a trial."""
        return told(self.found, place)

    # what the page asks for

    def show_study(self, found: Studied) -> None:
        same = found.id == self.found.id and bool(self.found.trials)
        self._news = found
        if not same:
            self._later.stop()
            self._make()
        elif not self._later.isActive():
            self._later.start(int(min(max(self._cost * REST * 1000, SOONEST), LATEST)))

    def select(self, numbers: Sequence[int]) -> None:
        self.numbers = tuple(numbers)
        self._mark()

    def offer(self, actions: Sequence[QAction]) -> None:
        self.menu.addActions(list(actions))
        self.menu.aboutToShow.connect(self.studio.actions.refresh)

    def settled(self) -> bool:
        return not self._later.isActive() and all(one.settled for one in self.planes())

    # what parts of a view are made of

    def plane(self, name: str) -> Plane:
        """A plane whose trials are chosen, pointed at and opened for all views."""
        made = Plane(easel=self.easel, tell=self.told, card=self.card, name=name)
        made.menu = self.menu
        made.chosen.connect(lambda places: self.chosen.emit(self.found.numbers[places].tolist()))
        made.pointed.connect(lambda at: self.hovered.emit(self.found.trials[at].number if at >= 0 else -1))
        made.opened.connect(lambda at: self.opened.emit(self.found.trials[at].number))
        return made

    def add(self, widget: QWidget) -> None:
        """Put something into the head."""
        widget.setMinimumHeight(28)
        self._head.addWidget(widget)

    def box(self, name: str) -> QComboBox:
        """A choice in the head, with its name before it."""
        made = QComboBox()
        made.setAccessibleName(name)
        made.setMinimumContentsLength(18)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.view().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        made.view().setMinimumWidth(300)
        made.activated.connect(lambda _: self._make())
        part = QWidget()
        line = row(part, gap=SPACE.xs)
        line.addWidget(Label(name, "label"))
        line.addWidget(made)
        self.add(part)
        return made

    def toggle(self, text: str, tip: str) -> QToolButton:
        """A button in the head that is on or off."""
        made = QToolButton()
        made.setText(text)
        made.setToolTip(tip)
        made.setCheckable(True)
        made.clicked.connect(lambda _: self._make())
        self.add(made)
        return made

    def refresh(self) -> None:
        """A choice was made: show it."""
        self._make()

    def figure(self, colors: Colors) -> Figure:
        """The view as a picture, in the colors of a theme."""
        entries = self.key.entries if self.keyed else ()
        return Figure(self.planes(), self.figure_title(), colors, entries, self.plane_names())

    # how it hangs together

    def _make(self) -> None:
        started = perf_counter()
        self.found = self._news
        sentence = self.fill(self.found) if self.found.trials else self.needs
        if self.found.known:
            self.empty.set_text("Nothing to see yet", sentence)
        else:
            self.empty.set_text("Reading the study…", "Its trials appear as soon as its storage answers.")
        self._stack.setCurrentWidget(self.empty if sentence else self.body)
        self._bar.setVisible(bool(self.found.trials))
        self._mark()
        self._cost = perf_counter() - started

    def _mark(self) -> None:
        places = [self.found.places[one] for one in self.numbers if one in self.found.places]
        self.mark(np.array(sorted(places), np.int64))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.menu.actions():
            self.menu.popup(event.globalPos())

    def _lay_out(self) -> None:
        self._bar = Surface("panel")
        inside = QWidget()
        self._head = Flow(inside, gap=SPACE.s)
        bar = row(self._bar, gap=SPACE.s)
        bar.setContentsMargins(SPACE.m, SPACE.xs, SPACE.s, SPACE.xs)
        bar.addWidget(inside, 1)
        more = ToolButton("more", "Copy and save")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(self.menu)
        bar.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.body)
        ground = Surface("panel")
        column(ground, margin=SPACE.xs).addWidget(self._stack)
        box = column(self)
        box.addWidget(self._bar)
        box.addWidget(Line())
        box.addWidget(ground, 1)

    def offer_objectives(self, box: QComboBox) -> int:
        """Fill a choice of objectives, hidden where there is one alone; give the chosen one's place."""
        names = [objective_title(one.name) for one in self.found.objectives]
        if [box.itemText(at) for at in range(box.count())] != names:
            box.clear()
            box.addItems(names)
        part = box.parentWidget()
        assert part is not None
        part.setVisible(len(names) > 1)
        return max(box.currentIndex(), 0)
