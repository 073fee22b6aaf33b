"""Colors can be told apart and read, in both themes."""

import re
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from studio import icons
from studio.theme import DARK, LIGHT, Colors, Theme, colors_of, contrast, lightness
from tests.studio.eyes import EYES, distance, seen

BOTH = pytest.mark.parametrize("colors", [DARK, LIGHT], ids=["dark", "light"])
SURFACES = ("window", "surface", "raised", "overlay", "sunken", "canvas")
ALWAYS = ("Network", "Linear", "Normalization", "Activation", "Regularization", "Merge", "Shape")
TOGETHER = (
    (*ALWAYS, "Convolution", "Pooling"),
    (*ALWAYS, "Embedding", "Attention"),
    (*ALWAYS, "Embedding", "Recurrent"),
)
"""Categories that occur in one network: of images, of sequences with attention, and with recurrent layers."""
DIFFERENCES = ("added", "removed", "altered")
TONES = ("accent", "success", "warning", "error", "info", *DIFFERENCES)


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
@pytest.mark.parametrize("eyes", EYES)
def test_that_series_stay_apart_for_every_kind_of_eyes(colors: Colors, eyes: str) -> None:
    as_seen = [seen(color, eyes) for color in colors.series]
    assert min(distance(first, second) for first, second in combinations(as_seen, 2)) >= 10


@BOTH
@pytest.mark.parametrize("eyes", EYES)
def test_that_what_became_of_a_node_is_told_apart_by_every_kind_of_eyes(colors: Colors, eyes: str) -> None:
    as_seen = [seen(colors.tone(name)[0], eyes) for name in DIFFERENCES]
    assert min(distance(first, second) for first, second in combinations(as_seen, 2)) >= 15


@pytest.mark.parametrize("together", TOGETHER, ids=["images", "sequences", "recurrent"])
def test_that_categories_of_one_network_have_colors_of_their_own(together: tuple[str, ...]) -> None:
    for colors in (DARK, LIGHT):
        assert len({colors.category(name) for name in together}) == len(together)


def test_that_the_distance_of_colors_is_the_published_one() -> None:
    pairs = (  # of Sharma, Wu and Dalal 2005, table 1
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    )
    for first, second, published in pairs:
        assert distance(first, second) == pytest.approx(published, abs=1e-4)


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


def test_that_no_color_is_written_outside_the_tokens() -> None:
    studio = Path(__file__).parents[2] / "studio"
    every = [path for path in studio.rglob("*.py") if path.name != "tokens.py"]
    assert len(every) > 100
    named = {path.name for path in every if re.search(r"""["']#[0-9a-fA-F]{3,8}["']""", path.read_text("utf-8"))}
    assert named == set()


def test_that_an_icon_without_room_is_an_empty_picture_and_no_complaint(qapp: QApplication, qtlog: Any) -> None:
    button = QToolButton()
    button.setIcon(icons.icon("add"))
    button.setIconSize(QSize(0, 0))
    button.grab()
    assert [record.message for record in qtlog.records] == []
    button.deleteLater()
