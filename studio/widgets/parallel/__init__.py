"""Parallel coordinates: an axis for each property, a line for each thing, chosen by brushing along the axes."""

from studio.widgets.parallel.brushes import Brushes
from studio.widgets.parallel.parallel import Parallel

__all__ = ["Brushes", "Parallel"]
