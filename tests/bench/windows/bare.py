"""The least that a window with a plot can be."""

import sys

import pyqtgraph
from PySide6.QtWidgets import QApplication, QMainWindow

from tests.bench.windows.painted import FirstPaint

application = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(pyqtgraph.PlotWidget())
window.resize(1600, 1000)
watch = FirstPaint(window)
window.show()
sys.exit(application.exec())
