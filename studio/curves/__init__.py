"""Curves as numbers: every point kept, summed up exactly for as many pixels as there are. Knows nothing of Qt."""

from studio.curves.axis import Along, Axis
from studio.curves.buffer import Buffer
from studio.curves.record import Record
from studio.curves.series import Columns, Series
from studio.curves.sketch import Sketch, View, sketch, trail
from studio.curves.smooth import Smoothed

__all__ = ["Along", "Axis", "Buffer", "Columns", "Record", "Series", "Sketch", "Smoothed", "View", "sketch", "trail"]
