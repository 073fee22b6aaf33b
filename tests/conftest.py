"""What every test stands on: no screen, no network, settings of its own, and nothing left behind."""

import atexit
import gc
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from hypothesis import settings

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"
PRIVATE_HOME = tempfile.mkdtemp(prefix="netloom-tests-")

# Before anything imports Qt or mlflow: no screen, no telemetry, and nobody's own settings are read or written.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.update(
    {f"XDG_{kind}_HOME": f"{PRIVATE_HOME}/{kind.lower()}" for kind in ("CONFIG", "DATA", "CACHE", "STATE")},
    DO_NOT_TRACK="true",
    MLFLOW_DISABLE_TELEMETRY="true",
)
for name in ("MLFLOW_TRACKING_URI", "NETLOOM_WORKSPACE", "DISPLAY", "WAYLAND_DISPLAY"):
    os.environ.pop(name, None)
atexit.register(shutil.rmtree, PRIVATE_HOME, ignore_errors=True)

pytest_plugins = ["tests.leaks"]

# The suite has ten minutes; `HYPOTHESIS_EXAMPLES=1000 pytest tests/spec` looks longer.
settings.register_profile("netloom", max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "30")), deadline=None)
settings.load_profile("netloom")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse connections that leave this machine: a test that needs them would fail elsewhere."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "localhost", "::1"):
            raise OSError(f"tests have no network; {address[0]} was asked for")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", local_only)
        yield


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """Find a real dataset beside the repository, or skip: `shared_data("penguins")`."""

    def find(name: str) -> Path:
        folder = SHARED_DATA / name
        if not folder.exists():
            pytest.skip(f"needs the dataset {name} in {SHARED_DATA}, which is not on this machine")
        return folder

    return find


@pytest.fixture(scope="session")
def eventually() -> Callable[..., None]:
    """Wait until a condition holds, or fail: `eventually(lambda: path.exists(), within=5)` (seconds)."""

    def wait(condition: Callable[[], object], *, within: float = 10) -> None:
        end = monotonic() + within
        while not condition():
            if monotonic() > end:
                pytest.fail(f"still not so after {within} s: {condition}")
            sleep(0.005)

    return wait


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files of slow tests: in the end one process would wait for the other's."""
    slow = {item.path for item in items if any(item.get_closest_marker(mark) for mark in ("slow", "journey"))}
    items.sort(key=lambda item: item.path not in slow)  # keeps the order of all others


def pytest_collection_finish() -> None:
    """What was loaded until now stays: whoever collects garbage in a test need not go through it."""
    gc.freeze()
