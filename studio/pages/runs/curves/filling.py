"""Charts made and filled: all at once where the runs are few, one a turn where they are many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject

from studio.pages.runs.curves.grid import Grid
from studio.pages.runs.curves.layout import Panel
from studio.pages.runs.curves.tile import Tile
from studio.widgets.slices import Slices

Fill = Callable[[Panel, Tile], object]


class Filling(QObject):
    """Brings the charts of a grid up to date.

    Args:
        grid: where they stand.
        make: makes the chart of a metric.
    """

    def __init__(self, grid: Grid, make: Callable[[str], Tile]) -> None:
        super().__init__(grid)
        self._grid, self._make = grid, make
        self._slices = Slices(self)

    @property
    def busy(self) -> bool:
        """Whether there are charts to be filled."""
        return self._slices.busy

    def show(self, panels: Sequence[Panel], fill: Fill, *, many: bool) -> None:
        """Have these charts and no others, in this order.

        Args:
            panels: what is shown.
            fill: puts a chart's curves on it.
            many: whether that takes long.
        """
        self._slices.stop()
        steps = self._steps(panels, fill)
        if many or sum(panel.metric not in self._grid.tiles for panel in panels) > 1:
            self._slices.run(steps, then=lambda: None)
        else:
            for _ in steps:
                pass

    def empty(self) -> None:
        """Take the curves off: nothing is known of the runs yet, and most likely it will be the same charts."""
        self._slices.stop()
        for tile in self._grid.tiles.values():
            tile.plot.set_curves(())

    def _steps(self, panels: Sequence[Panel], fill: Fill) -> Iterator[None]:
        tiles = self._grid.tiles
        for metric in tiles.keys() - {panel.metric for panel in panels}:
            self._grid.remove(metric)
        for panel in panels:
            if panel.metric not in tiles:
                self._grid.add(self._make(panel.metric))
                yield
            fill(panel, tiles[panel.metric])
            yield
        self._grid.arrange(panels)
