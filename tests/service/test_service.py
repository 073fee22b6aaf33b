"""The service, asked as the window asks it: lines in, lines out."""

import io
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from engine.service.mailbox import Mailbox, Question, Superseded
from engine.service.questions import Questions
from engine.service.server import Server, answer
from engine.spec import Component, Graph, Link, Node, Project, project_from_json, project_to_json


@pytest.fixture(scope="module")
def questions() -> Questions:
    return Questions()


@pytest.fixture
def project() -> Project:
    """A linear classifier of digits."""
    nodes = (
        Node(id="input_1", kind="Input", parameters={"column": "image"}),
        Node(id="flatten_1", kind="Flatten"),
        Node(id="linear_1", kind="Linear", parameters={"out_features": 10}),
        Node(id="output_1", kind="Output"),
    )
    graph = Graph().add(*nodes)
    for source, target in pairwise(nodes):
        graph = graph.connect(Link(source=source.id, target=target.id))
    return Project(dataset=Component(kind="Digits")).with_network("model", graph)


def ask(questions: Questions, method: str, **params: Any) -> dict[str, Any]:
    return answer(questions, Question(id=1, method=method, params=params))


def test_that_analysis_knows_the_shapes_that_the_data_gives(questions: Questions, project: Project) -> None:
    result = ask(questions, "analyze", project=project_to_json(project), folder="/")["result"]
    assert result["problems"] == []
    nodes = result["networks"]["model"]["nodes"]
    assert nodes["flatten_1"]["outputs"]["output"] == {"shape": ["batch", 64], "dtype": "float32"}
    assert nodes["linear_1"]["parameters"] == 650
    assert result["totals"]["parameters"] == 650


def test_that_data_that_cannot_be_read_is_a_problem_of_the_dataset(questions: Questions, project: Project) -> None:
    broken = project.set("dataset", Component(kind="ImageFolder", parameters={"path": "nowhere"}))
    result = ask(questions, "analyze", project=project_to_json(broken), folder="/")["result"]
    assert "dataset" in [problem.get("section") for problem in result["problems"]]


def test_that_a_preview_shows_columns_splits_and_samples(questions: Questions, project: Project) -> None:
    result = ask(questions, "dataset", project=project_to_json(project), folder="/")["result"]
    assert {one["name"] for one in result["columns"]} == {"image", "label"}
    assert sum(result["splits"].values()) == 1797
    assert result["samples"]


def test_that_the_processor_is_always_among_the_devices(questions: Questions) -> None:
    devices = ask(questions, "devices")["result"]
    assert devices[-1]["name"] == "cpu"
    assert devices[-1]["memory"] > 0


def test_that_training_is_foretold_with_what_fits(questions: Questions, project: Project) -> None:
    result = ask(questions, "training", project=project_to_json(project), folder="/", device="cpu")["result"]
    assert result["device"] == "cpu"
    assert result["memory"]["weights"] == 650 * 4
    assert result["memory"]["optimizer"] == pytest.approx(2 * 650 * 4, abs=16)
    assert result["largest_batch"] == 1257  # every sample of the training split
    assert result["problems"] == []


def test_that_what_cannot_be_foretold_has_its_reason(questions: Questions, project: Project) -> None:
    for broken in (project.set("model.linear_1.out_features", 7), project.having(dataset=None)):
        result = ask(questions, "training", project=project_to_json(broken), folder="/")["result"]
        assert result["state"] == "unknown"
        assert result["reason"]


def test_that_a_slow_answer_ends_when_a_newer_question_waits(
    questions: Questions, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def newer(method: str) -> None:
        raise Superseded

    monkeypatch.setattr(questions, "give_way", newer)
    fresh = project.set("model.linear_1.bias", False)
    assert ask(questions, "training", project=project_to_json(fresh), folder="/") == {"id": 1, "dropped": True}


def test_that_a_slow_answer_waits_while_quick_questions_are_answered() -> None:
    steps: list[str] = []
    mailbox = Mailbox()
    mailbox.put(Question(1, "a"))

    def wait() -> None:
        mailbox.wait_for_quiet()
        steps.append("quiet")

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert mailbox.take() is not None
    steps.append("answered")
    answering = threading.Thread(target=mailbox.take)
    answering.start()  # which says that the answer before is given
    waiting.join(5)
    mailbox.close()
    answering.join(5)
    assert steps == ["answered", "quiet"]


def test_that_a_users_mistake_is_answered_by_its_sentence(questions: Questions) -> None:
    found = ask(questions, "analyze", project={"format": "netloom", "version": 99}, folder="/")
    assert "newer Netloom" in found["error"]
    assert found["id"] == 1


def test_that_a_mistake_of_ours_is_told_apart_and_logged(
    questions: Questions, capsys: pytest.CaptureFixture[str]
) -> None:
    found = ask(questions, "devices", nonsense=1)
    assert found["error"] == "Something went wrong inside Netloom while looking for devices."
    assert "TypeError" in capsys.readouterr().err


def test_that_an_unknown_question_is_refused(questions: Questions) -> None:
    assert "cannot answer 'sing'" in ask(questions, "sing")["error"]


def test_that_data_is_read_again_when_its_file_changes(questions: Questions, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    rows = "".join(f"{at},{at % 2}\n" for at in range(40))
    table.write_text("x,y\n" + rows)
    project = Project(dataset=Component(kind="CSV", parameters={"path": "t.csv", "target": "y"}))
    before = sum(questions.sources.facts(project, tmp_path).sizes.values())
    assert questions.sources.source(project, tmp_path) is questions.sources.source(project, tmp_path)
    table.write_text("x,y\n" + rows + rows)
    assert sum(questions.sources.facts(project, tmp_path).sizes.values()) == 2 * before


def test_that_a_newer_question_takes_the_place_of_an_older_one_of_its_method() -> None:
    mailbox = Mailbox()
    first, second, other = Question(1, "a"), Question(2, "a"), Question(3, "b")
    assert mailbox.put(first) is None
    assert mailbox.put(other) is None
    assert mailbox.put(second) is first
    assert mailbox.take() == other
    assert mailbox.take() == second


def test_that_a_line_that_is_no_question_changes_nothing(questions: Questions) -> None:
    answers = io.StringIO()
    Server(lambda: questions, answers).serve(io.StringIO('what\n{"id": "x"}\n[]\n'))
    assert answers.getvalue() == '{"ready": true}\n'


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    """The service as the window starts it."""
    command = [sys.executable, "-m", "engine.service"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as made:
        yield made
        made.kill()


def test_that_the_process_is_ready_at_once_answers_and_ends_with_its_input(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    assert json.loads(process.stdout.readline()) == {"ready": True}
    process.stdin.write('{"id": 5, "method": "versions"}\n')
    process.stdin.flush()
    found = json.loads(process.stdout.readline())
    assert found["id"] == 5
    assert found["result"]["python"].startswith("3.")
    process.stdin.close()
    assert process.wait(10) == 0


def test_that_a_published_model_comes_as_a_project(questions: Questions) -> None:
    known = {one["name"]: one["parameters"] for one in ask(questions, "torchvision_models")["result"]}
    assert known["squeezenet1_1"] == 1_235_496
    project = project_from_json(ask(questions, "import", model="squeezenet1_1")["result"]["project"])
    assert project.name == "squeezenet1_1"
    assert "Fire" in project.networks


def test_that_a_model_nobody_knows_is_refused_in_a_sentence(questions: Questions) -> None:
    assert "no classification model 'squeezenet'" in ask(questions, "import", model="squeezenet")["error"]
