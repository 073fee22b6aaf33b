"""The client of the engine's service, against small stand-ins that speak its protocol."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from engine.spec import Project
from studio.analysis import Analysis
from studio.document import Document
from studio.service import Service

Start = Callable[[str], Service]

ECHO = """
import json, sys
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    question = json.loads(line)
    print("a library prints", flush=True)
    if question["method"] == "fail":
        answer = {"error": "The folder is empty."}
    elif question["method"] == "die":
        sys.exit(3)
    else:
        answer = {"result": question["params"]}
    print(json.dumps({"id": question["id"], **answer}), flush=True)
"""
ONCE = """
import json, pathlib, sys
mark = pathlib.Path(sys.argv[1])
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    if not mark.exists():
        mark.touch()
        sys.exit(1)
    print(json.dumps({"id": json.loads(line)["id"], "result": "after all"}), flush=True)
"""

HEARS = """
import json, pathlib, sys
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    question = json.loads(line)
    with open(sys.argv[1], "a") as file:
        print(question["method"], file=file)
    print(json.dumps({"id": question["id"], "result": 1}), flush=True)
"""


@pytest.fixture
def serve(qtbot: QtBot) -> Iterator[Callable[..., Service]]:
    made: list[Service] = []

    def start(script: str, *arguments: str) -> Service:
        service = Service([sys.executable, "-c", script, *arguments])
        made.append(service)
        service.start()
        return service

    yield start
    for service in made:
        service.close()


def test_that_questions_before_the_start_are_answered_after_it(qtbot: QtBot, serve: Start) -> None:
    service = serve(ECHO)
    answers: list[Any] = []
    service.ask("echo", {"x": 1}, then=answers.append)
    qtbot.waitUntil(lambda: answers == [{"x": 1}])
    assert service.state == "ready"


def test_that_a_newer_question_takes_the_place_of_an_older_one(qtbot: QtBot, serve: Start) -> None:
    service = serve(ECHO)
    answers: list[Any] = []
    for number in range(20):
        service.ask("echo", {"x": number}, then=answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [{"x": 19}]


def test_that_a_question_asked_the_moment_the_service_is_ready_is_sent_once(
    qtbot: QtBot, serve: Callable[..., Service], tmp_path: Any
) -> None:
    heard = tmp_path / "heard"
    service = serve(HEARS, str(heard))
    answers: list[Any] = []

    def ask(state: str) -> None:
        if state == "ready":
            service.ask("devices", {}, then=answers.append)

    service.state_changed.connect(ask)
    service.ask("analyze", {}, then=answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2)
    service.ask("last", {}, then=answers.append)
    qtbot.waitUntil(lambda: len(answers) == 3)
    assert sorted(heard.read_text().split()) == ["analyze", "devices", "last"]


def test_that_a_refusal_arrives_as_its_sentence(qtbot: QtBot, serve: Start) -> None:
    service = serve(ECHO)
    said: list[str] = []
    service.ask("fail", {}, then=lambda _: None, failed=said.append)
    qtbot.waitUntil(lambda: said == ["The folder is empty."])


def test_that_a_question_survives_the_death_of_the_service(
    qtbot: QtBot, serve: Callable[..., Service], tmp_path: Any
) -> None:
    service = serve(ONCE, str(tmp_path / "died"))
    answers: list[Any] = []
    service.ask("echo", {}, then=answers.append)
    qtbot.waitUntil(lambda: answers == ["after all"], timeout=10_000)


def test_that_a_service_that_cannot_live_is_given_up_with_its_last_words(
    qtbot: QtBot, serve: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.service.BACKOFF", (0, 1, 1))
    service = serve("import sys; sys.exit('No module named torch')")
    said: list[str] = []
    service.ask("echo", {}, then=lambda _: None, failed=said.append)
    qtbot.waitUntil(lambda: service.state == "failed", timeout=20_000)
    assert "No module named torch" in said[0]


def test_that_moving_boxes_asks_nothing_and_other_edits_ask_again(qtbot: QtBot, serve: Start) -> None:
    from engine.spec import Graph, Node

    class Counting(Service):
        asked = 0

        def ask(self, method: str, params: dict[str, Any], *, then: Any, failed: Any = None) -> None:
            self.asked += 1
            then({"networks": {"model": {"nodes": {"a": {"parameters": 5}}}}, "problems": [], "totals": {}})

    document, service = Document(), Counting(["true"])
    analysis = Analysis(document, service)
    graph = Graph().add(Node(id="a", kind="Linear"))
    document.edit("Add", Project().with_network("model", graph))
    qtbot.waitUntil(lambda: service.asked == 1)
    assert analysis.facts("model", "a") == {"parameters": 5}
    document.edit("Move", document.project.with_network("model", graph.move({"a": (5.0, 5.0)})))
    document.edit("Set epochs", document.project.set("training.epochs", 2))
    qtbot.waitUntil(lambda: service.asked == 2)
    document.edit("Move", document.project.with_network("model", graph.move({"a": (9.0, 5.0)})))
    qtbot.wait(60)
    assert service.asked == 2
    service.close()
