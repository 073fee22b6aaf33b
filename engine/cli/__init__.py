"""The command line. Without a command it becomes the window, before anything heavier than that is loaded."""

from __future__ import annotations

import sys
from collections.abc import Sequence

COMMANDS = (
    "demo",
    "new",
    "train",
    "search",
    "again",
    "resume",
    "check",
    "import",
    "export",
    "runs",
    "compare",
    "mlflow",
    "shot",
    "doctor",
)
HELP = ("--help", "-h", "--version", "--install-completion", "--show-completion")


def main(arguments: Sequence[str] | None = None) -> None:
    """`netloom`: run a command, or become the window; ends the process with the command's status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in (*COMMANDS, *HELP):
        from engine.cli.app import run

        sys.exit(run(given))
    from engine.cli.window import open_window

    sys.exit(open_window(given))
