"""Having the MLflow that was chosen told of the runs that another one was told of before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from studio.context import Studio

KEY = "mlflow"


class Retelling(QObject):
    """Asks whether there are such runs, and tells of them where a person wants that.

    Args:
        studio: the window's parts.
    """

    def __init__(self, studio: Studio, parent: QObject) -> None:
        super().__init__(parent)
        self._studio = studio

    def look(self, *, wanted: bool = False) -> None:
        """Offer to tell of them; where none are, say so to whoever `wanted` to know."""
        self._studio.service.ask(
            "told_elsewhere", {}, then=lambda answer: self._offer(int(answer["runs"]), wanted), failed=self._failed
        )

    def _offer(self, runs: int, wanted: bool) -> None:
        if runs:
            were = "One run was" if runs == 1 else f"{runs:,} runs were"
            text = f"{were} told to another MLflow than the one that is chosen now."
            self._post(text, actions={"Tell this one too": self._retell})
        elif wanted:
            self._post("The MLflow that is chosen was told of every run.")

    def _retell(self) -> None:
        self._studio.service.ask("retell", {}, then=self._begin, failed=self._failed)

    def _begin(self, answer: dict[str, Any]) -> None:
        self._studio.launcher.catch_up()
        runs = int(answer["runs"])
        are = "One run is" if runs == 1 else f"{runs:,} runs are"
        self._post(f"{are} being told to MLflow; that goes on in the background.")

    def _failed(self, sentence: str) -> None:
        self._studio.messages.post(sentence, tone="warning", key=KEY)

    def _post(self, text: str, *, actions: dict[str, Any] | None = None) -> None:
        self._studio.messages.post(text, key=KEY, actions=actions)
