"""Running the window without a screen, until it ends by itself."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence

from engine.cli.window import command, environment

LOOK = 0.2
"""Seconds between two looks at how it goes."""


def run_window(
    arguments: Sequence[str], *, within: float = 300.0, meanwhile: Callable[[], None] | None = None
) -> tuple[int, str]:
    """Run the window; its status and the last thing it complained of. `meanwhile` is called a few times a second."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as complaints:
        with subprocess.Popen(
            command([*arguments, "--offscreen"]), env=environment(), stdin=subprocess.DEVNULL, stderr=complaints
        ) as window:
            try:
                _stand_by(window, within, meanwhile or (lambda: None))
            except BaseException:
                window.kill()
                raise
        complaints.seek(0)
        lines = [line.strip() for line in complaints if line.strip()]
    return window.returncode, lines[-1] if lines else ""


def _stand_by(window: subprocess.Popen[bytes], within: float, meanwhile: Callable[[], None]) -> None:
    end = time.monotonic() + within
    while window.poll() is None:
        if time.monotonic() > end:
            raise ValueError(f"The window did not end within {within:.0f} s and was given up.")
        meanwhile()
        time.sleep(LOOK)
    meanwhile()
