"""What is installed, what works and how to mend what does not. What may be broken is imported in other processes."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, requires, version
from pathlib import Path
from typing import Literal

from packaging.requirements import Requirement

from engine.runs import Workspace, WorkspaceError
from engine.spec import Catalogue
from engine.track import tracking_uri

LONGEST = 120.0
"""Seconds that a library may take to be imported; a cold disk is slow."""
ROOMY = 2 << 30
"""Bytes that should be free for checkpoints."""

State = Literal["fine", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    text: str
    state: State = "fine"
    mend: str = ""


def examine(workspace: Workspace) -> Iterator[Finding]:
    """Look at everything, quick things first."""
    yield Finding("Python", f"{platform.python_version()} on {platform.platform()}, {sys.executable}")
    yield from packages()
    pair = torch_pair()
    yield pair
    if pair.state != "error":
        yield from devices()
    yield from window()
    yield from packs()
    yield from room(workspace)
    yield tracking(workspace)


def packages() -> Iterator[Finding]:
    """Every required package: there, and of a version that works."""
    try:
        wanted = [Requirement(one) for one in requires("netloom") or []]
    except PackageNotFoundError:
        yield Finding("netloom", "is run from a folder in which it was not installed", "warning", "pip install -e .")
        return
    yield Finding("netloom", version("netloom"))
    for one in wanted:
        if one.marker is None or one.marker.evaluate({"extra": ""}):
            yield _package(one)


def torch_pair(find: Callable[[str], str] = version) -> Finding:
    """Whether torch and torchvision were built for each other, by their own word and by trying."""
    name = "torch and torchvision"
    try:
        torch, vision = find("torch"), find("torchvision")
    except PackageNotFoundError as error:
        return Finding(
            name, f"{error.name or 'one of them'} is not installed", "error", "pip install torch torchvision"
        )
    mend = _mend_pair(torch)
    partner = _partner()
    if partner and partner != torch.partition("+")[0]:
        text = f"torchvision {vision} was built for torch {partner}, and torch {torch} is installed"
        return Finding(name, text, "error", mend)
    status, said = _try("import torch, torchvision; torchvision.ops.nms")
    if status:
        return Finding(name, f"torch {torch} and torchvision {vision} do not work together ({said})", "error", mend)
    return Finding(name, f"{torch} and {vision} fit together")


def devices() -> Iterator[Finding]:
    """Where runs can be trained, by torch's own word in a process of its own."""
    status, said = _try("import json; from engine.service.devices import devices; print(json.dumps(devices()))")
    if status:
        yield Finding("devices", f"PyTorch could not say ({said})", "error")
        return
    found = json.loads(said)
    for one in found:
        yield Finding("device", f"{one['name']}: {one['label']}, {one['memory'] / 2**30:.0f} GiB")
    if len(found) == 1 and shutil.which("nvidia-smi"):
        text = "there is an NVIDIA driver, but PyTorch sees no GPU"
        yield Finding("device", text, "warning", "Update the driver, or install a torch built for its CUDA version.")


def window() -> Iterator[Finding]:
    """Whether Qt works, and whether there is a screen."""
    code = "from PySide6.QtWidgets import QApplication; import pyqtgraph; QApplication([]); print('ok')"
    status, said = _try(code, QT_QPA_PLATFORM="offscreen")
    if status:
        missing = re.search(r"(lib[\w.+-]+\.so[\w.]*)", said)
        mend = "apt-get install libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3" if missing else ""
        yield Finding("window", f"Qt does not start ({said})", "error", mend)
        return
    if has_screen():
        yield Finding("screen", "there is one")
    else:
        text = "there is none: `netloom demo` and `netloom shot` work all the same"
        yield Finding("screen", text, "warning")


def has_screen() -> bool:
    """Whether a window could be seen."""
    if sys.platform in {"win32", "darwin"}:
        return True
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal", "vnc"}:
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def packs() -> Iterator[Finding]:
    """Which packs could not be loaded."""
    catalogue = Catalogue.load()
    counts = f"{len(catalogue.layers)} layers, {len(catalogue.datasets)} datasets, {len(catalogue.tasks)} tasks"
    yield Finding("packs", counts)
    for pack, reason in catalogue.failures.items():
        yield Finding("packs", f"'{pack}' could not be loaded: {reason}", "warning")


def room(workspace: Workspace) -> Iterator[Finding]:
    """Whether the workspace can be written to, and has room."""
    try:
        workspace.prepare()
    except WorkspaceError as error:
        yield Finding("workspace", str(error), "error", "Name another with --workspace, or set NETLOOM_HOME.")
        return
    free = shutil.disk_usage(workspace.path).free
    text = f"{workspace.path}, {free / 2**30:.1f} GiB free"
    yield Finding("workspace", text, "fine" if free > ROOMY else "warning", "" if free > ROOMY else "Make some room.")


def tracking(workspace: Workspace) -> Finding:
    """Whether MLflow can be told of runs now. Where not, nothing is lost: it is told later."""
    uri = tracking_uri(workspace)
    try:
        if uri.startswith(("http://", "https://")):
            with urllib.request.urlopen(f"{uri.rstrip('/')}/health", timeout=5) as answer:
                answer.read()
        elif uri.startswith("sqlite:///"):
            _try_database(Path(uri.removeprefix("sqlite:///")))
    except (OSError, sqlite3.Error) as error:
        text = f"{uri} does not answer ({error}); runs are kept and it is told when it does"
        return Finding("MLflow", text, "warning", "Start the server, or unset MLFLOW_TRACKING_URI.")
    return Finding("MLflow", uri)


def _package(wanted: Requirement) -> Finding:
    try:
        found = version(wanted.name)
    except PackageNotFoundError:
        return Finding(wanted.name, "is not installed", "error", f'pip install "{wanted}"')
    if not wanted.specifier.contains(found, prereleases=True):
        text = f"{found} is installed, and Netloom works with {wanted.specifier}"
        return Finding(wanted.name, text, "error", f'pip install "{wanted}"')
    return Finding(wanted.name, found)


def _partner() -> str:
    """The torch that the installed torchvision names as its own."""
    for one in distribution("torchvision").requires or []:
        wanted = Requirement(one)
        exact = [part.version for part in wanted.specifier if part.operator == "=="]
        if wanted.name == "torch" and exact:
            return exact[0].partition("+")[0]
    return ""


def _mend_pair(torch: str) -> str:
    build = torch.partition("+")[2]
    index = f" --index-url https://download.pytorch.org/whl/{build}" if build else ""
    return f"pip install --force-reinstall torch torchvision{index}"


def _try(code: str, **variables: str) -> tuple[int, str]:
    """Run some Python apart from us; its status and the last line it said."""
    root = str(Path(__file__).parents[1])
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", f"import sys; sys.path.append({root!r}); {code}"],
            capture_output=True,
            text=True,
            timeout=LONGEST,
            env={**os.environ, **variables},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return 1, f"it took longer than {LONGEST:.0f} s"
    lines = (done.stderr if done.returncode else done.stdout).strip().splitlines()
    return done.returncode, lines[-1] if lines else f"it ended with status {done.returncode}"


def _try_database(path: Path) -> None:
    if path.exists():
        with closing(sqlite3.connect(path, timeout=2)) as database:
            database.execute("BEGIN IMMEDIATE")
            database.rollback()
