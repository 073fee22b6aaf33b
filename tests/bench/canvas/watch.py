"""Show one network on the Design page's canvas, do with it what hands do, and print how long each frame took."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, cast

from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.spec import Catalogue, Project, project_text, write_project
from studio.actions import Actions
from studio.analysis import Analysis
from studio.canvas.board import Board
from studio.canvas.canvas import Canvas
from studio.canvas.commands import Commands
from studio.canvas.facts.marking import Marking
from studio.canvas.showing import Level
from studio.document import Document
from studio.service import Service
from studio.theme import Theme
from tests.bench.canvas.networks import facts, network

FRAMES = 60
SIZE = (1600, 1000)


class Knowing:
    """A service that knows the answer already: the bench is of the window, not of the analysis."""

    def __init__(self, report: dict[str, Any]) -> None:
        self._report = report

    def ask(self, kind: str, params: dict[str, Any], *, then: Callable[[dict[str, Any]], None], **_: object) -> None:
        project_text(params["project"])  # as it is sent
        then(self._report)


class Bench:
    """A window with a network in it.

    Args:
        path: a project's file.
        report: what the analysis says of it.
    """

    def __init__(self, application: QApplication, path: Path, report: dict[str, Any]) -> None:
        self.application = application
        self.document = Document()
        catalogue, theme = Catalogue.load(), Theme(application, "dark")
        self.analysis = Analysis(self.document, cast("Service", Knowing(report)))
        self.canvas = Canvas(self.document, catalogue, theme)
        actions = self.actions = Actions(self.canvas)
        self.board = Board(self.canvas, actions)
        self.marking = Marking(self.canvas, self.analysis)
        self.commands = Commands(self.canvas, actions, print)
        self.board.show_buttons()
        self.board.resize(*SIZE)
        self.board.show()
        self.settle()
        self.opened = self.timed(lambda: self.document.open(path))

    def timed(self, act: Callable[[], object]) -> float:
        """Do something and paint; return the milliseconds of work until all that it caused is on the screen."""
        began = process_time()
        act()
        self.settle()
        return 1000 * (process_time() - began)

    def settle(self) -> None:
        for _ in range(3):
            self.application.processEvents()

    def frames(self, acts: Iterable[Callable[[], object]]) -> dict[str, float]:
        """Do things one after the other, a frame for each."""
        found = [self.timed(act) for act in acts]
        return {"median": median(found), "worst": max(found)}

    def pan(self) -> dict[str, float]:
        """Move the paper to and fro."""
        ways = [QPointF(9, 23) * (1 if place // 15 % 2 else -1) for place in range(FRAMES)]
        return self.frames(partial(self.canvas.camera.move_by, way) for way in ways)

    def zoom_through(self) -> dict[str, float]:
        """From all to twice life size and back, around a point that is not the middle."""
        at = QPointF(SIZE[0] * 0.45, SIZE[1] * 0.55)
        self.canvas.fit()
        steps = [1.1] * FRAMES + [1 / 1.1] * FRAMES
        return self.frames(partial(self.canvas.camera.zoom_by, step, at=at) for step in steps)

    def drag(self) -> dict[str, float]:
        """Drag the box nearest to the middle with the mouse, and drop it."""
        view, scene = self.canvas.viewport(), self.canvas.network
        middle = self.canvas.camera.sight().center()
        node = min(scene.nodes.values(), key=lambda one: (one.rect.center() - middle).manhattanLength())
        place = self.canvas.mapFromScene(node.rect.center())
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=place)
        stops = [place + QPoint(step * 4, step * 2) for step in range(1, FRAMES + 1)]
        found = self.frames(partial(QTest.mouseMove, view, stop) for stop in stops)
        drop = self.timed(lambda: QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=stops[-1]))
        return found | {"drop": drop}

    def arrange(self) -> None:
        """Move every box, and let the canvas arrange itself, until the boxes rest."""
        before = self.canvas.graph
        self.actions.trigger("network.arrange")
        while self.canvas.graph is before or self.canvas.arranging.gliding:
            self.application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def switch(self) -> dict[str, float]:
        """Go to another network of the size, which is shown for the first time, and back to the first."""
        graph = self.canvas.graph
        self.document.edit("Copy", self.document.project.with_network("other", graph))
        self.settle()
        there = self.timed(lambda: self.canvas.showing.show(Level("other")))
        return {"there": there, "back": self.timed(lambda: self.canvas.showing.show(Level()))}

    def edits(self) -> dict[str, float]:
        """Mute a layer and unmute it, with the question that goes to the service and its answer."""
        node = self.canvas.graph.nodes[len(self.canvas.graph.nodes) // 2].id
        every = [partial(self.canvas.editing.mute, (node,), muted=place % 2 == 0) for place in range(FRAMES // 3)]
        return self.frames(every)

    def zoomed(self, zoom: float) -> None:
        """Look at the middle of the network at a zoom."""
        self.canvas.camera.zoom_to(zoom)
        self.canvas.camera.center(self.canvas.network.bounds().center())
        self.settle()


def watch(size: int) -> dict[str, Any]:
    """Measure one size, in milliseconds."""
    application = QApplication(sys.argv)
    graph = network(size)
    report = {"networks": {"model": {"nodes": facts(graph)}}, "problems": []}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.netloom"
        write_project(path, Project(networks={"model": graph}))
        first = Bench(application, path, report)  # lays itself out
        write_project(path, first.document.project)
        bench = Bench(application, path, report)
    found: dict[str, Any] = {"open": bench.opened}
    bench.canvas.fit()
    bench.settle()
    found["fit"] = bench.pan()
    for name, zoom in (("25 %", 0.25), ("30 %", 0.3), ("55 %", 0.55), ("100 %", 1.0)):
        bench.zoomed(zoom)
        found[name] = bench.pan()
    found["zoom"] = bench.zoom_through()
    bench.zoomed(1.0)
    found["edit"] = bench.edits()
    found["drag at 100 %"] = bench.drag()
    bench.canvas.fit()
    found["drag at fit"] = bench.drag()
    graph = bench.canvas.graph
    scattered = {node.id: (place % 40 * 300.0, place // 40 * 120.0) for place, node in enumerate(graph.nodes)}
    bench.timed(lambda: bench.canvas.editing.commit("Scatter", graph.move(scattered)))
    found["arrange"] = bench.timed(bench.arrange)
    found["switch"] = bench.switch()
    return found


if __name__ == "__main__":
    print(json.dumps(watch(int(sys.argv[1]))), flush=True)
