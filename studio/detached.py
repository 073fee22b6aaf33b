"""`python -m studio.detached LOG COMMAND …`: become the command, with everything it says written to the log.

Qt can start a process that outlives the window and tell its id, or give it a log, but not both.
"""

import os
import sys
from pathlib import Path


def main() -> None:
    """Append standard output and error to the log, then turn into the command; the process id stays."""
    log, command = Path(sys.argv[1]), sys.argv[2:]
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.execv(command[0], command)  # no shell is wanted


if __name__ == "__main__":
    main()
