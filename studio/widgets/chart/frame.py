"""What every chart stands in: a view box with an axis below it and one at its left, and nothing else."""

from __future__ import annotations

import pyqtgraph
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem, QSizePolicy

from studio.theme import Colors
from studio.widgets.chart.axes import AlongAxis, ValueAxis, dress

TOP, RIGHT = 8, 16
"""Pixels that stay free above and beside the curves, so that the last label of an axis is whole."""
VEIL = 40
"""How dense the box is, of 255, that is drawn around what shall be zoomed into."""


class Frame(pyqtgraph.GraphicsView):
    """Made in less than half the time of pyqtgraph's own plot, which brings four axes, a title and a menu of forms."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.enableMouse(False)
        self.along_axis, self.value_axis = AlongAxis(), ValueAxis()
        self.box = pyqtgraph.ViewBox(enableMenu=False)
        self.box.setMouseMode(pyqtgraph.ViewBox.RectMode)
        self.box.disableAutoRange()
        self._lay_out()

    def set_logarithmic(self, *, across: bool, up: bool) -> None:
        """Whether the axes count in powers of ten."""
        self.along_axis.setLogMode(x=across, y=False)
        self.value_axis.setLogMode(x=False, y=up)

    def dress(self, colors: Colors) -> None:
        """Take on the theme's colors."""
        self.setBackground(colors.raised)
        for axis in (self.along_axis, self.value_axis):
            dress(axis, colors)
        self.box.rbScaleBox.setPen(QColor(colors.accent))
        veil = QColor(colors.accent)
        veil.setAlpha(VEIL)
        self.box.rbScaleBox.setBrush(veil)

    def _lay_out(self) -> None:
        inside = pyqtgraph.GraphicsWidget()
        layout = QGraphicsGridLayout()
        layout.setContentsMargins(0, TOP, RIGHT, 0)
        layout.setSpacing(0)
        layout.addItem(self.box, 0, 1)
        for axis, line, column in ((self.value_axis, 0, 0), (self.along_axis, 1, 1)):
            axis.linkToView(self.box)
            axis.setFlag(QGraphicsItem.GraphicsItemFlag.ItemNegativeZStacksBehindParent)
            layout.addItem(axis, line, column)
        layout.setRowStretchFactor(0, 1)
        layout.setColumnStretchFactor(1, 1)
        inside.setLayout(layout)
        self.setCentralItem(inside)
