"""The view of what became of a network: the drawing, the list of differences beside it, and the steps through them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from engine.compare import Comparison, Subject
from engine.spec import Project
from studio.canvas.drawing import Drawing
from studio.declaring import Deed, Kind, declare
from studio.pages.runs.network.overlays import Legend, Trail
from studio.pages.runs.network.step_list import StepList
from studio.pages.runs.network.steps import Step, steps_of
from studio.pages.runs.network.walk import Walk
from studio.pages.runs.network.words import marks_of
from studio.pages.runs.reading import Reading
from studio.pages.runs.sides import Sides
from studio.pages.runs.view import View
from studio.theme import SPACE
from studio.widgets import EmptyState, Label, Line, Split, Surface, ToolButton, column, row
from studio.widgets.slices import Slices

if TYPE_CHECKING:
    from studio.context import Studio

AT_ONCE = 32
"""Nodes that a network has at most to be drawn at once."""
NARROW = 620
"""Pixels of width below which the list makes room for the drawing."""


class Network(View):
    """The networks of two runs as one drawing; of one run alone it is compared with the project that is open."""

    title = "Network"
    least = 1
    hint = "What was added, removed and changed between two runs' networks is drawn here."

    def __init__(self, studio: Studio, color: Callable[[str], int]) -> None:
        super().__init__(studio, color)
        self._subjects: tuple[Subject, ...] = ()
        self.walk: Walk | None = None
        self.steps: tuple[Step, ...] = ()
        self.at = -1
        """Which step one is at; -1 before the first."""
        self._going = False  # whether one is on the way there
        self.reading = Reading(studio, self)
        self._slices = Slices(self)
        self.sides = Sides(studio.theme, color)
        self.networks = QComboBox()
        self.networks.setAccessibleName("Which network")
        self.networks.setToolTip("Which network")
        self.networks.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.count = Label("", "muted")
        self.board = _Board(Drawing(studio.theme))
        self.drawing = self.board.drawing
        self.list = StepList()
        self.empty = EmptyState("structure", "", "")
        self._declare()
        self._lay_out()
        self._join()

    def show_runs(self, runs: Sequence[str]) -> None:
        self.reading.ask(runs)
        if not runs:
            self._subjects = ()

    def settled(self) -> bool:
        return self.reading.settled and not self._slices.busy

    def step(self, way: int) -> None:
        """Go to the next difference or the one before, round and round."""
        if self.steps:
            first = 0 if way > 0 else len(self.steps) - 1
            self.go_to((self.at + way) % len(self.steps) if self.at >= 0 else first)

    def go_to(self, place: int) -> None:
        """Go to a difference, into its network if need be."""
        if self.walk is None:
            return
        self.at, step, self._going = place, self.steps[place], True
        if step.names != self.walk.here:
            self.walk.go(step.names)
            self._draw()
        elif not self._slices.busy:
            self._arrive()

    def _arrive(self) -> None:
        """Everything is drawn: bring the difference that one goes to into sight."""
        if self.walk is not None and self._going:
            self._going = False
            self.drawing.go_to(*self.walk.place_of(self.steps[self.at]))
            self._mark()
            self._tell()

    def enter(self, node: str) -> None:
        """Go into a block."""
        if self.walk is not None and self.walk.enter(node):
            self._draw()

    def leave(self) -> None:
        """Go out of it."""
        if self.walk is not None and self.walk.leave():
            self._draw()

    # What is compared

    def _arrived(self) -> None:
        found = self.reading.subjects()
        self._subjects = found if len(found) != 1 else (*found, self.reading.opened())
        if self._subjects:
            self.sides.offer(self._subjects)
            self._compare()

    def _edited(self) -> None:
        """The open project changed: where it is one of the two, they are compared anew."""
        if self.isVisible() and any(not one.id for one in self._subjects):
            self._arrived()

    def _compare(self) -> None:
        before, after = (self._subjects[at] for at in self.sides.chosen)
        trouble = next((words for one in (before, after) if (words := _trouble(one))), "")
        self.walk, self.steps, self.at, self._going = None, (), -1, False
        self._slices.stop()
        if trouble or before.project is None or after.project is None:
            self.empty.set_text("There is no network to compare", trouble)
        else:
            self._start((before, after), (before.project, after.project))
        drawn = self.walk is not None
        self._stack.setCurrentIndex(int(drawn))
        self.networks.setVisible(drawn and self.networks.count() > 1)
        self._tell()

    def _start(self, subjects: tuple[Subject, Subject], projects: tuple[Project, Project]) -> None:
        every = Comparison(subjects, self.studio.catalogue).networks(0, 1)
        if not every:
            self.empty.set_text("There is no network to compare", "Neither of the two has one.")
            return
        self.walk = Walk(*projects, every, layers=self.studio.catalogue.layers)
        self.steps = steps_of(every)
        self.list.show_steps(self.steps)
        if self.steps and not self.walk.every[self.walk.here].differing:
            self.walk.go(self.steps[0].names)
        self.networks.clear()
        self.networks.addItems([one.name for one in every])
        self._draw()

    def _draw(self) -> None:
        """Draw the network that one looks at, a large one bit by bit, and then go where one wanted to."""
        assert self.walk is not None, "there is something to draw"
        self._slices.stop()
        steps = self._unfold(self.walk)
        if len(self.walk.every[self.walk.here].nodes) > AT_ONCE:
            self._slices.run(steps, then=self._arrive)
            return
        for _ in steps:
            pass
        self._arrive()

    def _unfold(self, walk: Walk) -> Iterator[None]:
        yield
        union = walk.union
        yield from self.drawing.unfold(union.graph, walk.face)
        self._mark()
        self.drawing.fit()
        self.board.trail.show_names([new or old for old, new in walk.path])
        self.board.legend.show_statuses([one.status for one in union.nodes.values()])
        self.board.place()
        self.networks.setCurrentIndex(list(walk.every).index(walk.here))

    def _mark(self) -> None:
        """Mark every node, and tell of the chosen ones whole."""
        assert self.walk is not None, "there is something to mark"
        union, chosen = self.walk.union, self.drawing.selection.nodes
        marks = {name: marks_of(one, told=name in chosen) for name, one in union.nodes.items()}
        self.drawing.show_marks(marks, union.links)

    def _choose_network(self, place: int) -> None:
        if self.walk is not None:
            self.walk.go(list(self.walk.every)[place])
            self._draw()

    def _pick(self, node: str) -> None:
        """A click chooses a node, and in the list what became of it."""
        self.drawing.selection.set([node] if node else [])
        if self.walk is not None:
            self._mark()
        if self.walk is not None and node:
            told = self.walk.union.nodes[node]
            self.at = next((at for at, one in enumerate(self.steps) if one.node == told), self.at)
            self._tell()

    def _tell(self) -> None:
        many = len(self.steps)
        words = "the same in both" if not many else f"{many} difference{'s' * (many != 1)}"
        self.count.setText("" if self.walk is None else f"{self.at + 1} of {many}" if self.at >= 0 else words)
        self.list.mark(self.at)
        self.list.setVisible(bool(many) and self.width() >= NARROW)
        self.studio.actions.refresh()

    # Parts

    def _declare(self) -> None:
        def two() -> bool:
            return self.walk is not None

        def differ() -> bool:
            return two() and bool(self.steps)

        declare(
            self.studio.actions,
            Kind(name="runs", section="differences", owner=self),
            Deed("next_difference", "Next difference", lambda: self.step(1), "F7", "chevron-down", differ),
            Deed("previous_difference", "Previous difference", lambda: self.step(-1), "Shift+F7", "chevron-up", differ),
            Deed("swap", "Compare the other way round", self.sides.swap, icon="swap", enabled=two),
        )

    def _lay_out(self) -> None:
        fit = ToolButton("fit", "Show the whole network")
        fit.clicked.connect(self.drawing.fit_whole)
        line = row(gap=SPACE.s)
        line.setContentsMargins(SPACE.m, SPACE.xs, SPACE.m, SPACE.xs)
        line.addWidget(self.sides)
        line.addWidget(ToolButton.of(self.studio.actions["runs.swap"]))
        line.addWidget(self.networks)
        line.addStretch(1)
        line.addWidget(self.count)
        for name in ("previous_difference", "next_difference"):
            line.addWidget(ToolButton.of(self.studio.actions[f"runs.{name}"]))
        line.addWidget(fit)
        areas = Split("runs/network", memory=self.studio.settings, sizes=(900, 300)).fill(self.board, self.list)
        self.list.setMinimumWidth(180)
        self._stack = QStackedWidget()
        for part in (self.empty, areas):
            self._stack.addWidget(part)
        ground = Surface("panel")
        column(self).addWidget(ground)
        box = column(ground)
        box.addLayout(line)
        box.addWidget(Line())
        box.addWidget(self._stack, 1)

    def _join(self) -> None:
        self.reading.arrived.connect(self._arrived)
        self.sides.changed.connect(self._compare)
        self.networks.activated.connect(self._choose_network)
        self.list.chosen.connect(self.go_to)
        self.drawing.picked.connect(self._pick)
        self.drawing.opened.connect(self.enter)
        self.drawing.left.connect(self.leave)
        self.board.trail.gone_back.connect(self._go_back)
        self.studio.document.changed.connect(self._edited)

    def _go_back(self, depth: int) -> None:
        if self.walk is not None:
            self.walk.go(*self.walk.path[: depth + 1])
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.setVisible(bool(self.steps) and self.width() >= NARROW)


class _Board(QWidget):
    """The drawing with what lies over it."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self.drawing = drawing
        drawing.setParent(self)
        self.trail, self.legend = Trail(self), Legend(self)
        self.setMinimumSize(200, 120)

    def place(self) -> None:
        """Put everything where it belongs."""
        self.drawing.setGeometry(self.rect())
        self.trail.move(SPACE.m, SPACE.m)
        self.legend.move(SPACE.m, self.height() - self.legend.height() - SPACE.m)
        for part in (self.trail, self.legend):
            part.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()


def _trouble(subject: Subject) -> str:
    """Why a network is not known, as a sentence; empty where it is."""
    if subject.trouble:
        return f"Of “{subject.title}” nothing is known: {subject.trouble}"
    if subject.project is None:
        return f"“{subject.title}” was logged by another program, which did not say what its network is."
    return ""
