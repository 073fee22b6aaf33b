"""Saying which variant of a widget is meant, in the words of the style sheet."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

Kind = TypeVar("Kind", bound=QWidget)


def tag(widget: Kind, **properties: str | bool) -> Kind:
    """Set dynamic properties such as `role="muted"` and let the style sheet see them."""
    for name, value in properties.items():
        widget.setProperty(name, str(value).lower() if isinstance(value, bool) else value)
    if widget.style() is not None and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
    return widget


def column(parent: QWidget | None = None, *, margin: int = 0, gap: int = 0) -> QVBoxLayout:
    """A vertical layout with one margin all around."""
    return _spaced(QVBoxLayout(parent) if parent else QVBoxLayout(), margin, gap)


def row(parent: QWidget | None = None, *, margin: int = 0, gap: int = 0) -> QHBoxLayout:
    """A horizontal layout with one margin all around."""
    return _spaced(QHBoxLayout(parent) if parent else QHBoxLayout(), margin, gap)


Box = TypeVar("Box", bound=QBoxLayout)


def _spaced(layout: Box, margin: int, gap: int) -> Box:
    layout.setContentsMargins(QMargins(margin, margin, margin, margin))
    layout.setSpacing(gap)
    return layout
