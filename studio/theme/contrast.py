"""How far apart two colors are for the eye: the formulas that the tokens are tested with."""

from __future__ import annotations


def _channels(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def luminance(color: str) -> float:
    """Relative luminance of `#rrggbb`, 0 for black to 1 for white (WCAG 2.2)."""
    red, green, blue = (_linear(channel) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colors, 1 to 21; text needs 4.5, lines and marks 3 (WCAG 2.2, 1.4.3 and 1.4.11)."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def lightness(color: str) -> float:
    """Perceived lightness of `#rrggbb`, 0 to 100 (CIE 1976 L*): what is left of a color in grayscale."""
    value = luminance(color)
    return 116 * value ** (1 / 3) - 16 if value > 216 / 24389 else value * 24389 / 27
