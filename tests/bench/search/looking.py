"""`python -m tests.bench.search.looking VIEW TRIALS`: a hand on one view of a study; prints what frames took."""

import json
import sys
from collections.abc import Callable, Iterator
from time import process_time
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from studio.pages.search.plots import VIEWS, StudyView
from studio.pages.search.plots.coordinates import Coordinates
from studio.pages.search.plots.panel import Panel
from studio.theme import Theme
from studio.widgets.parallel import Brushes, Parallel
from tests.studio.pages.search.making import study

SIZE = (1400, 640)
FRAMES = 60


def main() -> None:
    """Look at one view."""
    name, count = sys.argv[1], int(sys.argv[2])
    application = QApplication([])
    Theme(application, "dark")
    found = study(count, objectives=2 if name == "Pareto" else 1)
    view = next(one for one in VIEWS if one.__name__ == name)(cast("Any", SimpleNamespace(service=None)))
    view.resize(*SIZE)
    view.show()
    application.processEvents()
    made = spent(lambda: view.show_study(found))
    drawn = spent(lambda: settle(application, view))
    frames = [spent(lambda do=do: (do(), application.processEvents())) for do in hand(view)]  # type: ignore[misc]
    told = {"made": made, "drawn": drawn, "median": float(np.median(frames)), "slow": float(np.percentile(frames, 95))}
    sys.stdout.write(json.dumps(told) + "\n")


def spent(deed: Callable[[], object]) -> float:
    """Milliseconds of the processor's time."""
    began = process_time()
    deed()
    return 1000 * (process_time() - began)


def settle(application: QApplication, view: StudyView) -> None:
    """Go on until all is drawn."""
    while not view.settled():
        application.processEvents()


def hand(view: StudyView) -> Iterator[Callable[[], object]]:
    """What a person does, a frame after the other: point, choose, zoom and carry; or brush."""
    plot: Any = view.plot if isinstance(view, Coordinates) else cast("Panel", view).planes()[0]
    for at in range(FRAMES):
        yield lambda at=at: moved(plot, at / FRAMES)  # type: ignore[misc]
    if isinstance(plot, Parallel):
        key = plot.dimensions[1].key
        for at in range(FRAMES):
            low = at / FRAMES * 0.7
            yield lambda low=low: plot.set_brushes(Brushes().put(key, (low, low + 0.25)))  # type: ignore[misc]
        return
    numbers = cast("Panel", view).found.numbers
    for at in range(FRAMES):
        yield lambda at=at: view.select(numbers[at * 50 : at * 50 + 600].tolist())  # type: ignore[misc]
    for at in range(FRAMES):
        yield lambda at=at: turned(plot, 120 if at < FRAMES // 2 else -120)  # type: ignore[misc]
    for at in range(FRAMES):
        yield lambda at=at: plot.look(plot.sight().moved((plot.sight().right - plot.sight().left) / 200, 0))  # type: ignore[misc]


def moved(plot: QWidget, share: float) -> None:
    """The pointer goes over the plot from corner to corner."""
    place = QPointF(plot.width() * (0.1 + 0.8 * share), plot.height() * (0.2 + 0.5 * share))
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, place, plot.mapToGlobal(place), none, none, Qt.KeyboardModifier(0))
    QApplication.sendEvent(plot, event)


def turned(plot: QWidget, by: int) -> None:
    """A notch of the wheel in the middle of the plot."""
    place, control = QPointF(plot.width() / 2, plot.height() / 2), Qt.KeyboardModifier.ControlModifier
    event = QWheelEvent(
        place,
        plot.mapToGlobal(place),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        control,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot, event)


if __name__ == "__main__":
    main()
