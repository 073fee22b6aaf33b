"""Open the Runs page over a workspace of very many runs, do what a person does, and print how long each thing took.

Opening and drawing curves go on in small pieces with pauses, so they are taken on the wall's clock; all else is the
work of the process, drawing in software included, which a machine that does something else besides does not change.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from engine.runs import Workspace
from studio.live import Live
from studio.pages.runs import Runs
from tests.bench.runs.making import COUNT, LONG
from tests.bench.runs.studio import make_studio

SIZE = (1600, 1000)
FRAMES = 200
FILTER = "accuracy > 0.93 and batch_size = 32"


class Watch:
    """A window with the page in it.

    Args:
        folder: the workspace.
        memory: where settings are kept.
    """

    def __init__(self, application: QApplication, folder: Path, memory: Path) -> None:
        self.application = application
        self.studio = make_studio(application, Workspace(folder), memory)
        self.page: Any = None
        self.stalls: list[float] = []

    @property
    def live(self) -> Live:
        return self.studio.live

    def open(self) -> None:
        """Show the page, and wait until every run of the workspace is in it."""
        self.page = Runs(self.studio)
        self.page.resize(*SIZE)
        self.page.show()
        self.live.start()
        self.page.activated()
        self.wait(lambda: len(self.live.runs) == COUNT)

    def settle(self) -> None:
        """Wait until every run was seen to be as it is now, and its settings are known."""
        self.wait(lambda: self.live.settled() and not self.live.learning)
        self.wait(self.page.settled)

    def close(self) -> None:
        """Let go of everything, as a window does."""
        self.page.close()
        self.live.close()
        self.studio.launcher.close()

    def wait(self, done: Callable[[], bool]) -> None:
        """Let the window live until something is so and painted, and note how long it ever kept still."""
        while not done():
            self._turn(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.paint()

    def paint(self) -> None:
        for _ in range(3):
            self._turn(QEventLoop.ProcessEventsFlag.AllEvents)

    def _turn(self, how: QEventLoop.ProcessEventsFlag) -> None:
        began = process_time()
        self.application.processEvents(how)
        self.stalls.append(process_time() - began)

    def work(self, act: Callable[[], object]) -> float:
        """Seconds of work until all that something caused is on the screen."""
        began = process_time()
        act()
        self.paint()
        return process_time() - began

    def sort(self, key: str) -> float:
        """Stand in the order of a column, which nothing was sorted by before."""
        return self.work(lambda: self.page.table.sort_by(key, down=True))

    def filter(self, words: str) -> float:
        """Show only the runs that match."""
        return self.work(lambda: self.page.search.set_text(words))

    def scroll(self) -> list[float]:
        """Go down through the table, a few rows and then whole pages a frame."""
        bar = self.page.table.view.verticalScrollBar()
        ways = [40] * (FRAMES // 2) + [bar.maximum() // FRAMES] * (FRAMES // 2)
        return [self.work(lambda way=way: bar.setValue(bar.value() + way)) for way in ways]  # type: ignore[misc]

    def draw(self, count: int) -> float:
        """Select the newest runs, and wait until their curves are drawn whole."""
        self.page.table.sort_by("created", down=True)
        self.paint()
        began = perf_counter()
        self.page.select(*self.live.runs[:count])
        self.wait(self.page.settled)
        return perf_counter() - began


def once(application: QApplication, folder: Path, memory: Path) -> None:
    """Open the page, and close it again after everything was read."""
    watch = Watch(application, folder, memory)
    watch.open()
    watch.settle()
    watch.close()


def measure(folder: Path) -> dict[str, Any]:
    """Everything, in seconds."""
    found: dict[str, Any] = {}
    application = QApplication(sys.argv)
    with tempfile.TemporaryDirectory() as memory:
        began = perf_counter()
        once(application, folder, Path(memory))
        found["first"] = perf_counter() - began
        watch = Watch(application, folder, Path(memory))
        began, work = perf_counter(), process_time()
        watch.open()
        found["open"], found["open work"] = perf_counter() - began, process_time() - work
        found["stall"] = max(watch.stalls)
        watch.wait(watch.live.settled)
        found["seen"] = perf_counter() - began
        found["runs"] = watch.page.model.rowCount()
        found["sort"] = watch.sort("best:validation/accuracy")
        watch.settle()
        found["sort settings"] = watch.sort("parameter:training.optimizer.lr")
        found["sort again"] = watch.work(lambda: watch.page.table.sort_by("created", down=False))
        found["filter"] = watch.filter(FILTER)
        found["matching"] = watch.page.model.rowCount()
        watch.filter("")
        frames = watch.scroll()
        found["frame"], found["worst frame"] = median(frames), max(frames)
        watch.stalls.clear()
        work = process_time()
        found["curves"] = watch.draw(LONG)
        found["curves work"] = process_time() - work
        found["curves stall"] = max(watch.stalls, default=0)
        watch.close()
    return found


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))), flush=True)
