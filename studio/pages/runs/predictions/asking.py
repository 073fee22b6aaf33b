"""Asking runs about their samples, slice by slice, until all is known or nobody wants to know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from studio.service import Service


class Asking(QObject):
    """One comparison at a time.

    Args:
        service: who answers.
    """

    progressed = Signal(str, int, int)
    """The run that is asked, how many samples it answered, and of how many."""
    answered = Signal(dict)
    failed = Signal(str)

    def __init__(self, service: Service, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._wanted: tuple[tuple[str, ...], str] | None = None
        self.busy = False

    @property
    def wanted(self) -> tuple[tuple[str, ...], str] | None:
        """Which runs are asked about which split."""
        return self._wanted

    def ask(self, runs: Sequence[str], split: str) -> None:
        """Ask these, and forget what was asked before."""
        self._wanted, self.busy = (tuple(runs), split), True
        self._go_on()

    def cancel(self) -> None:
        """Nobody wants to know any more: the work stops at the end of its slice."""
        self._wanted, self.busy = None, False

    def _go_on(self) -> None:
        asked = self._wanted
        assert asked is not None
        runs, split = asked
        self._service.ask(
            "predictions",
            {"runs": list(runs), "split": split},
            then=lambda found: self._take(asked, found),
            failed=lambda sentence: self._fail(asked, sentence),
        )

    def _take(self, asked: tuple[tuple[str, ...], str], found: dict[str, Any]) -> None:
        if asked != self._wanted:
            return
        if found.get("state") == "working":
            self.progressed.emit(found["run"], found["done"], found["of"])
            self._go_on()
            return
        self.busy = False
        self.answered.emit(found)

    def _fail(self, asked: tuple[tuple[str, ...], str], sentence: str) -> None:
        if asked == self._wanted:
            self.busy = False
            self.failed.emit(sentence)
