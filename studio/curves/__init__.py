"""Curves as numbers: every point kept, summed up exactly for as many pixels as there are. Knows nothing of Qt."""

from studio.curves.axis import Along, Axis
from studio.curves.band import Band, Outline, Spread, band, outline
from studio.curves.buffer import Buffer
from studio.curves.fences import beyond, fences
from studio.curves.gauss import Gaussian
from studio.curves.record import Record
from studio.curves.seen import Seen, View
from studio.curves.series import Columns, Series
from studio.curves.sketch import NOTHING, Sketch, sketch, trail
from studio.curves.smooth import Kind, Smoothed, smooth
from studio.curves.smoothing import Smoothing

__all__ = [
    "NOTHING",
    "Along",
    "Axis",
    "Band",
    "Buffer",
    "Columns",
    "Gaussian",
    "Kind",
    "Outline",
    "Record",
    "Seen",
    "Series",
    "Sketch",
    "Smoothed",
    "Smoothing",
    "Spread",
    "View",
    "band",
    "beyond",
    "fences",
    "outline",
    "sketch",
    "smooth",
    "trail",
]
