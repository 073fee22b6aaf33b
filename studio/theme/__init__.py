"""How the window looks: tokens in one place, and the palette and style sheet made from them."""

from studio.theme.contrast import contrast, lightness
from studio.theme.fonts import font, mono
from studio.theme.theme import Theme, colors_of
from studio.theme.tokens import DARK, LIGHT, MOTION, RADIUS, SHADOW, SPACE, TYPE, Colors, Mode

__all__ = [
    "DARK",
    "LIGHT",
    "MOTION",
    "RADIUS",
    "SHADOW",
    "SPACE",
    "TYPE",
    "Colors",
    "Mode",
    "Theme",
    "colors_of",
    "contrast",
    "font",
    "lightness",
    "mono",
]
