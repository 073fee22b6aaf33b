"""The leak checks themselves: each must be able to fail."""

import textwrap
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

THREAD = """
    import threading
    def test_it():
        threading.Thread(target=threading.Event().wait, args=(8,), daemon=True, name="forgotten").start()
"""
PROCESS = """
    import subprocess, sys
    def test_it():
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
"""
TIMER = """
    from PySide6.QtCore import QTimer
    kept = []
    def test_it(qtbot):
        kept.append(QTimer(objectName="forgotten"))
        kept[0].start(1000)
"""
WINDOW = """
    from PySide6.QtWidgets import QWidget
    kept = []
    def test_it(qtbot):
        kept.append(QWidget(objectName="forgotten"))
"""
TIDY = """
    import subprocess, sys, threading
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget
    def test_it(qtbot):
        widget = QWidget()
        qtbot.addWidget(widget)
        QTimer(widget).start(1000)
        thread = threading.Thread(target=int)
        thread.start()
        subprocess.run([sys.executable, "-c", ""])
"""


@pytest.fixture(autouse=True)
def tests_are_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))


def run(pytester: pytest.Pytester, source: str) -> pytest.RunResult:
    pytester.makepyfile(textwrap.dedent(source))
    return pytester.runpytest_subprocess("-p", "tests.leaks", "-p", "no:cacheprovider")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (THREAD, "thread forgotten"),
        (PROCESS, "process "),
        (TIMER, "QTimer 'forgotten'"),
        (WINDOW, "QWidget 'forgotten'"),
    ],
    ids=["thread", "process", "timer", "window"],
)
def test_that_a_test_which_leaves_something_running_fails_and_names_it(
    pytester: pytest.Pytester, source: str, name: str
) -> None:
    result = run(pytester, source)
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines([f"*left behind: *{name}*"])


def test_that_a_test_which_cleans_up_passes(pytester: pytest.Pytester) -> None:
    run(pytester, TIDY).assert_outcomes(passed=1)
