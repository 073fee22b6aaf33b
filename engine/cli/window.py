"""Starting the window: a process of its own kind, which this one becomes where the system can do that."""

from __future__ import annotations

import difflib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
"""Where the packages lie: a checkout, or the site-packages they were installed in."""
EXAMPLES = ROOT / "assets" / "examples"
TEMPLATES = ROOT / "assets" / "templates"


def command(arguments: Sequence[str]) -> list[str]:
    """What starts the window."""
    return [sys.executable, "-m", "studio", *arguments]


def environment() -> Mapping[str, str]:
    """An environment in which Python finds Netloom but no module that happens to lie in the current folder."""
    safe = {**os.environ, "PYTHONSAFEPATH": "1"}
    if "site-packages" not in ROOT.parts:
        safe["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    return safe


def open_window(arguments: Sequence[str]) -> int:
    """Become the window; on Windows, stand by it and return its status."""
    if trouble := _trouble(arguments):
        sys.stderr.write(f"{trouble}\n")
        return 2
    if os.name == "posix":
        sys.stdout.flush()
        os.execve(sys.executable, command(arguments), environment())
    return subprocess.run(command(arguments), env=environment(), check=False).returncode


def _trouble(arguments: Sequence[str]) -> str:
    """Why the first argument is neither a file nor an option, and what was perhaps meant."""
    from engine.cli import COMMANDS

    if not arguments or arguments[0].startswith("-") or Path(arguments[0]).exists():
        return ""
    word = arguments[0]
    if word.endswith(".netloom") or os.sep in word:
        return f"There is no file '{word}'."
    meant = difflib.get_close_matches(word, COMMANDS, n=1)
    hint = f"Did you mean `netloom {meant[0]}`?" if meant else "`netloom --help` lists the commands."
    return f"There is neither a file nor a command '{word}'. {hint}"
