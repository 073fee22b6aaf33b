"""The page that searches: a new search of the open project, and every study of the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget

from studio.pages.page import Page
from studio.pages.search.chores import MORE
from studio.pages.search.listing import StudyList
from studio.pages.search.setup import Setup, variables_of
from studio.pages.search.study import StudyPanel
from studio.studies import StudyModel
from studio.widgets import Split, row

if TYPE_CHECKING:
    from studio.context import Studio

OPEN = frozenset({"new", "running", "paused", "interrupted"})
"""States of studies that one wants to come back to."""


class Search(Page):
    """A list at the left; beside it a new search, or the study that is chosen."""

    title = "Search"
    icon = "dice"

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.model = StudyModel(studio.service, self)
        self.list = StudyList()
        self.setup, self.panel = Setup(studio), StudyPanel(studio, self.model)
        self._stack = QStackedWidget()
        for part in (self.setup, self.panel):
            self._stack.addWidget(part)
        self._fresh = True
        areas = Split("search", memory=studio.settings, sizes=(216, 1100)).fill(self.list, self._stack, stretch=1)
        self.list.setMinimumWidth(168)
        row(self).addWidget(areas)
        self._connect()
        self._show_new()

    def choose(self, study: str) -> None:
        """Show a study, or a new search where there is no id."""
        self._fresh = False
        self.model.choose(study)
        self.list.choose(study)
        self._stack.setCurrentWidget(self.panel if study else self.setup)
        self.studio.actions.refresh()

    def activated(self) -> None:
        latest, self.studio.searcher.latest = self.studio.searcher.latest, ""
        if latest:
            self.choose(latest)
        self.model.watch(on=True)
        self.list.setFocus()

    def settled(self) -> bool:
        return self.model.known and (not self.model.study or self.panel.settled())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.watch(on=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.watch(on=False)

    def _connect(self) -> None:
        self.list.chosen.connect(self.choose)
        self.list.menu_asked.connect(self._open_menu)
        self.model.listed.connect(self._list)
        self.model.refused.connect(self._tell)
        self.model.chosen.connect(self._chosen)
        self.studio.searcher.started.connect(self._started)
        self.studio.document.changed.connect(self._show_new)

    def _list(self) -> None:
        studies = self.model.studies
        self.list.show_studies(studies)
        if self._fresh and studies and studies[0].state in OPEN:
            self.choose(studies[0].id)  # what was going on when the window was closed
        self._fresh = False
        self.list.choose(self.model.study)
        self.panel.refresh()

    def _chosen(self, study: str) -> None:
        self.list.choose(study)
        self._stack.setCurrentWidget(self.panel if study else self.setup)

    def _started(self, study: str) -> None:
        if self.isVisible():
            self.studio.searcher.latest = ""
            self.choose(study)
            self.model.ask()

    def _show_new(self) -> None:
        project = self.studio.document.project
        count = variables_of(project)
        words = "1 variable" if count == 1 else f"{count} variables" if count else "nothing marked"
        self.list.show_new(project.name, words)

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.studio.actions.refresh()
        for name in ("pause", "go_on", "extend", *MORE):
            if name == "rename":
                menu.addSeparator()
            menu.addAction(self.studio.actions[f"search.{name}"])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _tell(self, sentence: str) -> None:
        self.studio.messages.post(sentence, tone="error", key="search")
