"""Words on the window: labels by role, badges, section headers, and names beside values."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from studio.theme import SPACE
from studio.widgets.style import row, tag


class Label(QLabel):
    """Text in one of the roles display, heading, title, strong, label, section, muted, caption, mono, number, error."""

    def __init__(self, text: str = "", role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)  # what is shown may come from a file: it is never markup
        self.setWordWrap(wrap)
        if role:
            tag(self, role=role)


class Elided(Label):
    """Text on one line that is cut (at its end, or in its middle) when room is short, and shown whole as a tooltip."""

    def __init__(self, text: str = "", role: str = "", *, middle: bool = False) -> None:
        super().__init__("", role)
        self._mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        self._whole = text
        self.setToolTip(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, self._mode, max(self.width(), 8))
        QLabel.setText(self, shown)


class Badge(QLabel):
    """A word in a pill, such as a run's state; tones are neutral, accent, success, warning, error, info."""

    def __init__(self, text: str = "", tone: str = "neutral", *, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        tag(self, badge=True, tone=tone)

    def show_state(self, text: str, tone: str) -> None:
        """Change word and tone together."""
        self.setText(text)
        tag(self, tone=tone)


class SectionHeader(QWidget):
    """The name of a part of a page, with room for buttons at its right."""

    def __init__(self, text: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row(self, gap=SPACE.s)
        self._title = Label(text, "section")
        self._hint = Label(hint, "caption")
        self._row.addWidget(self._title)
        self._row.addWidget(self._hint)
        self._row.addStretch(1)

    def add(self, widget: QWidget) -> None:
        """Put a button or badge at the right."""
        self._row.addWidget(widget)

    def set_hint(self, text: str) -> None:
        self._hint.setText(text)


class KeyValues(QWidget):
    """Names and values in two columns; values can be selected and copied."""

    def __init__(self, values: Mapping[str, str] | None = None, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.l)
        self._grid.setVerticalSpacing(SPACE.xs + 2)
        self._grid.setColumnStretch(1, 1)
        self._shown: dict[str, QLabel] = {}
        self.show_values(values or {})

    def show_values(self, values: Mapping[str, str]) -> None:
        """Show these; labels are kept where the names are the same, so that nothing flickers."""
        if list(values) != list(self._shown):
            self._build(values)
        for name, value in values.items():
            self._shown[name].setText(value)

    def _build(self, values: Mapping[str, str]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._shown = {}
        for line, name in enumerate(values):
            value = Label("", "mono", wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(Label(name, "label"), line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, line, 1)
            self._shown[name] = value
