"""Will it fit: the item in the status line, the card, its actions, and a measurement that can be ended."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.runs import Workspace
from engine.spec import Catalogue, Project
from studio.actions import Actions
from studio.analysis import Analysis
from studio.context import Studio
from studio.document import Document
from studio.launcher import Launcher
from studio.live import Live
from studio.messages import Messages
from studio.searcher import Searcher
from studio.service import Service
from studio.settings import Settings
from studio.shell.fit import words
from studio.theme import Theme
from studio.widgets.stack import LEAST, Part, widths
from studio.window import Window
from tests.studio.shell_fakes import KINDS

MB, GB = 1 << 20, 1 << 30
MEMORY = {"weights": 40, "gradients": 0, "optimizer": 80, "activations": 600, "data": 100, "workspace": 80}
PROBE = """
import json, sys, time
sys.stdin.read()
print("a library says hello")
print(json.dumps({"doing": "Measuring", "done": 0.5}), flush=True)
%s
"""


def answer(state: str = "fits", **more: Any) -> dict[str, Any]:
    memory = {name: size * MB for name, size in MEMORY.items()}
    total = sum(memory.values())
    known = {"device": "cpu", "free": 8 * GB, "usable": 7 * GB, "state": state, "batch_size": 64, "needed": total}
    steps = {"steps_per_epoch": 20, "seconds_per_step": None, "seconds_per_epoch": None}
    largest = {"largest_batch": 700, "advised_batch": 512, "whole_split": False}
    measured: dict[str, Any] = {"measured": None, "calibrated": 0, "problems": []}
    return {**known, **steps, **largest, **measured, "memory": {**memory, "total": total}, **more}


@pytest.fixture
def studio(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Studio]:
    workspace, document, service = Workspace(tmp_path / "w").prepare(), Document(), Service(["true"])
    made = Studio(
        document=document,
        catalogue=Catalogue(),
        analysis=Analysis(document, service),
        service=service,
        live=Live(workspace),
        launcher=Launcher(workspace, ["true"]),
        searcher=Searcher(workspace, ("true",)),
        workspace=workspace,
        settings=Settings(tmp_path / "state"),
        theme=Theme(qapp, "dark"),
        actions=Actions(),
        messages=Messages(),
    )
    yield made
    made.analysis.close()
    made.live.close()
    made.launcher.close()
    made.service.close()


@pytest.fixture
def asked(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any], Callable[[Any], object]]]:
    """What the service was asked, each with the function that takes the answer."""
    found: list[tuple[str, dict[str, Any], Callable[[Any], object]]] = []

    def ask(method: str, params: dict[str, Any], *, then: Callable[[Any], object], failed: object) -> None:
        found.append((method, params, then))

    monkeypatch.setattr(studio.service, "ask", ask)
    return found


@pytest.fixture
def window(qtbot: QtBot, studio: Studio) -> Iterator[Window]:
    made = Window(studio, KINDS)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.fit.end()


@pytest.fixture
def told(window: Window, asked: list[Any], qtbot: QtBot, studio: Studio) -> Callable[..., None]:
    """Let the analysis and then the service answer."""

    def tell(**more: Any) -> None:
        studio.analysis._answered({"problems": []})
        window.fit.foretelling.refresh()
        qtbot.waitUntil(lambda: bool(asked))
        asked.pop()[2](answer(**more))

    return tell


def probing(window: Window, then: str) -> None:
    window.fit.probing._command = (sys.executable, "-c", PROBE % then)


def test_that_the_question_comes_after_the_analysis_and_once_for_a_state(
    window: Window, studio: Studio, asked: list[Any], qtbot: QtBot
) -> None:
    studio.analysis._answered({"problems": []})
    qtbot.waitUntil(lambda: [one[0] for one in asked] == ["training"])
    asked[0][2](answer())
    studio.analysis._answered({"problems": []})
    assert not window.fit.foretelling._timer.isActive()


def test_that_a_project_with_errors_is_not_asked_about(
    window: Window, studio: Studio, asked: list[Any], qtbot: QtBot
) -> None:
    studio.analysis._answered({"problems": [{"message": "No.", "severity": "error"}]})
    qtbot.waitUntil(lambda: not window.fit.foretelling.stale)
    assert not asked
    assert "Mend the problems" in words.sentence(window.fit.foretelling.answer)


def test_that_the_item_says_it_in_words(window: Window, told: Callable[..., None]) -> None:
    told()
    assert window.fit.text() == "900 MiB of 7 GiB · fits"
    told(state="too large", usable=GB // 2)
    assert window.fit.text() == "900 MiB of 512 MiB · does not fit"


def test_that_what_does_not_fit_is_among_the_problems_until_it_fits(
    studio: Studio, window: Window, told: Callable[..., None]
) -> None:
    told(state="too large", problems=[{"message": "Too large.", "severity": "warning", "section": "training"}])
    assert [one.message for one in studio.analysis.problems] == ["Too large."]
    told()
    assert studio.analysis.problems == ()


def test_that_the_card_opens_and_closes_by_keys_and_gives_the_focus_back(
    window: Window, told: Callable[..., None], qtbot: QtBot, studio: Studio
) -> None:
    told()
    before = window.focusWidget()
    studio.actions.trigger("run.fit")
    assert window.fit.card.isVisible()
    assert window.fit.card.geometry().bottom() < window.status.geometry().top() + window.status.height()
    qtbot.keyClick(window.fit.card.measure, Qt.Key.Key_Escape)
    assert not window.fit.card.isVisible()
    assert window.focusWidget() in (before, window)


def test_that_a_click_elsewhere_closes_the_card(window: Window, told: Callable[..., None], qtbot: QtBot) -> None:
    told()
    window.fit.open_card()
    qtbot.mouseClick(window.fit.card, Qt.MouseButton.LeftButton)
    assert window.fit.card.isVisible()
    qtbot.mouseClick(window.transport, Qt.MouseButton.LeftButton)
    assert not window.fit.card.isVisible()


def test_that_the_largest_batch_is_one_click_and_undone_by_another(
    window: Window, told: Callable[..., None], qtbot: QtBot, studio: Studio
) -> None:
    told()
    before: Project = studio.document.project
    window.fit.open_card()
    qtbot.mouseClick(window.fit.card.use, Qt.MouseButton.LeftButton)
    assert studio.document.project.training.batch_size == 512
    studio.document.undo()
    assert studio.document.project == before


def test_that_a_measurement_tells_how_far_it_is_and_is_asked_about_when_it_is_over(
    window: Window, told: Callable[..., None], asked: list[Any], qtbot: QtBot
) -> None:
    told()
    result = json.dumps({"result": {"note": "A run was training meanwhile."}})
    probing(window, f"print({result!r})")
    seen: list[float] = []
    window.fit.probing.changed.connect(lambda: seen.append(window.fit.probing.done))
    window.fit.measure()
    with qtbot.waitSignal(window.fit.probing.measured):
        pass
    assert 0.5 in seen
    assert window.fit.probing.note == "A run was training meanwhile."
    qtbot.waitUntil(lambda: [one[0] for one in asked] == ["training"])


@pytest.mark.parametrize(
    ("then", "sentence"),
    [
        ('print(json.dumps({"refusal": "The memory ran out."}))', "The memory ran out."),
        ("import os; os.kill(os.getpid(), 9)", "most likely because memory ran out"),
        ("", "ended without an answer"),
    ],
)
def test_that_a_measurement_that_fails_is_a_sentence(
    window: Window, told: Callable[..., None], qtbot: QtBot, then: str, sentence: str
) -> None:
    told()
    probing(window, then)
    window.fit.measure()
    qtbot.waitUntil(lambda: not window.fit.probing.running)
    assert sentence in window.fit.probing.trouble


def test_that_a_measurement_can_be_cancelled(window: Window, told: Callable[..., None], qtbot: QtBot) -> None:
    told()
    probing(window, "time.sleep(60)")
    window.fit.measure()
    qtbot.waitUntil(lambda: window.fit.probing.done > 0)
    qtbot.mouseClick(window.fit.card.cancel, Qt.MouseButton.LeftButton)
    assert not window.fit.probing.running
    assert not window.fit.probing.trouble
    assert window.fit.card.measure.isVisible()


def test_that_figures_say_what_is_measured_and_what_is_not() -> None:
    assert words.figures(answer())["One step"] == "not measured yet"
    assert "guess" in words.source(answer())
    known = answer(calibrated=2, seconds_per_step=0.02, seconds_per_epoch=0.4)
    assert words.figures(known)["One step"] == "20 ms"
    assert "2 measurements on CPU" in words.source(known)
    measured = {"time": 0.0, "batch": 64, "memory": 900 * MB, "seconds": 0.02}
    assert words.source(answer(measured=measured)).startswith("Measured some days ago on CPU with 64 samples")


def test_that_a_bar_fills_its_width_and_no_part_of_it_vanishes() -> None:
    parts = [Part(name=str(value), value=value, text="", color=0) for value in (1, 0, 10**9)]
    placed = widths(parts, 200)
    assert [part.value for part, _, _ in placed] == [1, 10**9]
    assert placed[0][2] >= LEAST
    assert placed[-1][1] + placed[-1][2] == pytest.approx(200)
