"""The real window with the Train page in sight, a worker that trains the digits example, and orders given to it."""

import json
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from time import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from engine.events import Continued, Ended, Message, Metrics, Paused, Steps
from studio.app import FIRST_PROJECT, Application
from studio.options import Options
from studio.widgets.chart import Chart
from studio.window import Window

PAUSES = 12
EVENTS = 300
PATIENCE = 60.0


class Stopwatch(QObject):
    """Notes when events were said, when they were read, and when the chart was painted with them.

    Args:
        window: the one that is looked at.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.read: list[Message] = []
        self.painted: list[float] = []
        self._waiting: list[float] = []
        self._window = window
        window.studio.live.received.connect(self._received)
        for chart in window.findChildren(Chart):
            for part in chart.findChildren(QObject):
                part.installEventFilter(self)

    def _received(self, _run: str, messages: list[Message]) -> None:
        self.read += messages
        self._waiting += [one.time for one in messages if isinstance(one, Steps | Metrics)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._waiting:
            self.painted += [1000 * (time() - said) for said in self._waiting]
            self._waiting = []
        return False

    def order(self, give: Callable[[str], None], obeyed: type[Message]) -> tuple[float, float]:
        """Give an order; return the milliseconds until the worker obeyed, and until the window knew."""
        run, seen = self._window.studio.live.current, len(self.read)
        assert run is not None
        began = time()
        give(run)
        until(lambda: any(isinstance(one, obeyed) for one in self.read[seen:]))
        answer = next(one for one in self.read[seen:] if isinstance(one, obeyed))
        return 1000 * (answer.time - began), 1000 * (time() - began)


def until(condition: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    end = time() + PATIENCE
    while not condition():
        assert time() < end, "it did not come to it"
        QApplication.processEvents()


def watch(folder: Path) -> dict[str, list[float]]:
    """Train, look, pause and go on, stop."""
    qt = QApplication(sys.argv[:1])
    application = Application(Options(file=FIRST_PROJECT, workspace=folder, page="train", quits=True), qt)
    window = application.begin()
    launcher, document = window.studio.launcher, window.studio.document
    until(lambda: window.page == "train")
    project = document.project.set("training.epochs", 100_000).set("training.early_stop", 0)
    window.studio.live.show(launcher.train(project, folder=folder))
    watch = Stopwatch(window)
    until(lambda: sum(isinstance(one, Metrics) for one in watch.read) > 2)
    watch.painted.clear()
    until(lambda: len(watch.painted) >= EVENTS)
    painted = list(watch.painted)
    orders = []
    for _ in range(PAUSES):
        orders.append(watch.order(launcher.pause, Paused))
        orders.append(watch.order(launcher.proceed, Continued))
        more = len(watch.painted) + 5
        until(lambda: len(watch.painted) >= more)  # noqa: B023 - it is asked here and now
    orders.append(watch.order(launcher.stop, Ended))
    steps = [one for one in watch.read if isinstance(one, Steps)]
    pace = [1000 * (later.time - one.time) / (later.last - one.last) for one, later in pairwise(steps[1:21])]
    application.close()
    return {
        "order": [one for one, _ in orders],
        "seen": [two for _, two in orders],
        "painted": painted,
        "step": pace,
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        print(json.dumps(watch(Path(place))))
