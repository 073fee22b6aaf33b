"""What mouse and keys do to a widget, apart from what the widget shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

Does = Mapping[QEvent.Type, Callable[[Any], bool]]
"""What is done for events of a type; each returns whether the event was meant for it."""


class Hand(QObject):
    """Sees what comes to a widget before the widget does.

    Args:
        widget: what it lies on.
        does: what it does; all other events are the widget's, and so are those that were not meant for it.
    """

    def __init__(self, widget: QWidget, does: Does) -> None:
        super().__init__(widget)
        self._does = does
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        does = self._does.get(event.type())
        return does is not None and does(event)
