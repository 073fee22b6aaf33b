"""A run's curves: folded from its events, and kept beside them in a form that is read at once."""

from engine.runs.curves.fold import Curve, Fold
from engine.runs.curves.line import Line
from engine.runs.curves.store import FILE, Kept, keep_curves, read_curves, restore, write_curves

__all__ = ["FILE", "Curve", "Fold", "Kept", "Line", "keep_curves", "read_curves", "restore", "write_curves"]
