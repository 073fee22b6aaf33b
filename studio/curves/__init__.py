"""Curves as numbers: every point kept, summed up exactly for as many pixels as there are. Knows nothing of Qt."""

from studio.curves.axis import Along, Axis
from studio.curves.buffer import Buffer
from studio.curves.record import Record
from studio.curves.seen import Seen, View
from studio.curves.series import Columns, Series
from studio.curves.sketch import NOTHING, Sketch, sketch, trail
from studio.curves.smooth import Smoothed

__all__ = [
    "NOTHING",
    "Along",
    "Axis",
    "Buffer",
    "Columns",
    "Record",
    "Seen",
    "Series",
    "Sketch",
    "Smoothed",
    "View",
    "sketch",
    "trail",
]
