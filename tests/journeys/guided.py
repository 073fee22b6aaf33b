"""The real window, with a guide who answers where things are: `python -m tests.journeys.guided FILE --workspace DIR`.

Hands come from outside (xdotool), so that every click and key goes through the screen. The guide only looks: it reads
one JSON question a line from its input and answers with one line.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QSocketNotifier, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTabBar, QWidget

from engine.events import Steps
from engine.spec import project_to_json
from studio.app import PAGES, Application
from studio.canvas.canvas import Canvas
from studio.options import parse
from studio.pages.runs.curves import Curves
from studio.pages.runs.differences import Differences
from studio.pages.runs.predictions.groups import COUNT, Groups
from studio.pages.runs.predictions.tiles import Samples
from studio.pages.runs.table import Table
from studio.pages.search import Search as SearchPage
from studio.window import Window


class Guide:
    """Answers questions about what is on the screen."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._listen)

    @property
    def window(self) -> Window:
        """The open window."""
        window = self._application.window
        assert window is not None
        return window

    def _listen(self) -> None:
        line = sys.stdin.readline()
        if not line:
            self._notifier.setEnabled(False)
            return
        question, argument = json.loads(line)
        answer = getattr(self, question)(*argument)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()

    def where(self, name: str) -> list[int] | None:
        """The middle of a widget (by accessible name or a button's text) or of a box (`node:ID`)."""
        if name.startswith("node:"):
            canvas = self.window.findChild(Canvas)
            assert isinstance(canvas, Canvas)
            item = canvas.network.nodes.get(name.removeprefix("node:"))
            return _point(canvas.viewport(), canvas.mapFromScene(item.rect.center())) if item else None
        found = next((one for one in self.window.findChildren(QWidget) if one.isVisible() and _called(one, name)), None)
        return _point(found, found.rect().center()) if found else None

    def tab(self, text: str) -> list[int] | None:
        """The middle of a tab, of whatever row of tabs."""
        for bar in self.window.findChildren(QTabBar):
            for place in range(bar.count()):
                if bar.isVisible() and bar.tabText(place) == text:
                    return _point(bar, bar.tabRect(place).center())
        return None

    def row(self, run: str) -> list[int] | None:
        """The middle of a run's name in the table of runs."""
        table = self.window.findChild(Table)
        if table is None:
            return None
        assert isinstance(table, Table)
        lines, view = table.model.arrangement.lines(), table.halves.still
        if run not in lines:
            return None
        return _point(view.viewport(), view.visualRect(table.model.index(lines.index(run), 0)).center())

    def selected(self) -> list[str]:
        """The runs that are selected in the table."""
        table = self.window.findChild(Table)
        return table.selected() if isinstance(table, Table) else []

    def groups(self) -> list[str]:
        """The values that the table of runs is grouped by."""
        table = self.window.findChild(Table)
        return [group.value for group in table.model.arrangement.members] if isinstance(table, Table) else []

    def differences(self) -> list[list[str]]:
        """The values of every line in which the selected runs are said to differ."""
        view = self.window.findChild(Differences)
        if not isinstance(view, Differences) or not view.isVisible():
            return []
        return [[str(value) for value in line.values] for line in view.model.lines]

    def predicted(self) -> dict[str, int]:
        """The groups that samples fall into by what the runs answer, and how many are in each."""
        groups = self.window.findChild(Groups)
        if not isinstance(groups, Groups) or not groups.isVisible():
            return {}
        rows = [groups.list.item(place) for place in range(groups.list.count())]
        return {row.text(): row.data(COUNT) for row in rows}

    def group(self, title: str) -> list[int]:
        """The middle of one of these groups."""
        groups = self.window.findChild(Groups)
        assert isinstance(groups, Groups)
        [row] = groups.list.findItems(title, Qt.MatchFlag.MatchExactly)
        return _point(groups.list.viewport(), groups.list.visualItemRect(row).center())

    def pictured(self) -> list[list[bool]]:
        """Of each sample of the chosen group whether each run answers it rightly, as far as they were fetched."""
        samples = self.window.findChild(Samples)
        if not isinstance(samples, Samples) or not samples.grid.isVisible() or samples.model.asking:
            return []
        shown = map(samples.model.sample, range(samples.model.rowCount()))
        return [[answer["right"] for answer in one["answers"]] for one in shown]

    def point(self, metric: str, place: int) -> list[int] | None:
        """Where a point of the only curve of a metric's chart is, by its number; none while it is not drawn."""
        curves = self.window.findChild(Curves)
        tile = curves.grid.tiles.get(metric) if isinstance(curves, Curves) and curves.isVisible() else None
        if not isinstance(curves, Curves) or tile is None or not curves.settled():
            return None
        [run] = self.selected()
        series = self.window.studio.live.curves(run).steps[metric.removeprefix("step/")]
        spot = QPointF(float(series.steps[place]), float(series.values[place]))
        return _point(tile.plot.viewport(), tile.plot.mapFromScene(tile.plot.box.mapViewToScene(spot)))

    def runs(self) -> list[dict[str, Any]]:
        """Every run of the workspace, the newest first."""
        live = self.window.studio.live
        return [{"id": run, "state": live.state(run), "best": live.summary(run).best} for run in live.runs]

    def study(self) -> dict[str, Any]:
        """The study that the Search page shows: its id, state, and the state and value of each trial."""
        page = self.window.findChild(SearchPage)
        if not isinstance(page, SearchPage):
            return {"id": "", "state": "", "trials": {}}
        model = page.model
        trials = {str(one.number): [one.state, *one.values] for one in model.trials}
        return {"id": model.study, "state": model.state, "trials": trials}

    def sheets(self) -> list[str]:
        """The names of the open projects."""
        return [sheet.name for sheet in self.window.studio.document.sheets]

    @property
    def canvas(self) -> Canvas:
        """The canvas of the Design page."""
        canvas = self.window.findChild(Canvas)
        assert isinstance(canvas, Canvas)
        return canvas

    def at(self, x: float, y: float) -> list[int]:
        """Where a point of the canvas is on the screen."""
        return _point(self.canvas.viewport(), self.canvas.mapFromScene(QPointF(x, y)))

    def port(self, node: str, name: str) -> list[int]:
        """Where a port is on the screen: an input by its name, or `output`."""
        place = self.canvas.network.nodes[node].place_of(name, output=name == "output")
        return self.at(place.x(), place.y())

    def chosen(self) -> dict[str, Any]:
        """What is selected on the canvas."""
        selection = self.canvas.selection
        links = [f"{link.source} {link.target}" for link in selection.links]
        return {"nodes": selection.nodes, "links": links, "frames": selection.frames}

    def level(self) -> tuple[str, tuple[str, ...]]:
        """The network that is shown, and the blocks that were entered on the way to it."""
        showing = self.canvas.showing
        return showing.network, showing.level.path

    def told(self) -> list[str]:
        """All words that stand on the window as such, banners among them."""
        return [one.text() for one in self.window.findChildren(QLabel) if one.isVisible()]

    def sight(self) -> list[float]:
        """The middle of what is in sight of the canvas, and the zoom."""
        center = self.canvas.camera.sight().center()
        return [round(center.x()), round(center.y()), round(self.canvas.camera.zoom, 2)]

    def save(self, path: str) -> bool:
        """Write a picture of the window."""
        return self.window.grab().save(path)

    def clipboard(self) -> str:
        """The text that was copied last."""
        return QApplication.clipboard().text()

    def focused(self) -> str:
        """The accessible name of the widget that has the keyboard."""
        widget = QApplication.focusWidget()
        return widget.accessibleName() if widget else ""

    def project(self) -> Any:
        """The open project as JSON."""
        return project_to_json(self.window.studio.document.project)

    def analyzed(self) -> bool:
        """Whether shapes and problems of the open project are known."""
        analysis = self.window.studio.analysis
        return bool(analysis.report) and not analysis.stale

    def run(self) -> dict[str, Any]:
        """What the window knows of the run that it shows."""
        live = self.window.studio.live
        if live.current is None:
            return {"id": None, "state": "", "steps": [], "epoch": 0}
        steps = [one for one in live.events(live.current) if isinstance(one, Steps)]
        told = [step for one in steps for step in range(one.first, one.last + 1)]
        summary = live.summary(live.current)
        return {"id": live.current, "state": live.state(live.current), "steps": told, "epoch": summary.epoch}


def _called(widget: QWidget, name: str) -> bool:
    if widget.accessibleName() == name:
        return True
    return isinstance(widget, QAbstractButton) and widget.text().replace("&", "") == name


def _point(widget: QWidget, place: QPoint) -> list[int]:
    spot = widget.mapToGlobal(place)
    return [spot.x(), spot.y()]


def main() -> int:
    """Open the window as `python -m studio` does, and listen."""
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("netloom")
    qt.setQuitOnLastWindowClosed(False)
    application = Application(parse(sys.argv[1:], pages=tuple(PAGES)), qt)
    application.begin().trouble.catch()
    guide = Guide(application)
    status = int(qt.exec())
    del guide
    return status


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # the interpreter's end must not wait for a pipe that the test holds open
