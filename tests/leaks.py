"""A test that leaves a thread, a process, a timer or a window behind fails: the next one would meet it."""

import os
import sys
import threading
import weakref
from collections.abc import Iterator
from time import monotonic, sleep
from typing import Any

import psutil
import pytest
from PySide6.QtCore import QProcess, QThread, QTimer
from shiboken6 import isValid

GRACE = 3.0  # seconds that something told to end may take to do so

# Started once by a library for the whole life of the process, and harmless to other tests.
LIBRARY_THREADS = ("tqdm_monitor", "pytest_timeout", "ThreadPoolExecutor-mlflow")
LIBRARY_PROCESSES = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")


RUNNING = {QTimer: "isActive", QThread: "isRunning", QProcess: "state"}
"""What of Qt can be left running, and what tells whether it is."""
MADE: weakref.WeakSet[Any] = weakref.WeakSet()
"""All of those that there are. To look for them among a million objects took more time than many a test."""


def remember(kind: type[Any]) -> None:
    """Have every object of a class of Qt noted when it is made."""
    make = kind.__init__

    def made(self: Any, *arguments: Any, **options: Any) -> None:
        make(self, *arguments, **options)
        MADE.add(self)

    kind.__init__ = made


for kind in RUNNING:
    remember(kind)


def running_threads() -> set[threading.Thread]:
    """Every Python thread but this one and those that belong to a library or to C++."""
    return {
        thread
        for thread in threading.enumerate()
        if thread is not threading.current_thread()
        and not isinstance(thread, threading._DummyThread)
        and not thread.name.startswith(LIBRARY_THREADS)
    }


def child_processes() -> set[psutil.Process]:
    """Every living process that this one started, and theirs."""
    return set() if childless() else {child for child in psutil.Process().children(recursive=True) if counts(child)}


def childless() -> bool:
    """Whether there is no child at all, asked of the system at once: looking through all processes takes a while."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return True
    except AttributeError:  # no such call on this system
        return False
    return False


def counts(process: psutil.Process) -> bool:
    """Whether it still runs and is ours."""
    try:
        command = " ".join(process.cmdline())
        return process.status() != psutil.STATUS_ZOMBIE and not any(name in command for name in LIBRARY_PROCESSES)
    except psutil.Error:
        return False


def qt() -> bool:
    """Whether there is a Qt application, whose objects could be left behind."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    return widgets is not None and widgets.QApplication.instance() is not None


def windows() -> set[Any]:
    """Windows that were not closed for good."""
    if not qt():
        return set()
    settle(sys.modules["PySide6.QtCore"])
    return set(sys.modules["PySide6.QtWidgets"].QApplication.topLevelWidgets())


def running_qt_objects() -> set[Any]:
    """Running timers, threads and processes of Qt."""
    here = QThread.currentThread()
    return {
        thing
        for thing in tuple(MADE)
        if isValid(thing) and thing is not here and is_on(getattr(thing, RUNNING[type_of(thing)])())
    }


def type_of(thing: Any) -> type[Any]:
    """Which of Qt's classes an object is of."""
    return next(kind for kind in RUNNING if isinstance(thing, kind))


def is_on(state: Any) -> bool:
    """`isActive()` and `isRunning()` are booleans, a process's `state()` is an enumeration."""
    return bool(getattr(state, "value", state))


def settle(core: Any) -> None:
    """Let what asked to be deleted be deleted."""
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    core.QCoreApplication.processEvents()


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test that leaves something running; stop child processes, so that the next test starts clean."""
    uses_qt = bool({"qtbot", "qapp"} & set(request.fixturenames))
    threads, processes = running_threads(), child_processes()
    before = windows() | running_qt_objects() if uses_qt else set()
    yield
    end = monotonic() + GRACE
    while (left := left_over(threads, processes)) and monotonic() < end:
        sleep(0.01)
    for process in child_processes() - processes:
        process.kill()
    if uses_qt:
        left += [f"a live {describe(thing)}" for thing in (windows() | running_qt_objects()) - before]
    if left:
        pytest.fail(f"left behind: {', '.join(left)}", pytrace=False)


def left_over(threads: set[threading.Thread], processes: set[psutil.Process]) -> list[str]:
    """Name what runs now and did not before."""
    return [f"thread {thread.name}" for thread in running_threads() - threads] + [
        f"process {process.pid} {' '.join(process.cmdline())}" for process in child_processes() - processes
    ]


def describe(thing: Any) -> str:
    """Say a Qt object's kind, name and what holds it."""
    parent = thing.parent()
    return f"{type(thing).__name__} {thing.objectName()!r} of {type(parent).__name__ if parent else 'nobody'}"
