"""Exporting the network as PyTorch: the action, the place to save it, and what came of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from engine.spec import project_to_json, write_atomically
from studio.actions import Action

if TYPE_CHECKING:
    from studio.window import Window

KEY = "export"
NETWORK = "model"


class Exporting(QObject):
    """Lets a person save the network as the source of a PyTorch module.

    Args:
        window: what the file dialog belongs to.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        window.studio.actions.add(
            Action(
                id="file.export",
                text="Export as PyTorch…",
                handler=self.choose,
                group="File",
                icon="upload",
                enabled=lambda: bool(window.studio.document.project.model.nodes),
                section="export",
            )
        )

    def choose(self) -> None:
        """Ask where it shall be saved."""
        document = self._window.studio.document
        dialog = QFileDialog(self._window, "Export as PyTorch", str(document.folder), "Python (*.py)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("py")
        dialog.selectFile("model.py")
        dialog.fileSelected.connect(lambda name: self.export(Path(name)))
        dialog.open()

    def export(self, place: Path) -> None:
        """Have the network written, and save it."""
        document = self._window.studio.document
        question = {"project": project_to_json(document.project), "folder": str(document.folder), "network": NETWORK}
        self._window.studio.service.ask("export", question, then=partial(self._save, place), failed=self._failed)

    def _save(self, place: Path, answer: dict[str, Any]) -> None:
        try:
            write_atomically(place, answer["source"])
        except OSError as error:
            self._failed(f"“{place}” could not be written: {error.strerror or error}.")
            return
        show = {"Show it": lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))}
        text = f"The network was written to “{place.name}”; plain PyTorch, without Netloom."
        self._window.studio.messages.post(text, tone="success", key=KEY, actions=show)

    def _failed(self, sentence: str) -> None:
        self._window.studio.messages.post(sentence, tone="error", key=KEY)
