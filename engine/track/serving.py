"""MLflow's own server on loopback, for as long as whoever wanted it lives.

`python -m engine.track.serving COMMAND …` runs a command until standard input ends, which it does when the process at
its other end dies, however that happened; then the command ends too, with all that it started.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from engine.runs import Workspace
from engine.track.starting import QUIET

HOST = "127.0.0.1"
PATIENCE = 60.0
"""Seconds that the server may take until it answers; it imports a lot."""
GRACE = 3.0
"""Seconds between asking the server to end and ending it."""
LOOK = 0.1

SERVER = {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
"""It only shows runs."""


class ServingError(ValueError):
    """The server could not be started; the sentence says why."""


class Serving:
    """A server that is being started, or runs.

    Args:
        workspace: where its log goes.
        uri: the store that it shows.
        port: where it listens; any free port for 0.
    """

    def __init__(self, workspace: Workspace, uri: str, *, port: int = 0) -> None:
        self.uri = uri
        self.port = port or free_port()
        if port and not _free(port):
            raise ServingError(f"The port {port} is taken by another program. Give another one.")
        self.log = workspace.logs / "mlflow-server.log"
        self.log.parent.mkdir(parents=True, exist_ok=True)
        artifacts = ("--default-artifact-root", workspace.artifacts.as_uri())
        server = [sys.executable, "-m", "mlflow", "server", "--backend-store-uri", uri, *artifacts]
        server += ["--host", HOST, "--port", str(self.port), "--workers", "1"]
        with self.log.open("wb") as log:
            self._guard = subprocess.Popen(
                [sys.executable, "-m", "engine.track.serving", *server],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=Path(__file__).parents[2],
                env={**os.environ, **QUIET, **SERVER},
                start_new_session=os.name == "posix",  # Ctrl+C is for us; the server hears of it when we let go
            )

    @property
    def url(self) -> str:
        """Where its pages are."""
        return f"http://{HOST}:{self.port}"

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._guard.poll() is None

    def wait(self, *, within: float = PATIENCE) -> None:
        """Wait until it answers; raise `ServingError` when it ends instead, or says nothing for too long."""
        end = time.monotonic() + within
        while not answers(f"{self.url}/health"):
            if not self.alive or time.monotonic() > end:
                reason = self._reason()
                self.close()
                raise ServingError(f"MLflow's server did not start{reason}. Its log says more: {self.log}")
            time.sleep(LOOK)

    def stay(self) -> None:
        """Wait until it ends by itself."""
        self._guard.wait()

    def close(self) -> None:
        """End it."""
        assert self._guard.stdin is not None
        with suppress(OSError):
            self._guard.stdin.close()
        try:
            self._guard.wait(GRACE + 2)
        except subprocess.TimeoutExpired:
            self._guard.kill()
            self._guard.wait()

    def _reason(self) -> str:
        with suppress(OSError):
            lines = [line.strip() for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
            if lines:
                return f" ({lines[-1][:200]})"
        return ""


def free_port() -> int:
    """A port of this machine that nobody listens at now."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def answers(url: str) -> bool:
    """Whether something answers at an address, at once."""
    try:
        with urlopen(url, timeout=2) as found:
            return bool(found.status == 200)
    except (URLError, OSError, ValueError):
        return False


def _free(port: int) -> bool:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((HOST, port))
        except OSError:
            return False
    return True


def guard(command: Sequence[str]) -> int:
    """Run a command until standard input ends or it does; return its status."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=os.name == "posix")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    watcher = threading.Thread(target=_watch, args=(lambda: _end(process),), daemon=True)
    watcher.start()
    try:
        return process.wait()
    finally:
        _end(process)


def _watch(then: Callable[[], None]) -> None:
    while os.read(0, 1):
        pass
    then()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started."""
    if os.name != "posix":
        process.kill()
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
        os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(guard(sys.argv[1:]))
