"""Design tokens: every color, space, radius, type size and duration that the window uses.

Sizes are device-independent pixels on a grid of 4. Durations are milliseconds.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Literal, NamedTuple

Mode = Literal["system", "dark", "light"]


class Space(NamedTuple):
    """Distances between things, from inside a control to between sections."""

    xxs: int = 2
    xs: int = 4
    s: int = 8
    m: int = 12
    l: int = 16  # noqa: E741  # t-shirt sizes read best as one series
    xl: int = 24
    xxl: int = 32


class Radius(NamedTuple):
    """Roundness of corners: fields, cards, tiles with an icon, windows over the window."""

    s: int = 4
    m: int = 6
    tile: int = 8
    l: int = 10  # noqa: E741


class Type(NamedTuple):
    """Text sizes, in pixels; `afar` is for words that are read from afar, `afar_long` for long ones."""

    caption: int = 11
    small: int = 12
    body: int = 13
    title: int = 15
    heading: int = 20
    afar: int = 22
    afar_long: int = 17
    display: int = 28


class Shadow(NamedTuple):
    """What lies below a window over the window: pixels of blur and of depth, and how dark it is, of 255."""

    blur: int = 40
    depth: int = 12
    alpha: int = 120


class Motion(NamedTuple):
    """How long a change may take to be seen: short enough never to be waited for."""

    quick: int = 90
    normal: int = 160
    slow: int = 260


SPACE = Space()
RADIUS = Radius()
TYPE = Type()
MOTION = Motion()
SHADOW = Shadow()

# Which of the ten series colors a category of layers has. Two share one only where networks hardly ever have both: what
# pools images and what attends, what looks up words and what resizes. Categories that a pack invents get one by their
# name, the same in every session. Every category has an icon as well.
CATEGORIES = {
    "Network": 5,
    "Linear": 2,
    "Convolution": 0,
    "Pooling": 7,
    "Normalization": 9,
    "Activation": 1,
    "Regularization": 4,
    "Merge": 6,
    "Shape": 8,
    "Embedding": 3,
    "Attention": 7,
    "Recurrent": 0,
    "Resizing": 3,
    "Padding": 8,
    "Arithmetic": 6,
}


@dataclass(frozen=True, kw_only=True)
class Colors:
    """The color of every role, as `#rrggbb`; one such set for each theme.

    Surfaces go from the back to the front: window, surface, raised, overlay; `sunken` is for what one types into.
    What was `added`, `removed` and `altered` between two networks has hues that color-blind eyes tell apart.
    The ten `series` differ in hue and, evenly, in lightness, so that they stay apart for color-blind eyes and in print.
    """

    dark: bool
    window: str
    surface: str
    raised: str
    overlay: str
    sunken: str
    canvas: str
    grid: str
    hover: str
    pressed: str
    selected: str
    border: str
    border_strong: str
    text: str
    muted: str
    faint: str
    disabled: str
    accent: str
    accent_fill: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    focus: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str
    error_fill: str
    info: str
    info_soft: str
    added: str
    added_soft: str
    removed: str
    removed_soft: str
    altered: str
    altered_soft: str
    series: tuple[str, ...]
    ramp: tuple[str, ...]
    """Low to high: lightness changes evenly, so that the order is seen without telling hues apart."""

    def category(self, name: str) -> str:
        """The color of a category of layers, such as `Convolution`."""
        place = CATEGORIES.get(name, zlib.crc32(name.encode()))
        return self.series[place % len(self.series)]

    def tone(self, name: str) -> tuple[str, str]:
        """Foreground and soft background of a role that has both, such as `success` or `added`, or of `neutral`."""
        if name == "neutral":
            return self.muted, self.hover
        return getattr(self, name), getattr(self, f"{name}_soft")


DARK = Colors(
    dark=True,
    window="#0e1014",
    surface="#15171c",
    raised="#1b1e25",
    overlay="#22262f",
    sunken="#0f1115",
    canvas="#111317",
    grid="#242832",
    hover="#242832",
    pressed="#2d323e",
    selected="#262b4a",
    border="#272b35",
    border_strong="#3b414f",
    text="#e7e9ee",
    muted="#a6acba",
    faint="#8a91a1",
    disabled="#5b6170",
    accent="#8e9bff",
    accent_fill="#4f5ce0",
    accent_hover="#5a67e8",
    accent_soft="#23284a",
    on_accent="#ffffff",
    focus="#8e9bff",
    success="#4cc38a",
    success_soft="#15302a",
    warning="#e6b04a",
    warning_soft="#362b17",
    error="#ff7b86",
    error_soft="#3d1d25",
    error_fill="#c62f45",
    info="#6cb6ff",
    info_soft="#152c45",
    added="#85e0d1",
    added_soft="#12322a",
    removed="#ea66e6",
    removed_soft="#3a1d31",
    altered="#f0d04c",
    altered_soft="#352b15",
    series=(
        "#1497b5",
        "#ffc279",
        "#806bf0",
        "#91ffce",
        "#e07786",
        "#bee1ff",
        "#f388fa",
        "#13cdbf",
        "#ba4885",
        "#b6a434",
    ),
    ramp=("#3b4cc0", "#4b8bd8", "#58bfb4", "#b5d98a", "#ffe08a"),
)

LIGHT = Colors(
    dark=False,
    window="#e9ebf0",
    surface="#f7f8fa",
    raised="#ffffff",
    overlay="#ffffff",
    sunken="#ffffff",
    canvas="#f2f4f7",
    grid="#d9dde5",
    hover="#e8eaf0",
    pressed="#dcdfe8",
    selected="#e2e5ff",
    border="#dde0e8",
    border_strong="#b9bfcc",
    text="#1a1d24",
    muted="#525969",
    faint="#626979",
    disabled="#a3a9b6",
    accent="#4450c9",
    accent_fill="#4f5ce0",
    accent_hover="#4450c9",
    accent_soft="#e6e8ff",
    on_accent="#ffffff",
    focus="#4f5ce0",
    success="#10693f",
    success_soft="#dcf3e7",
    warning="#7d5100",
    warning_soft="#fdf0d3",
    error="#b3202f",
    error_soft="#fde5e8",
    error_fill="#c62f45",
    info="#0a5ba5",
    info_soft="#deeefc",
    added="#09716e",
    added_soft="#d3f1ee",
    removed="#7a1740",
    removed_soft="#fbe2ea",
    altered="#84600b",
    altered_soft="#fbeecb",
    series=(
        "#0c597e",
        "#a4790c",
        "#8c72ff",
        "#083e24",
        "#c7355e",
        "#7298c0",
        "#8936d6",
        "#078474",
        "#7f0355",
        "#645c06",
    ),
    ramp=("#d9a400", "#5aa469", "#1f8a8a", "#27609c", "#2b1f6b"),
)
