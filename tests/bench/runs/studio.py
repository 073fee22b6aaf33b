"""A studio around one page: everything is real but the engine's service, which is never asked."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from engine.runs import Workspace
from engine.spec import Catalogue, Project
from studio.actions import Actions
from studio.context import Studio
from studio.document import Document
from studio.launcher import Launcher
from studio.live import Live
from studio.messages import Messages
from studio.searcher import Searcher
from studio.settings import Settings
from studio.theme import Theme


class Nobody(QObject):
    """Stands in for service and analysis."""

    state_changed = Signal(str)
    changed = Signal()
    state = "ready"
    problems = ()

    def ask(self, *_: Any, **__: Any) -> None:
        """Answer nothing."""


def make_studio(application: QApplication, workspace: Workspace, memory: Path) -> Studio:
    """What a page needs.

    Args:
        application: Qt's.
        workspace: whose runs are shown.
        memory: where settings are kept.
    """
    nobody: Any = Nobody()
    return Studio(
        document=Document(Project()),
        catalogue=Catalogue.load(),
        analysis=nobody,
        service=nobody,
        live=Live(workspace),
        launcher=Launcher(workspace, ("true",)),
        searcher=Searcher(workspace, ("true",)),
        workspace=workspace,
        settings=Settings(memory),
        theme=Theme(application, "dark"),
        actions=Actions(),
        messages=Messages(),
    )
