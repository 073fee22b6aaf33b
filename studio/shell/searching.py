"""Start search: the action, wherever one is in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.actions import Action
from studio.searching.settings import refusal

if TYPE_CHECKING:
    from studio.context import Studio
    from studio.shell.training import Training


class Searching(QObject):
    """Starts a search of the project that is open.

    Args:
        studio: the window's parts.
        training: refuses what cannot be trained.
    """

    def __init__(self, studio: Studio, training: Training, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio, self._training = studio, training
        studio.actions.add(
            Action(
                id="run.search",
                text="Start search",
                handler=self.start,
                group="Run",
                shortcut="Ctrl+Alt+Return",
                icon="dice",
            )
        )

    def start(self) -> None:
        """Freeze the project with its marks into a study, and let workers search it, unless something is wrong."""
        studio, document = self._studio, self._studio.document
        if self._training.refused():
            return
        wrong = refusal(document.project, studio.catalogue)
        try:
            if wrong:
                raise ValueError(wrong)
            studio.searcher.start(document.project, folder=document.folder, device=studio.launcher.place)
        except (ValueError, OSError) as error:
            shown = studio.actions["page.search"].isChecked()
            actions = {} if shown else {"Show": lambda: studio.actions.trigger("page.search")}
            studio.messages.post(f"Not started: {error}", tone="error", key="search", actions=actions)
            return
        studio.messages.clear("search")
        studio.actions.trigger("page.search")
