"""The actions that concern MLflow, declared."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QWidget

from studio.actions import Action
from studio.foreign import Foreign
from studio.pages.runs.tracking.places import Places
from studio.pages.runs.tracking.registry import Registry
from studio.pages.runs.tracking.retelling import Retelling

if TYPE_CHECKING:
    from studio.context import Studio

KEY = "mlflow"
SECTION = "mlflow"
LATER = 4000
"""Milliseconds without another word on a run after which MLflow is told of what was written."""


class Tracking(QObject):
    """Opens MLflow's pages, registers models, says where runs go, and has other tools' runs among ours.

    Args:
        studio: the window's parts.
        place: the page.
        selected: the ids of the selected runs now.
    """

    def __init__(self, studio: Studio, place: QWidget, selected: Callable[[], list[str]]) -> None:
        super().__init__(place)
        self._studio, self._selected = studio, selected
        self.foreign = Foreign(studio.live, studio.service, self)
        self.registry = Registry(studio, place)
        self.places = Places(studio, place)
        self._trouble = ""
        self.foreign.failed.connect(self._still_silent)
        self.foreign.heard.connect(self._heard)
        self.retelling = Retelling(studio, self)
        self.places.chosen.connect(self.refresh)
        self.places.chosen.connect(self.retelling.look)
        self._later = QTimer(self, singleShot=True, interval=LATER)
        self._later.timeout.connect(studio.launcher.catch_up)
        studio.live.noted.connect(lambda _: self._later.start())
        place.installEventFilter(self)
        self.actions: dict[str, QAction] = {}
        self._add("mlflow", "Open in MLflow", self.open, icon="external")
        self._add("register", "Register model…", self.register, icon="upload", enabled=self._registrable)
        self._add("tracking", "Where runs are tracked…", self.places.ask, icon="settings")
        self._add("retell", "Tell MLflow of earlier runs…", lambda: self.retelling.look(wanted=True), icon="refresh")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.foreign.pause()
        return super().eventFilter(watched, event)

    def refresh(self) -> None:
        """Ask MLflow what is new: other tools' runs, and the registry."""
        self.foreign.refresh()
        self.registry.refresh()

    def open(self) -> None:
        """Open MLflow's page of the selected runs in the browser; its server is started where none runs yet."""
        self._studio.messages.post("MLflow is being opened …", key=KEY)
        question = {"runs": self._selected()}
        self._studio.service.ask("mlflow_page", question, then=self._show, failed=self._failed)

    def register(self) -> None:
        """Ask under which name the selected run's model shall be registered."""
        self.registry.ask(self._selected()[0])

    def _show(self, answer: dict[str, Any]) -> None:
        url = str(answer["url"])
        if QDesktopServices.openUrl(QUrl(url, QUrl.ParsingMode.TolerantMode)):
            self._studio.messages.clear(KEY)
        else:
            self._studio.messages.post(f"No browser could be opened. MLflow is at {url}", key=KEY)

    def _still_silent(self, sentence: str) -> None:
        """Say so once: it is asked again every minute."""
        if sentence != self._trouble:
            self._trouble = sentence
            self._failed(sentence)

    def _heard(self) -> None:
        if self._trouble:
            self._trouble = ""
            self._studio.messages.clear(KEY)

    def _failed(self, sentence: str) -> None:
        choose = {"Where runs are tracked…": self.places.ask}
        self._studio.messages.post(sentence, tone="warning", key=KEY, actions=choose)

    def _registrable(self) -> bool:
        selected = self._selected()
        return len(selected) == 1 and self._studio.live.state(selected[0]) == "finished"

    def _add(
        self,
        name: str,
        text: str,
        handler: Callable[[], object],
        *,
        icon: str,
        enabled: Callable[[], bool] = lambda: True,
    ) -> None:
        action = Action(
            id=f"runs.{name}", text=text, handler=handler, group="Run", icon=icon, enabled=enabled, section=SECTION
        )
        self.actions[name] = self._studio.actions.add(action)
