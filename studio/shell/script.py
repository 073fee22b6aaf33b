"""The window driven without a person: train, wait, take pictures of pages, and end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.states import OVER

if TYPE_CHECKING:
    from studio.pages.page import Page
    from studio.window import Window

LOOK = 50
PATIENCE = 60.0
"""Seconds that a page gets to settle before its picture is taken as it is."""

Step = Callable[[], bool]


@dataclass(frozen=True, kw_only=True)
class Shot:
    """A picture to take: of which page, in which theme, into which file."""

    page: str
    theme: str
    path: Path


class Script(QObject):
    """Goes through its steps one after the other; each is asked again until it says it is done.

    Args:
        window: what is driven.
        train: start a run first and wait for its end.
        shots: pictures to take then.
        quits: end when all is done.
    """

    finished = Signal(int)
    """All is done; the exit status is 1 when the run did not finish or a picture could not be written."""

    def __init__(self, window: Window, *, train: bool, shots: tuple[Shot, ...], quits: bool) -> None:
        super().__init__(window)
        self._window = window
        self._studio = window.studio
        self._quits = quits
        self._status = 0
        self._page: Page | None = None
        self._since = monotonic()
        self._steps: list[Step] = [self._ready, self._train, self._trained] if train else []
        for shot in shots:
            self._steps += [partial(self._turn_to, shot), self._settled, partial(self._take, shot)]
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()

    def _go_on(self) -> None:
        if self._steps and self._steps[0]():
            self._steps.pop(0)
            self._since = monotonic()
        if not self._steps:
            self._timer.stop()
            if self._quits:
                self.finished.emit(self._status)

    def _late(self) -> bool:
        return monotonic() - self._since > PATIENCE

    def _ready(self) -> bool:
        analysis, service = self._studio.analysis, self._studio.service
        return (not analysis.stale and bool(analysis.report)) or service.state == "failed" or self._late()

    def _train(self) -> bool:
        self._before = self._studio.live.current
        self._window.training.train()
        return True

    def _trained(self) -> bool:
        run = self._studio.live.current
        if run is None or run == self._before:
            self._status = 1
            return True  # it was refused: the banner says why
        state = self._studio.live.state(run)
        if state not in OVER:
            return False
        self._status = 0 if state == "finished" else 1
        return True

    def _turn_to(self, shot: Shot) -> bool:
        self._studio.theme.set_mode("light" if shot.theme == "light" else "dark")
        self._page = self._window.show_page(shot.page)  # once: a page that is shown anew asks anew
        return True

    def _settled(self) -> bool:
        known = self._ready() and not self._window.fit.foretelling.busy
        return (known and self._page is not None and self._page.settled()) or self._late()

    def _take(self, shot: Shot) -> bool:
        if monotonic() - self._since < 0.4:
            return False  # fits, animations and the last repaint come after the answer
        shot.path.parent.mkdir(parents=True, exist_ok=True)
        if not self._window.grab().save(str(shot.path)):
            self._status = 1
        return True
