"""Run by the other environment's Python: as many nodes in NodeGraphQt's editor, and how long its frames take."""

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from NodeGraphQt import BaseNode, NodeGraph  # type: ignore[import-not-found]
from Qt.QtWidgets import QApplication  # type: ignore[import-not-found]

COLUMNS = 20


class Layer(BaseNode):
    """A node with one port on each side."""

    __identifier__ = "bench"
    NODE_NAME = "Layer"

    def __init__(self) -> None:
        super().__init__()
        self.add_input("x")
        self.add_output("output")


def main(size: int) -> None:
    """Print the seconds until all are drawn, and the milliseconds of a frame, as one JSON object."""
    application = QApplication(sys.argv)
    graph = NodeGraph()
    graph.register_node(Layer)
    viewer = graph.viewer()
    viewer.resize(1600, 1000)
    viewer.show()

    def timed(act: Callable[[], object]) -> float:
        began = process_time()
        act()
        for _ in range(3):
            application.processEvents()
        return process_time() - began

    def fill() -> None:
        before = None
        for number in range(size):
            node = graph.create_node("bench.Layer", pos=[number % COLUMNS * 260, number // COLUMNS * 140])
            if before is not None:
                before.set_output(0, node.input(0))
            before = node

    def pan(way: int) -> None:
        viewer._set_viewer_pan(0.4 * way, way)
        viewer.viewport().update()

    found = {"open": timed(fill)}
    graph.clear_selection()
    graph.fit_to_selection()
    ways = [23 if step // 15 % 2 else -23 for step in range(60)]
    for name, zoom in (("pan, all in sight", -0.9), ("pan at 100 %", 0.0)):
        graph.set_zoom(zoom)
        frames = [timed(partial(pan, way)) for way in ways]
        found[name] = 1000 * median(frames)
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
