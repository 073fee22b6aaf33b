"""The fonts of the window: the first of a list that this machine has."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from studio.theme.tokens import TYPE

SANS = ("Inter", "Segoe UI Variable", "Segoe UI", "SF Pro Text", "Noto Sans", "Nimbus Sans", "DejaVu Sans")
MONO = ("JetBrains Mono", "Cascadia Mono", "SF Mono", "Menlo", "Consolas", "Noto Sans Mono", "DejaVu Sans Mono")


@lru_cache(maxsize=1)
def families() -> tuple[str, str]:
    """The first installed of the text fonts and of the monospace fonts."""
    installed = {name.partition(" [")[0] for name in QFontDatabase.families()}  # "Nimbus Sans [urw]" names its foundry
    sans = next((name for name in SANS if name in installed), "sans-serif")
    monospace = next((name for name in MONO if name in installed), "monospace")
    return sans, monospace


def font(pixels: int = TYPE.body, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The window's text font at a size in pixels; for painted text, widgets have it from the style sheet."""
    return _made(families()[0], pixels, weight)


def mono(pixels: int = TYPE.small) -> QFont:
    """The monospace font, for numbers in columns, shapes and code."""
    return _made(families()[1], pixels, QFont.Weight.Normal)


def _made(family: str, pixels: int, weight: QFont.Weight) -> QFont:
    made = QFont(family)
    made.setPixelSize(pixels)
    made.setWeight(weight)
    return made
