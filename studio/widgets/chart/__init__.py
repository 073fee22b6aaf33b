"""Charts of curves. Apart from the other widgets: they bring pyqtgraph, which the first window does without."""

from studio.widgets.chart.bundle import Group
from studio.widgets.chart.chart import Chart, span_of
from studio.widgets.chart.look import Look
from studio.widgets.chart.plot import Plot
from studio.widgets.chart.trace import Curve

__all__ = ["Chart", "Curve", "Group", "Look", "Plot", "span_of"]
