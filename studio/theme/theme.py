"""The theme of the application: which colors are in use, and who hears when they change."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from studio.theme.fonts import font
from studio.theme.sheet import style_sheet
from studio.theme.tokens import DARK, LIGHT, Colors, Mode


class Theme(QObject):
    """Dark or light, following the system unless one was chosen.

    Args:
        application: receives palette, font and style sheet; one theme for each application.
        mode: `system` follows the desktop's own setting, also while the window is open.
    """

    changed = Signal()

    def __init__(self, application: QApplication, mode: Mode = "system") -> None:
        super().__init__(application)
        self._application = application
        self._mode: Mode = mode
        self._colors: Colors | None = None
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._refresh)
        self._refresh()

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def colors(self) -> Colors:
        assert self._colors is not None
        return self._colors

    def set_mode(self, mode: Mode) -> None:
        self._mode = mode
        self._refresh()

    def toggle(self) -> None:
        """Choose the other one of dark and light."""
        self.set_mode("light" if self.colors.dark else "dark")

    def plot_options(self) -> dict[str, Any]:
        """What `pyqtgraph.setConfigOptions` takes, so that charts match the window."""
        return {"background": self.colors.surface, "foreground": self.colors.muted, "antialias": True}

    def _wanted(self) -> Colors:
        if self._mode == "system":
            return LIGHT if system_is_light() else DARK
        return DARK if self._mode == "dark" else LIGHT

    def _refresh(self) -> None:
        wanted = self._wanted()
        if wanted is self._colors:
            return
        self._colors = wanted
        self._application.setStyle("Fusion")
        self._application.setFont(font())
        self._application.setPalette(palette(wanted))
        self._application.setStyleSheet(style_sheet(wanted))
        self.changed.emit()


def system_is_light() -> bool:
    """Whether the desktop asks for light windows; one that asks for nothing gets dark ones."""
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Light


def palette(colors: Colors) -> QPalette:
    """Qt's own palette in our colors, for whatever the style sheet does not reach."""
    roles = QPalette.ColorRole
    made = QPalette()
    pairs = {
        roles.Window: colors.surface,
        roles.WindowText: colors.text,
        roles.Base: colors.sunken,
        roles.AlternateBase: colors.raised,
        roles.Text: colors.text,
        roles.Button: colors.raised,
        roles.ButtonText: colors.text,
        roles.BrightText: colors.error,
        roles.Highlight: colors.accent_fill,
        roles.HighlightedText: colors.on_accent,
        roles.Link: colors.accent,
        roles.ToolTipBase: colors.overlay,
        roles.ToolTipText: colors.text,
        roles.PlaceholderText: colors.faint,
        roles.Mid: colors.border,
        roles.Dark: colors.window,
        roles.Light: colors.overlay,
    }
    for role, color in pairs.items():
        made.setColor(role, QColor(color))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colors.disabled))
    return made


def colors_of(widget: QWidget) -> Colors:
    """The tokens a widget is shown with, read from its palette: for painting without knowing who chose the theme.

    The role read is one that style sheets leave alone.
    """
    return DARK if widget.palette().color(QPalette.ColorRole.Dark).lightness() < 128 else LIGHT
