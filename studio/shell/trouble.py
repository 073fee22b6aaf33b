"""When something in the studio itself goes wrong: said in a banner, and nothing is lost."""

from __future__ import annotations

import sys
import traceback
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from studio.context import Studio


class Trouble(QObject):
    """Tells of a service that cannot be kept alive and of mistakes in the window's own code.

    Args:
        studio: the window's parts.
    """

    def __init__(self, studio: Studio, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        studio.service.state_changed.connect(self._service_changed)

    def catch(self) -> None:
        """Show what no code caught, in place of losing it on a terminal that nobody sees."""
        sys.excepthook = self._caught

    def _service_changed(self, state: str) -> None:
        if state == "failed":
            service = self._studio.service
            actions = {"Try again": service.restart}
            self._studio.messages.post(service.reason(), tone="error", key="service", actions=actions)
        elif state == "ready":
            self._studio.messages.clear("service")

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        text = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(text)
        if issubclass(kind, KeyboardInterrupt):
            return
        place = self._studio.settings.folder / "errors.log"
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("a", encoding="utf-8") as log:
                log.write(text)
        except OSError:
            return
        sentence = (
            f"That went wrong inside Netloom ({kind.__name__}: {error}). Your edits are kept; {place} has the details."
        )
        self._studio.messages.post(sentence, tone="error", key="mistake")
