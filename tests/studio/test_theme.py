"""Colors can be told apart and read, in both themes."""

from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from studio.theme import DARK, LIGHT, Colors, Theme, colors_of, contrast, lightness

BOTH = pytest.mark.parametrize("colors", [DARK, LIGHT], ids=["dark", "light"])
SURFACES = ("window", "surface", "raised", "overlay", "sunken", "canvas")
TONES = ("accent", "success", "warning", "error", "info")


def test_that_contrast_is_21_for_black_on_white_and_1_for_equal_colors() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#5563e8", "#5563e8") == pytest.approx(1)


@BOTH
def test_that_words_can_be_read_on_every_surface(colors: Colors) -> None:
    for surface in SURFACES:
        for role in ("text", "muted", "faint", *TONES):
            assert contrast(getattr(colors, role), getattr(colors, surface)) >= 4.5, (role, surface)


@BOTH
def test_that_words_can_be_read_on_hovered_selected_and_toned_backgrounds(colors: Colors) -> None:
    for background in ("hover", "pressed", "selected"):
        assert contrast(colors.text, getattr(colors, background)) >= 4.5, background
    for tone in TONES:
        foreground, soft = colors.tone(tone)
        assert contrast(foreground, soft) >= 4.5, tone
        assert contrast(colors.text, soft) >= 4.5, tone
    for fill in ("accent_fill", "accent_hover", "error_fill"):
        assert contrast(colors.on_accent, getattr(colors, fill)) >= 4.5, fill


@BOTH
def test_that_focus_and_lines_of_charts_stand_out_from_what_they_lie_on(colors: Colors) -> None:
    for color in (colors.focus, *colors.series):
        assert contrast(color, colors.raised) >= 3, color
        assert contrast(color, colors.surface) >= 2.8, color


@BOTH
def test_that_series_stay_apart_in_grayscale(colors: Colors) -> None:
    shades = sorted(lightness(color) for color in colors.series)
    assert min(second - first for first, second in pairwise(shades)) >= 2.5


@BOTH
@pytest.mark.parametrize("eyes", ["protan", "deutan", "tritan"])
def test_that_series_stay_apart_for_color_blind_eyes(colors: Colors, eyes: str) -> None:
    seen = [_seen(color, eyes) for color in colors.series]
    assert min(_distance(first, second) for first, second in combinations(seen, 2)) >= 0.05


def test_that_a_category_nobody_knows_has_the_same_color_every_time() -> None:
    assert DARK.category("Genomics") == DARK.category("Genomics")
    assert DARK.category("Genomics") in DARK.series


def test_that_choosing_a_theme_recolors_widgets_and_says_so(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(qapp, "dark")
    label = QLabel()
    qtbot.addWidget(label)
    assert colors_of(label) is DARK
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("light")
    assert theme.colors is LIGHT
    assert colors_of(label) is LIGHT


def test_that_the_theme_follows_the_system_until_one_is_chosen(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = QGuiApplication.styleHints()
    theme = Theme(qapp, "system")
    monkeypatch.setattr("studio.theme.theme.system_is_light", lambda: True)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.colors is LIGHT
    theme.set_mode("dark")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.colors is DARK


# Simulation of color blindness in linear RGB: Machado, Oliveira and Fernandes 2009, severity 1.
_MACHADO = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def _seen(color: str, eyes: str) -> tuple[float, float, float]:
    """A color as such eyes see it, in OKLab (Ottosson 2020)."""
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    red, green, blue = (max(sum(a * b for a, b in zip(line, linear, strict=True)), 0) for line in _MACHADO[eyes])
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _distance(first: tuple[float, ...], second: tuple[float, ...]) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5)
