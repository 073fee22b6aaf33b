"""What can be done with the plot in front, declared as actions: for its menu, its shortcuts and the command palette."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from studio.actions import Gesture
from studio.declaring import Deed, Kind, declare
from studio.pages.search.plots.deeds import Deeds
from studio.pages.search.plots.panel import Panel
from studio.pages.search.plots.view import StudyView

if TYPE_CHECKING:
    from studio.context import Studio

ROWS: tuple[tuple[str, str, Callable[[Deeds], object], str, str], ...] = (
    ("copy", "Copy plot as picture", Deeds.copy_picture, "Ctrl+Shift+C", "copy"),
    ("copy_svg", "Copy plot as SVG", Deeds.copy_svg, "", "copy"),
    ("save", "Save plot as picture …", Deeds.save_picture, "", "save"),
    ("copy_data", "Copy the trials' data", Deeds.copy_data, "", "table"),
    ("save_data", "Save the trials' data …", Deeds.save_data, "", "save"),
)
HANDBOOK = (
    Gesture(hand="Drag over a study's plot", text="Choose the trials within, in all views; with Ctrl add them"),
    Gesture(hand="Double-click a trial", text="Open it; beside all trials: show everything again"),
    Gesture(hand="Ctrl+wheel over a study's plot", text="Zoom, over an axis along it alone; + and - from the keyboard"),
    Gesture(hand="Shift+drag over a study's plot", text="Move what is seen"),
)


def declare_plot(studio: Studio, place: QWidget, front: Callable[[], StudyView | None]) -> list[QAction]:
    """Declare the actions.

    Args:
        studio: the window's parts.
        place: where the shortcuts hold.
        front: the view in front, where it was made already.
    """

    def panel() -> Panel | None:
        view = front()
        return view if isinstance(view, Panel) and view.found.trials else None

    def doing(deed: Callable[[Deeds], object]) -> Callable[[], object]:
        return lambda: deed(found.deeds) if (found := panel()) is not None else None

    def seen() -> bool:
        return panel() is not None

    studio.actions.explain(*HANDBOOK)
    kind = Kind(name="plot", section="study plots", submenu="Search", owner=place)
    deeds = [Deed(name, text, doing(deed), keys, icon, seen) for name, text, deed, keys, icon in ROWS]
    return list(declare(studio.actions, kind, *deeds).values())
