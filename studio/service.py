"""Questions to the engine, which answers in another process: shapes, previews, devices.

One JSON object a line each way. The window never waits: an answer comes as a call, and a newer question of the same
method takes the place of an older one.
"""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QProcess, QTimer, Signal
from shiboken6 import isValid

from engine.spec import Project, project_text

Then = Callable[[Any], object]
Failed = Callable[[str], object]

BACKOFF = (0, 300, 1000, 3000, 10_000)  # milliseconds before each restart; one that lived a minute starts anew
COMMAND = (sys.executable, "-m", "engine.service")


@dataclass(frozen=True, kw_only=True)
class _Question:
    method: str
    params: dict[str, Any]
    then: Then
    failed: Failed | None


class Service(QObject):
    """The engine's answers.

    `state` is starting, ready, restarting, failed or closed. A service that dies is started again and asked again what
    it had not answered; one that dies five times in a row is left alone until `restart`.

    Args:
        command: what to run in place of the engine's service.
    """

    state_changed = Signal(str)

    def __init__(self, command: Sequence[str] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = tuple(command) or COMMAND
        self._ids = count(1)
        self._waiting: dict[int, _Question] = {}
        self._deaths = 0
        self._started = 0.0
        self._said: deque[str] = deque(maxlen=20)
        self._process: QProcess | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._start)
        self.state = "starting"

    def start(self) -> None:
        """Start the process; questions asked before it is ready are kept."""
        self._timer.start(0)

    def ask(self, method: str, params: dict[str, Any], *, then: Then, failed: Failed | None = None) -> None:
        """Ask, and have `then(result)` or `failed(sentence)` called, unless a newer question takes its place.

        The params are plain JSON, but for projects, which are written when they are sent.
        """
        self._waiting = {number: old for number, old in self._waiting.items() if old.method != method}
        number = next(self._ids)
        self._waiting[number] = _Question(method=method, params=params, then=then, failed=failed)
        if self.state == "ready":
            self._send(number)
        elif self.state == "failed":
            self._answer(number, {"error": self.reason()})

    def reason(self) -> str:
        """Why the service is gone: the last thing it said."""
        last = next((line for line in reversed(self._said) if line.strip()), "it gave no reason")
        return f"The engine's service could not be kept running ({last.strip()}). `netloom doctor` says more."

    def restart(self) -> None:
        """Try again after a failure."""
        self._deaths = 0
        if self._process is None:
            self._set_state("starting")
            self._timer.start(0)

    def close(self) -> None:
        """End the process; called when the window closes."""
        self._timer.stop()
        self._set_state("closed")
        self._waiting.clear()
        if (process := self._process) is not None:
            self._process = None
            process.finished.disconnect()
            process.closeWriteChannel()  # the service ends by itself at the end of its input
            if not process.waitForFinished(300):
                process.kill()
                process.waitForFinished(2000)
            process.deleteLater()

    def _start(self) -> None:
        process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._listen)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._broke)
        self._process = process
        self._started = monotonic()
        process.start(self._command[0], list(self._command[1:]))

    def _read(self) -> None:
        process = self._process
        while process is not None and process.canReadLine():
            try:
                message = json.loads(bytes(process.readLine().data()))
            except ValueError:
                continue  # a library that prints must not take the answers down
            if isinstance(message, dict):
                self._take(message)
            process = self._process

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("ready"):
            kept = tuple(self._waiting)  # whoever hears of the state may ask more, and that is sent at once
            self._set_state("ready")
            for number in kept:
                if number in self._waiting:
                    self._send(number)
        elif isinstance(message.get("id"), int):
            self._answer(message["id"], message)

    def _answer(self, number: int, message: dict[str, Any]) -> None:
        question = self._waiting.pop(number, None)
        if question is None or message.get("dropped"):
            return
        if "error" not in message:
            _call(question.then, message.get("result"))
        elif question.failed is not None:
            _call(question.failed, str(message["error"]))

    def _send(self, number: int) -> None:
        question = self._waiting[number]
        assert self._process is not None
        line = f'{{"id": {number}, "method": {json.dumps(question.method)}, "params": {_written(question.params)}}}'
        self._process.write(line.encode() + b"\n")

    def _listen(self) -> None:
        if self._process is not None:
            text = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
            self._said.extend(text.splitlines())

    def _broke(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            self._said.append(self._process.errorString())
            self._ended()

    def _ended(self) -> None:
        if self._process is None:
            return
        self._listen()
        self._process.deleteLater()
        self._process = None
        self._deaths = 1 if monotonic() - self._started > 60 else self._deaths + 1
        if self._deaths < len(BACKOFF):
            self._set_state("restarting")
            self._timer.start(BACKOFF[self._deaths])
            return
        self._set_state("failed")
        for number in tuple(self._waiting):
            self._answer(number, {"error": self.reason()})

    def _set_state(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _written(params: Mapping[str, Any]) -> str:
    parts = (
        f"{json.dumps(name)}: {project_text(value) if isinstance(value, Project) else json.dumps(value)}"
        for name, value in params.items()
    )
    return "{" + ", ".join(parts) + "}"


def _call(function: Callable[[Any], object], value: Any) -> None:
    owner = getattr(function, "__self__", None)
    if isinstance(owner, QObject) and not isValid(owner):
        return  # whoever asked is gone
    function(value)
