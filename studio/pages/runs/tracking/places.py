"""Where runs are told to: the workspace's own MLflow file, or a server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.runs import choice, choose
from studio.pages.runs.tracking.card import FieldsCard

if TYPE_CHECKING:
    from studio.context import Studio

VARIABLE = "MLFLOW_TRACKING_URI"
SCHEMES = ("http://", "https://", "sqlite:///", "postgresql", "mysql", "mssql", "databricks", "file:")


class Places(QObject):
    """Shows and changes MLflow's address and the experiment of a workspace.

    Args:
        studio: the window's parts.
        place: what the card lies on.
    """

    chosen = Signal()

    def __init__(self, studio: Studio, place: QWidget) -> None:
        super().__init__(place)
        self._studio, self._place = studio, place
        self._card: FieldsCard | None = None

    @property
    def card(self) -> FieldsCard:
        """The card that shows both."""
        if self._card is None:
            self._card = FieldsCard("MLflow", "Use these", self._place)
            own = "the workspace's own file"
            self._card.add_field("tracking_uri", "Address", placeholder=f"{own}; or such as http://127.0.0.1:5000")
            self._card.add_field("experiment", "Experiment", placeholder="named by each project")
            self._card.finish()
            self._card.wanted.connect(self._choose)
        return self._card

    def ask(self) -> None:
        """Show what holds now."""
        for name, field in self.card.fields.items():
            field.setText(choice(self._studio.workspace, name))
        self.card.fields["tracking_uri"].setEnabled(VARIABLE not in os.environ)
        own = (
            "Runs of this workspace are told to MLflow: to its own file, or to the server at this address, "
            "from now on. A server that is down costs nothing; what it missed is told when it is back."
        )
        given = f"The variable {VARIABLE} says where: {os.environ.get(VARIABLE)}. It goes before what is chosen here."
        self.card.bring(given if VARIABLE in os.environ else own)

    def _choose(self) -> None:
        chosen = {name: field.text().strip() for name, field in self.card.fields.items()}
        uri = chosen["tracking_uri"]
        if uri and not uri.startswith(SCHEMES):
            self.card.say("An address begins with http://, https:// or sqlite:///.")
            return
        try:
            choose(self._studio.workspace, **chosen)
        except OSError as error:
            self.card.say(f"It could not be written down: {error.strerror or error}.")
            return
        self.card.put_away()
        self._studio.launcher.catch_up()
        self.chosen.emit()
