"""A virtual screen with hands: what a person has in front of the real window."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psutil
import pytest

SIZE = (1600, 1000)
Place = Sequence[int]
Keys = Sequence[str]


class Desk:
    """One window on one screen; clicks and keys are real events of the X server."""

    def __init__(self, display: str, process: subprocess.Popen[str]) -> None:
        self._display = display
        self.process = process

    def ask(self, question: str, *arguments: Any) -> Any:
        """Have the guide inside the window look at something."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([question, arguments]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def until(self, condition: Callable[[], Any], *, within: float = 60) -> Any:
        """Wait until something is so and return it; fail after `within` seconds."""
        end = monotonic() + within
        while not (found := condition()):
            if monotonic() > end:
                pytest.fail(f"still not so after {within} s: {condition}, run {self.ask('run')}")
            sleep(0.05)
        return found

    def click(self, name: str) -> None:
        """Click in the middle of something, once it is there."""
        x, y = self.until(lambda: self.ask("where", name), within=30)
        self._hands("mousemove", str(x), str(y), "click", "1")

    def tap(self, place: Place, *, times: int = 1, keys: Keys = (), button: int = 1) -> None:
        """Click at a place of the screen, with keys held."""
        words = ["mousemove", *_words(place), *(word for key in keys for word in ("keydown", key))]
        words += ["click", "--repeat", str(times), "--delay", "40", str(button)]
        self._hands(*words, *(word for key in reversed(keys) for word in ("keyup", key)))

    def drag(self, start: Place, *stops: Place, keys: Keys = (), button: int = 1) -> None:
        """Press at a place, go through the stops, and let go, with keys held; one breath for the hand at each stop."""
        words = ["mousemove", *_words(start)]
        words += [word for key in keys for word in ("keydown", key)]
        words += ["mousedown", str(button)]
        before = start
        for stop in stops:
            middle = ((before[0] + stop[0]) // 2, (before[1] + stop[1]) // 2)
            words += ["mousemove", *_words(middle), "mousemove", *_words(stop), "sleep", "0.03"]
            before = stop
        words += ["mouseup", str(button)]
        words += [word for key in reversed(keys) for word in ("keyup", key)]
        self._hands(*words)

    def move(self, place: Place) -> None:
        """Move the pointer there."""
        self._hands("mousemove", *_words(place))

    def turn(self, place: Place, steps: int) -> None:
        """Turn the wheel at a place: up for more than nothing, down for less."""
        self._hands("mousemove", *_words(place), "click", "--repeat", str(abs(steps)), "4" if steps > 0 else "5")

    def focus(self) -> None:
        """Give the keyboard to the window, as a window manager would; the bare screen has none."""
        self._hands("search", "--sync", "--onlyvisible", "--name", "Netloom", "windowfocus", "--sync")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, such as "ctrl+z"."""
        self._hands("key", "--delay", "30", *keys)

    def write(self, text: str) -> None:
        """Type a text."""
        self._hands("type", "--delay", "20", text)

    def picture(self, path: Path) -> None:
        """Take a picture of the screen, where there is a program for it."""
        if shutil.which("import"):
            subprocess.run(["import", "-window", "root", str(path)], env=self._environment(), check=False)

    def leave(self, *, within: float = 20) -> None:
        """Wait until the window's process has ended."""
        self.process.wait(timeout=within)

    def _hands(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment(), check=True, capture_output=True)

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "DISPLAY": self._display}


def _words(place: Place) -> tuple[str, str]:
    return str(place[0]), str(place[1])


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen; skips where Xvfb or xdotool are not installed."""
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        pytest.skip("needs Xvfb and xdotool (Debian: xvfb, xdotool)")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            yield f":{pipe.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def window(display: str, file: Path, workspace: Path, home: Path) -> Iterator[Desk]:
    """The real window on a project, with settings of its own in `home`."""
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE", "STATE")},
    }
    size = f"{SIZE[0]}x{SIZE[1]}"
    words = [str(file), "--workspace", str(workspace), "--theme", "dark", "--size", size, "--page", "design"]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.guided", *words],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    try:
        desk = Desk(display, process)
        desk.focus()
        yield desk
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()


def processes_of(workspace: Path, module: str) -> list[psutil.Process]:
    """The living processes that run a module for a workspace, such as its workers."""
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        words = process.info["cmdline"] or []
        if module in words and str(workspace) in words and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


def end(workspace: Path, *modules: str) -> None:
    """Kill what still runs these modules for a workspace, in this order; what ends by itself meanwhile is as good.

    All that run a module die at once: one that looks after others would begin them again.
    """
    for module in modules:
        found = processes_of(workspace, module)
        for process in found:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(found, timeout=10)
