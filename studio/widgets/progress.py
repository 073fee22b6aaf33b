"""How far something is."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from studio.widgets.style import tag


class Progress(QProgressBar):
    """A thin bar; `set_fraction(0.4)` shows how far, `set_busy()` that nobody knows how far."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        self.setRange(0, 1000)

    def set_fraction(self, fraction: float) -> None:
        """Show a fraction from 0 to 1."""
        self.setRange(0, 1000)
        self.setValue(round(1000 * min(max(fraction, 0.0), 1.0)))

    def set_busy(self) -> None:
        self.setRange(0, 0)

    def set_tone(self, tone: str) -> None:
        """Color by outcome: accent, success, warning, error."""
        tag(self, tone=tone)
