"""An icon on its own, in a tone of the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from studio import icons
from studio.theme import colors_of


class Picture(QLabel):
    """An icon of `size` pixels whose color is the tone's, in either theme; `faint` and `text` are tones too."""

    def __init__(self, icon: str, *, tone: str = "neutral", size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tone, self._size = icon, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMinimumSize(size, size)

    def show_icon(self, icon: str, tone: str) -> None:
        """Change both."""
        self._icon, self._tone = icon, tone
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        self._draw()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.isVisible():
            self._draw()

    def _draw(self) -> None:
        colors = colors_of(self)
        color = getattr(colors, self._tone) if self._tone in {"faint", "text"} else colors.tone(self._tone)[0]
        self.setPixmap(icons.pixmap(self._icon, self._size, color=color, ratio=self.devicePixelRatioF()))
