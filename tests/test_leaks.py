"""The leak checks themselves: each must be able to fail."""

import textwrap
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

TESTS = """
    import subprocess, sys, threading
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget

    kept = []

    def test_thread():
        threading.Thread(target=threading.Event().wait, args=(8,), daemon=True, name="forgotten").start()

    def test_process():
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])

    def test_timer(qtbot):
        kept.append(QTimer(objectName="forgotten"))
        kept[-1].start(1000)

    def test_window(qtbot):
        kept.append(QWidget(objectName="forgotten"))

    def test_tidy(qtbot):
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


def test_that_a_test_which_leaves_something_running_fails_and_names_it(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(textwrap.dedent(TESTS))
    result = pytester.runpytest_subprocess("-p", "tests.leaks", "-p", "no:cacheprovider", "-n", "0")
    result.assert_outcomes(passed=5, errors=4)  # the one that cleans up has no error
    for name in ("thread forgotten", "process ", "QTimer 'forgotten'", "QWidget 'forgotten'"):
        result.stdout.fnmatch_lines([f"*left behind: *{name}*"])
    result.stdout.no_fnmatch_line("*ERROR at teardown of test_tidy*")
