"""Show one plot while points arrive, and print how busy the event loop was."""

import importlib
import itertools
import json
import os
import sys

from PySide6.QtCore import Qt, QTimer

from tests.bench.curves import stream
from tests.bench.curves.pulse import Pulse

SETTLE = 2000  # milliseconds until the first drawing of everything is over


def watch(which: str) -> None:
    """Show the plot and keep feeding it."""
    application = Pulse(sys.argv)
    curves = importlib.import_module(f"tests.bench.curves.{which}").Curves()
    curves.show()
    ticks = itertools.count()
    feed = QTimer(curves, interval=stream.TICK, timerType=Qt.TimerType.PreciseTimer)
    feed.timeout.connect(lambda: curves.arrive(next(ticks)))
    feed.start()
    QTimer.singleShot(SETTLE, application.begin)
    QTimer.singleShot(SETTLE + int(1000 * stream.SECONDS), lambda: finish(application))
    application.exec()


def finish(application: Pulse) -> None:
    """Print the figures and leave without taking anything down."""
    found = application.figures()
    print(json.dumps(found | {"rate": found["frames"] / stream.SECONDS}), flush=True)
    os._exit(0)


if __name__ == "__main__":
    watch(sys.argv[1])
