"""Import a room's modules in a fresh interpreter, one after the other, and see who brings in what.

A room's modules share an interpreter, because two hundred of them take a minute to start: the first that brings in a
forbidden package is the one reported, with the line that did it.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.boundaries.rooms import ROOT, Room

# Runs alone, so it stands on the standard library. `find_spec` sees an import when it happens and so knows its line.
SCRIPT = """
import importlib, json, sys, traceback

room = json.loads(sys.argv[1])
shared = tuple(room["engine"])


def forbidden(name):
    if name.split(".")[0] in room["forbidden"]:
        return True
    return name.startswith("engine.") and not any(name == it or name.startswith(it + ".") for it in shared)


class Watch:
    lines = {}

    def find_spec(self, name, path=None, target=None):
        if forbidden(name) and not self.lines:
            frames = [f for f in traceback.extract_stack() if f.filename.startswith(room["root"])]
            self.lines[name] = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "a library"


sys.meta_path.insert(0, Watch())
for module in room["modules"]:
    importlib.import_module(module)
    brought = sorted(name for name in sys.modules if forbidden(name))
    if brought:
        [(first, line)] = list(Watch.lines.items()) or [(brought[0], "unknown")]
        print(f"importing {module} loads {first}, by {line}")
        sys.exit(3)
"""


def trespass(room: Room, root: Path = ROOT) -> str | None:
    """Say which module of the room loads what it must not, and where; None when all keep the rule."""
    question = {
        "modules": room.modules,
        "forbidden": room.forbidden,
        "engine": room.engine,
        "root": str(root),
    }
    answer = subprocess.run(
        [sys.executable, "-P", "-c", SCRIPT, json.dumps(question)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    if answer.returncode == 0:
        return None
    return answer.stdout.strip() or f"importing the room {room.name} fails:\n{answer.stderr}"
