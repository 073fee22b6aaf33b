"""Looking at what differs between the selected runs, or between one of them and the open project, as actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from studio.actions import Action
from studio.pages.runs.differences import Differences
from studio.pages.runs.network import Network

if TYPE_CHECKING:
    from studio.context import Studio
    from studio.pages.runs.views import Views


def declare_comparing(studio: Studio, views: Views, table: QWidget, selected: Callable[[], list[str]]) -> None:
    """Declare the actions, and have them in the table's menu.

    Args:
        studio: the window's parts.
        views: where the differences are shown.
        table: whose menu they stand in.
        selected: the ids of the selected runs now.
    """
    rows = (
        ("compare", "Compare settings", "Compare settings with the open project", Differences),
        ("compare_networks", "Compare networks", "Compare its network with the open one", Network),
    )
    for name, several, one, kind in rows:
        action = Action(
            id=f"runs.{name}",
            text=several,
            wording=partial(_worded, selected, several, one),
            handler=partial(views.bring, kind),
            group="Run",
            icon="structure" if kind is Network else "table",
            enabled=lambda: bool(selected()),
            section="selected runs",
        )
        table.addAction(studio.actions.add(action))


def _worded(selected: Callable[[], list[str]], several: str, one: str) -> str:
    return one if len(selected()) == 1 else several
