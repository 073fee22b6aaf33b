"""Arranging what is on the canvas: the places are worked out beside the window, and the boxes glide to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QRunnable, QThreadPool, QVariantAnimation, Signal
from PySide6.QtWidgets import QStyle
from shiboken6 import isValid

from engine.spec import Graph
from studio.canvas.layout.arrange import laid_out, part_laid_out
from studio.theme import MOTION

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

AT_ONCE = 120
"""Networks of up to so many nodes are laid out within a frame or two, without a detour by another thread."""
SEEN = 250
"""So many boxes at most glide, and only those in sight: to follow more is no pleasure, and no screen is so fast."""


class Arranging(QObject):
    """Lays out the network that is shown, as one step of undo.

    The document is edited first. What glides afterwards are pictures, and a press ends that at once.

    Args:
        canvas: where it happens.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._asked: Graph | None = None
        self._chosen: tuple[str, ...] = ()
        """What is laid out; nothing where that is the whole network."""
        self._starts: dict[str, QPointF] = {}
        self._done = _Done()
        self._done.arrived.connect(self._arrived)
        self._glide = QVariantAnimation(self)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.setDuration(MOTION.slow)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._show)
        self._glide.finished.connect(self.rest)
        canvas.document.changed.connect(self.rest)

    @property
    def partly(self) -> bool:
        """Whether only what is chosen would be laid out."""
        return 1 < len(self._canvas.selection.nodes) < len(self._canvas.graph.nodes)

    @property
    def gliding(self) -> bool:
        """Whether boxes are on their way."""
        return bool(self._starts)

    def start(self) -> None:
        """Lay out the network, or what is chosen where that is several boxes.

        An edit in the meantime is worth more than the places, which are then dropped.
        """
        graph, sizes = self._canvas.graph, self._canvas.editing.sizes()
        self._asked, self._chosen = graph, self._canvas.selection.nodes if self.partly else ()
        work = partial(part_laid_out, chosen=self._chosen) if self._chosen else laid_out
        if len(self._chosen or graph.nodes) <= AT_ONCE:
            self._arrived(graph, work(graph, sizes))
        else:
            QThreadPool.globalInstance().start(_Work(partial(work, graph, sizes), graph, self._done))

    def _arrived(self, before: Graph, after: Graph) -> None:
        canvas = self._canvas
        if before is not self._asked or before is not canvas.graph:
            return
        self._asked = None
        starts = {name: item.pos() for name, item in canvas.network.nodes.items()}
        canvas.editing.commit("Arrange", after)
        if self._chosen:
            canvas.camera.reveal(canvas.network.bounds(self._chosen))
        else:
            canvas.camera.fit(canvas.network.bounds())
        if canvas.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0:
            self._set_off(starts)

    def _set_off(self, starts: Mapping[str, QPointF]) -> None:
        scene = self._canvas.network
        seen = list(scene.nodes_in(self._canvas.camera.sight()))
        moved = {name: starts[name] for name in seen if starts[name] != scene.nodes[name].pos()}
        if 0 < len(moved) <= SEEN:
            self._starts = moved
            self._show(0.0)
            self._glide.start()

    def _show(self, share: float) -> None:
        scene = self._canvas.network
        for name, start in self._starts.items():
            end = QPointF(*scene.graph[name].position)
            scene.nodes[name].place(start + (end - start) * share)
        scene.wiring.follow(self._starts)

    def rest(self) -> None:
        """Whatever still glides is where it belongs."""
        names, self._starts = [name for name in self._starts if name in self._canvas.network.nodes], {}
        self._glide.stop()
        for name in names:
            self._canvas.network.nodes[name].place(QPointF(*self._canvas.network.graph[name].position))
        self._canvas.network.wiring.settle(names)


class _Done(QObject):
    """Brings the answer over from the other thread."""

    arrived = Signal(object, object)


class _Work(QRunnable):
    def __init__(self, work: Callable[[], Graph], graph: Graph, done: _Done) -> None:
        super().__init__()
        self._work = work
        self._graph = graph
        self._done = done

    def run(self) -> None:
        after = self._work()
        if isValid(self._done):  # the canvas may have gone meanwhile
            self._done.arrived.emit(self._graph, after)
