"""What the canvas writes."""

import pytest

from engine.spec import Mend, Node, Problem, Project, Search
from studio.canvas.facts.face import face_of, marks_of
from studio.canvas.facts.measure import MEASURES
from studio.canvas.facts.words import parameter_line, shape_text, tensor_text
from tests.studio.canvas.layers import CATALOGUE, Conv2d, Linear, chain


def test_that_the_batch_is_implied_unless_asked_for() -> None:
    shape = ["batch", 64, 28, 28]
    assert shape_text(shape) == "64 × 28 × 28"
    assert shape_text(shape, batch=True) == "batch × 64 × 28 × 28"
    assert shape_text(["batch"]) == "1"


def test_that_a_dtype_is_written_only_where_it_is_unusual() -> None:
    assert tensor_text({"shape": ["batch", 8], "dtype": "float32"}) == "8"
    assert tensor_text({"shape": ["batch", 8], "dtype": "int64"}) == "8  int64"
    assert tensor_text({"shape": ["batch", 8], "dtype": "float32"}, dtype=True) == "8  float32"


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ({}, "32 · 3×3"),
        ({"out_channels": 64, "kernel_size": 5}, "64 · 5×5"),
        ({"bias": False}, "32 · 3×3 · no bias"),
        ({"out_channels": Search(low=8, high=64)}, "8 … 64 · 3×3"),
    ],
)
def test_that_the_second_line_tells_nodes_of_a_kind_apart(written: dict[str, object], line: str) -> None:
    assert parameter_line("Conv2d", Conv2d.parameters(), written) == line


def test_that_a_node_with_a_name_of_its_own_shows_it() -> None:
    graph = chain("Linear").replace(Node(id="a", kind="Linear"))
    project = Project(networks={"model": graph})
    for name, title, line in (("linear_3", "Linear", "64"), ("head", "head", "Linear  64")):
        face = face_of(Node(id=name, kind="Linear"), project, graph, CATALOGUE.layers)
        assert (face.title, face.line) == (title, line)
    assert Linear.title() == "Linear"


def test_that_errors_are_told_before_warnings_and_all_are_counted() -> None:
    mend = Mend(text="Insert Flatten")
    problems = [Problem(message="slow", severity="warning"), Problem(message="wrong", port="x", mend=mend)]
    marks = marks_of({"parameters": 320}, problems, MEASURES[0], 1280)
    assert marks.share == 0.25
    assert (marks.tone, marks.message, marks.mend, marks.note) == ("error", "wrong  (and 1 more)", mend, "320")
    assert marks.ports == {"x"}
