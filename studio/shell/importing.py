"""Importing a published model: the action, and the list that one chooses from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from engine.spec import project_from_json
from engine.spec.quantities import count_text
from studio.actions import Action

if TYPE_CHECKING:
    from studio.widgets.chooser import Chooser
    from studio.window import Window


class Importing(QObject):
    """Lets a person open a classification model of torchvision as a project that has no file yet.

    Args:
        window: what the list lies over.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._wanted = ""
        self.chooser: Chooser | None = None
        window.studio.actions.add(
            Action(
                id="file.import",
                text="Import a torchvision model…",
                handler=self.open,
                group="File",
                icon="download",
                section="file",
            )
        )

    def open(self) -> None:
        """Show the list of models, which the service is asked for the first time."""
        if self.chooser is None:
            self.chooser = self._made()
        self.chooser.open()
        if not self.chooser.names():
            self._ask_for_names()

    def _made(self) -> Chooser:
        from studio.widgets.chooser import Chooser  # it is not needed before it is asked for

        chooser = Chooser("Import a torchvision model", "Search models: resnet, vit, mobilenet …", self._window)
        chooser.chosen.connect(self._ask)
        chooser.closed.connect(self._forget)
        return chooser

    def _ask_for_names(self) -> None:
        assert self.chooser is not None
        self.chooser.set_busy("Looking for models …")
        self._window.studio.service.ask("torchvision_models", {}, then=self._offer, failed=self._failed)

    def _offer(self, models: list[dict[str, Any]]) -> None:
        from studio.widgets.chooser import Choice

        assert self.chooser is not None
        self.chooser.set_choices([Choice(one["name"], _detail(one.get("parameters"))) for one in models])

    def _ask(self, name: str) -> None:
        assert self.chooser is not None
        self._wanted = name
        self.chooser.set_busy(f"Drawing {name} …")
        service = self._window.studio.service
        service.ask("import", {"model": name}, then=partial(self._drawn, name), failed=self._failed)

    def _drawn(self, name: str, answer: dict[str, Any]) -> None:
        """Open what came, unless the person has turned away from it."""
        if name != self._wanted or self.chooser is None:
            return
        project = project_from_json(answer["project"])
        self.chooser.close_chooser()
        self._window.studio.document.sheets.open(project)
        self._window.show_page("design")

    def _failed(self, sentence: str) -> None:
        if self.chooser is not None:
            self.chooser.set_error(sentence)

    def _forget(self) -> None:
        self._wanted = ""


def _detail(parameters: int | None) -> str:
    return f"{count_text(parameters)} parameters" if parameters else ""
