"""Netloom's window with the example project, in a workspace and with settings of its own."""

import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from studio.app import Application
from studio.options import Options
from tests.bench.windows.painted import FirstPaint

with tempfile.TemporaryDirectory() as folder:
    application = QApplication(sys.argv)
    started = Application(Options(workspace=Path(folder)), application)
    watch = FirstPaint(started.begin())
    application.exec()
    started.close()
