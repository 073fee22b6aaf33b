"""NodeGraphQt at the size that it can hold, in an environment of its own: it wants other packages than we have.

Make one with `python -m venv DIR && DIR/bin/pip install NodeGraphQt "PySide6<6.12"` and say where it is in
`NETLOOM_BENCH_NODEGRAPHQT`; without it, nothing is measured.
"""

import json
import os
import subprocess
from pathlib import Path

from tests.bench.report import Figure

SIZE = 500
SCRIPT = Path(__file__).with_name("nodegraphqt.py")


def measure() -> list[Figure]:
    """Draw a chain of nodes in its editor, pan it, and drag one; empty where it is not installed or does not run."""
    python = Path(os.environ.get("NETLOOM_BENCH_NODEGRAPHQT", "")) / "bin" / "python"
    if not python.exists():
        return []
    answer = subprocess.run(
        [str(python), str(SCRIPT), str(SIZE)], stdout=subprocess.PIPE, text=True, check=False, timeout=300
    )
    if answer.returncode:
        return []
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return [
        Figure(name=f"NodeGraphQt, {SIZE} nodes: {name}", value=value, unit="s" if name == "open" else "ms")
        for name, value in found.items()
    ]
