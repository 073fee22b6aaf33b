"""Asking for importances, piece by piece, until all is known or nobody wants to know."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from studio.service import Service

KEPT = 12
"""Answers that are kept."""
MORE = 1.1
"""So many times as many finished trials make an answer old."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked: the study, how it is computed, the objective's place, and how many trials were finished then."""

    study: str
    method: str
    objective: int
    finished: int

    def holds_for(self, other: Asked) -> bool:
        """Whether an answer to this answers the other as well: a few trials more change little."""
        same = (self.study, self.method, self.objective) == (other.study, other.method, other.objective)
        return same and self.finished <= other.finished < max(self.finished * MORE, self.finished + 1)


class Asking(QObject):
    """One question at a time; answers are kept.

    Args:
        service: who answers.
    """

    progressed = Signal(int, int)
    """Pieces that are computed, and how many there are."""
    answered = Signal(object)
    """The answer; not as Qt's own map, which would sort it by name."""
    failed = Signal(str)

    def __init__(self, service: Service, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._wanted: Asked | None = None
        self._known: OrderedDict[Asked, Mapping[str, Any]] = OrderedDict()

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._wanted is not None

    def ask(self, asked: Asked) -> None:
        """Ask this, in place of what was asked before; what is known is answered at once."""
        known = next((answer for one, answer in self._known.items() if one.holds_for(asked)), None)
        if known is not None:
            self._wanted = None
            self.answered.emit(dict(known))
        elif self._wanted is None or not self._wanted.holds_for(asked):
            self._wanted = asked
            self._go_on()

    def cancel(self) -> None:
        """Nobody wants to know any more."""
        self._wanted = None

    def _go_on(self) -> None:
        asked = self._wanted
        assert asked is not None
        self._service.ask(
            "importance",
            {"id": asked.study, "method": asked.method, "objective": asked.objective},
            then=lambda found: self._take(asked, found),
            failed=lambda sentence: self._fail(asked, sentence),
        )

    def _take(self, asked: Asked, found: dict[str, Any]) -> None:
        if asked != self._wanted:
            return
        if found.get("state") == "working":
            self.progressed.emit(int(found["done"]), int(found["of"]))
            self._go_on()
            return
        self._wanted = None
        self._known[asked] = found
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        self.answered.emit(found)

    def _fail(self, asked: Asked, sentence: str) -> None:
        if asked == self._wanted:
            self._wanted = None
            self.failed.emit(sentence)
