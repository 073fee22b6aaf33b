"""A plane of two axes with layers of things on it: ten thousand of them are read, chosen and zoomed without a wait."""

from studio.widgets.plane.axis import Axis, axis_over
from studio.widgets.plane.bars import Bars, Fill
from studio.widgets.plane.dots import Dots, radius_for
from studio.widgets.plane.fan import Fan
from studio.widgets.plane.field import Field
from studio.widgets.plane.figure import Figure
from studio.widgets.plane.frame import Frame
from studio.widgets.plane.key import Entry, Key
from studio.widgets.plane.lines import Line
from studio.widgets.plane.plane import Plane, Scene
from studio.widgets.plane.shapes import SHAPES, Shape
from studio.widgets.plane.sheets import Easel

__all__ = [
    "SHAPES",
    "Axis",
    "Bars",
    "Dots",
    "Easel",
    "Entry",
    "Fan",
    "Field",
    "Figure",
    "Fill",
    "Frame",
    "Key",
    "Line",
    "Plane",
    "Scene",
    "Shape",
    "axis_over",
    "radius_for",
]
