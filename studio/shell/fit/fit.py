"""The item in the status line, the card over it, and their actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from studio import icons
from studio.declaring import Deed, Kind, declare
from studio.foretelling import Foretelling
from studio.probing import Probing
from studio.shell.fit import words
from studio.shell.fit.card import Card
from studio.theme import SPACE, colors_of
from studio.widgets import tag

if TYPE_CHECKING:
    from studio.context import Studio


class Fit(QPushButton):
    """What a training takes of what the device has, in a few words; a click opens the card.

    Args:
        studio: the window's parts.
        window: what the card lies on.
    """

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__()
        tag(self, kind="status")
        self._studio = studio
        self._window = window
        self._before: QWidget | None = None
        self.foretelling, self.probing = Foretelling(studio, self), Probing(studio, parent=self)
        self.card = Card(self.foretelling, self.probing, window)
        self.setIconSize(QSize(14, 14))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Will it fit? Memory and time of a training step")
        self.clicked.connect(self.toggle)
        self.card.closed.connect(self.close_card)
        self.card.batch_asked.connect(self._use)
        self.foretelling.changed.connect(self.refresh)
        self.probing.measured.connect(self.foretelling.refresh)
        studio.theme.changed.connect(self.refresh)
        self._declare()
        self.refresh()

    def refresh(self) -> None:
        """Show what is known now."""
        answer = self.foretelling.answer
        tone = words.STATES[answer.get("state", "unknown")][1]
        self.setVisible(bool(answer))
        self.setText(words.headline(answer))
        self.setIcon(icons.icon(tone, colors_of(self).tone(tone)[0]))
        self._studio.actions.refresh()

    def toggle(self) -> None:
        """Open the card, or close it."""
        self.close_card() if self.card.isVisible() else self.open_card()

    def open_card(self) -> None:
        """Show the card above the item, with the focus on what can be done."""
        self._before = self._window.focusWidget()
        self.foretelling.refresh()  # what is free changes without an edit
        self.card.show()
        self.card.refresh()
        self._place()
        self.card.raise_()
        (self.card.cancel if self.probing.running else self.card.measure).setFocus()
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def close_card(self) -> None:
        """Hide the card and give the focus back. A measurement goes on."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.card.hide()
        (self._before or self._window).setFocus()

    def end(self) -> None:
        """End a measurement that runs: the window closes."""
        self.probing.cancel()

    def measure(self) -> None:
        """Open the card and begin to measure."""
        self.open_card()
        self.probing.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close at a click elsewhere; stay above the item whatever the window's or the card's size."""
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            if isinstance(watched, QWidget) and not self._own(watched):
                self.close_card()
        elif event.type() is QEvent.Type.Resize and watched in (self._window, self.card):
            self._place()
        return False

    def _own(self, widget: QWidget) -> bool:
        return widget is self or widget is self.card or self.card.isAncestorOf(widget)

    def _place(self) -> None:
        corner = self.mapTo(self._window, QPoint(0, 0))
        left = max(SPACE.s, min(corner.x(), self._window.width() - self.card.width() - SPACE.s))
        self.card.move(left, corner.y() - self.card.height() - SPACE.s)

    def _use(self, batch: int) -> None:
        document = self._studio.document
        document.edit(f"Use batch {batch}", document.project.set("training.batch_size", batch))

    def _use_advised(self) -> None:
        self._use(self.foretelling.answer["advised_batch"])

    def _can_use(self) -> bool:
        answer = self.foretelling.answer
        return bool(answer.get("advised_batch")) and answer["advised_batch"] != answer["batch_size"]

    def _declare(self) -> None:
        def known() -> bool:
            return words.known(self.foretelling.answer)

        def told() -> bool:
            return bool(self.foretelling.answer)

        declare(
            self._studio.actions,
            Kind(name="run", section="fit"),
            Deed("fit", "Will it fit?", self.toggle, "Ctrl+M", enabled=told),
            Deed("measure", "Measure a training step", self.measure, enabled=known),
            Deed("batch", "Use the largest batch that fits", self._use_advised, enabled=self._can_use),
        )
