"""The mistakes a student makes: each is told in words and mended by one click."""

from collections.abc import Mapping
from typing import Any

import pytest

from engine.analyze import MENDED, Report, analyze
from engine.spec import (
    Catalogue,
    Column,
    Component,
    Exposed,
    Facts,
    FrozenDict,
    Graph,
    Link,
    Mend,
    Node,
    Problem,
    Project,
    mended,
)
from tests.engine.drawn import drawn

CATALOGUE = Catalogue.load()
DIGITS = Facts(
    columns={
        "picture": Column(name="picture", kind="image", shape=(1, 8, 8)),
        "label": Column(name="label", kind="label", dtype="int64", classes=tuple("0123456789")),
    }
)
Nodes = Mapping[str, str | tuple[str, dict[str, Any]]]


def at(*shape: int, dtype: str = "float32") -> tuple[str, dict[str, Any]]:
    """An Input of this shape, whose column no data has."""
    return "Input", {"column": "given", "shape": shape, "dtype": dtype}


PICTURE = ("Input", {"column": "picture"})
TEN = ("Linear", {"out_features": 10})


def chain(*nodes: str | tuple[str, dict[str, Any]]) -> Graph:
    """Nodes `a`, `b`, `c` … one behind the other, and an Output `o`."""
    names = [chr(ord("a") + place) for place in range(len(nodes))]
    every = dict(zip([*names, "o"], [*nodes, "Output"], strict=True))
    graph = drawn(every)
    for one, other in zip(names, [*names[1:], "o"], strict=True):
        port = CATALOGUE.layers[graph[other].kind].inputs()[0].name
        graph = graph.connect(Link(source=one, target=other, input=port))
    return graph


def shortcut(first: tuple[str, dict[str, Any]], second: tuple[str, dict[str, Any]], merge: str = "Add") -> Graph:
    """Something added to what a layer made of it, with what is before and behind."""
    return drawn({"i": first, "m": second, "s": merge, "o": "Output"}, "i -> m", "m -> s.xs", "i -> s.xs", "s -> o")


MISTAKES: dict[str, tuple[Graph, str, str, str]] = {
    "an image straight into a classifier": (chain(PICTURE, TEN), "o", "needs batch × 10", "Insert Flatten"),
    "no flatten before a one-dimensional normalization": (
        chain(at(4, 8, 8), "BatchNorm1d"), "b", "needs feature vectors", "Use BatchNorm2d",
    ),
    "rows into a convolution": (chain(at(64), "Conv2d"), "b", "needs an image", "Insert Unflatten"),
    "rows into a convolution for sequences": (chain(at(64), "Conv1d"), "b", "needs sequences", "Insert Unflatten"),
    "a sequence into a convolution for images": (chain(at(3, 100), "Conv2d"), "b", "Use Conv1d", "Use Conv1d"),
    "an image into a convolution for sequences": (chain(at(3, 9, 8), "Conv1d"), "b", "Use Conv2d", "Use Conv2d"),
    "an image without channels": (chain(at(28, 28), "Conv2d"), "b", "channels are missing", "Insert Unsqueeze"),
    "whole numbers into weights": (chain(at(5, dtype="int64"), "Linear"), "b", "whole numbers", "Insert Embedding"),
    "measured numbers into a table": (chain(at(5), "Embedding"), "b", "Use Linear", "Use Linear"),
    "too large a kernel": (
        chain(at(3, 4, 4), ("Conv2d", {"kernel_size": 7, "padding": "valid"})),
        "b", "nothing would be left", "Set kernel_size to 4",
    ),
    "pooled to nothing": (chain(at(3, 1, 1), "MaxPool2d"), "b", "nothing would be left", "Set kernel_size to 1"),
    "a border wider than half the pool": (
        chain(at(3, 8, 8), ("MaxPool2d", {"padding": 2})), "b", "at most half its kernel", "Set padding to 1",
    ),
    "same padding with a stride": (
        chain(at(3, 8, 8), ("Conv2d", {"stride": 2})), "b", "cannot keep the size", "Set padding to 1",
    ),
    "groups that do not divide": (
        chain(at(6, 8, 8), ("Conv2d", {"groups": 4})), "b", "equal groups", "Set groups to 2",
    ),
    "groups of a normalization": (chain(at(12, 8, 8), "GroupNorm"), "b", "equal groups", "Set num_groups to 6"),
    "a shortcut of other channels": (
        shortcut(at(3, 8, 8), ("Conv2d", {"out_channels": 16})), "s", "one shape", "Add a 1 × 1 projection",
    ),
    "a shortcut of another size": (
        shortcut(at(3, 8, 8), ("Conv2d", {"out_channels": 16, "stride": 2, "padding": 1})),
        "s", "one shape", "Add a 1 × 1 projection",
    ),
    "a shortcut of another width": (shortcut(at(7), TEN), "s", "one shape", "Add a projection to 10"),
    "an image added to numbers": (
        drawn(
            {"i": at(3, 8, 8), "j": at(7), "s": "Add", "o": "Output"}, "i -> s.xs", "j -> s.xs", "s -> o"
        ),
        "s", "one shape", "Insert Flatten and Linear",
    ),
    "joined channels of other sizes": (
        shortcut(at(3, 8, 8), ("Conv2d", {"stride": 2, "padding": 1}), "Concat"),
        "s", "differ only in dimension 1", "Shrink the larger one to 4 × 4",
    ),
    "another number of classes": (
        chain(PICTURE, "Flatten", ("Linear", {"out_features": 7})), "o", "there are 10 classes", "Give 10 numbers",
    ),
    "no layer that sets the number of classes": (chain(PICTURE, "Flatten"), "o", "10 classes", "Insert Linear with 10"),
    "convolutions to the end": (chain(PICTURE, "Conv2d"), "o", "needs batch × 10", "Insert Flatten and Linear"),
    "another column": (
        chain("Input", "Flatten", TEN), "a", "has no column 'image'", "Use 'picture'",
    ),
    "no Output": (drawn({"i": at(4), "w": TEN}, "i -> w"), "", "has no Output", "Add an Output"),
    "no Input": (drawn({"w": TEN, "o": "Output"}, "w -> o"), "w", "Nothing arrives", "Add an Input"),
    "an open input": (
        drawn({"i": at(4), "w": TEN, "v": TEN, "o": "Output"}, "i -> w", "v -> o"),
        "v", "Nothing arrives", "Link it to w",
    ),
    "two outputs of one name": (
        drawn({"i": at(4), "o": "Output", "p": "Output"}, "i -> o", "i -> p"),
        "p", "Two outputs", "Call it 'prediction_2'",
    ),
    "a value below what may be": (
        chain(at(4), ("Linear", {"out_features": 0})), "b", "out_features is 0", "Set out_features to 1",
    ),
    "a wire to a port that is gone": (
        Graph(nodes=chain(at(4), TEN).nodes, links=(*chain(at(4), TEN).links, Link(source="a", target="b", input="z"))),
        "b", "no such input", "Remove the wire",
    ),
}  # fmt: skip


def project_of(graph: Graph) -> Project:
    return Project(networks=FrozenDict(model=graph))


def looked_at(project: Project) -> Report:
    return analyze(project, CATALOGUE, DIGITS)


def problem_at(report: Report, node: str, words: str) -> Problem | None:
    return next((one for one in report.problems if (one.node or "") == node and words in one.message), None)


@pytest.mark.parametrize(("graph", "node", "words", "button"), MISTAKES.values(), ids=MISTAKES)
def test_that_the_mend_of_a_mistake_takes_its_problem_away(graph: Graph, node: str, words: str, button: str) -> None:
    project = project_of(graph)
    before = looked_at(project)
    problem = problem_at(before, node, words)
    assert problem is not None, [one.message for one in before.problems]
    assert problem.mend is not None
    assert problem.mend.text.startswith(button)
    after = looked_at(mended(project, problem.mend))
    assert problem_at(after, node, words) is None
    wrong = {(one.node, one.message) for one in after.errors} - {(one.node, one.message) for one in before.errors}
    assert {name for name, _ in wrong} <= {"o"}, "only at the end, where data now arrives, may more be wrong"


def test_that_an_open_input_is_led_to_what_it_does_not_read_yet_and_takes() -> None:
    graph = drawn({"i": at(4), "j": at(4), "w": TEN, "s": "Subtract", "o": "Output"}, "i -> w", "j -> s.x", "s -> o")
    report = looked_at(project_of(graph))
    found = next(one for one in report.problems if one.node == "s")
    assert found.mend is not None
    (link,) = found.mend.links
    assert (link.source, link.input) == ("i", "y")
    assert problem_at(looked_at(mended(project_of(graph), found.mend)), "s", "Nothing arrives") is None


def test_that_a_layer_put_into_a_link_of_many_keeps_its_rank_and_stands_between() -> None:
    graph = shortcut(at(7), TEN)
    graph = graph.move({"i": (0.0, 0.0), "m": (0.0, 100.0), "s": (0.0, 400.0)})
    problem = problem_at(looked_at(project_of(graph)), "s", "one shape")
    assert problem is not None
    assert problem.mend is not None
    after = mended(project_of(graph), problem.mend).model
    made = problem.mend.nodes[0].id
    assert [link.source for link in after.incoming["s"]] == ["m", made]
    assert after[made].position == (0.0, 200.0)


def test_that_a_mend_whose_link_is_gone_is_refused_in_words() -> None:
    project = project_of(chain(at(4), TEN))
    gone = Mend(text="", cut=(Link(source="o", target="a"),))
    with pytest.raises(ValueError, match="has changed"):
        mended(project, gone)


def test_that_a_mend_that_meanwhile_would_close_a_loop_is_refused() -> None:
    project = project_of(chain(at(4), TEN, "ReLU"))
    with pytest.raises(ValueError, match="has changed"):
        mended(project, Mend(text="", links=(Link(source="c", target="b"),)))


def test_that_another_kind_keeps_the_place_and_what_both_know() -> None:
    graph = chain(at(3, 100), ("Conv2d", {"out_channels": 7})).move({"b": (40.0, 80.0)})
    problem = problem_at(looked_at(project_of(graph)), "b", "Use Conv1d")
    assert problem is not None
    assert problem.mend is not None
    node = mended(project_of(graph.move({"b": (48.0, 80.0)})), problem.mend).model["b"]
    assert node == Node(id="b", kind="Conv1d", parameters=FrozenDict(out_channels=7), position=(48.0, 80.0))


def test_that_a_layer_no_pack_brings_is_never_offered() -> None:
    few = Catalogue([CATALOGUE.layers["Add"], CATALOGUE.layers["Linear"]])
    graph = shortcut(at(3, 8), ("Linear", {"out_features": 4}))
    assert Component(kind="Conv1d").kind not in few.layers
    (problem,) = [one for one in analyze(project_of(graph), few).problems if one.node == "s"]
    assert problem.mend is None or all(node.kind in few.layers for node in problem.mend.nodes)


def test_that_a_result_nobody_reads_is_led_to_an_open_input() -> None:
    graph = drawn({"i": at(4), "w": TEN, "v": TEN, "o": "Output", "r": "ReLU", "p": ("Output", {"name": "p"})},
                  "i -> w", "w -> o", "i -> v", "r -> p")  # fmt: skip
    problem = problem_at(looked_at(project_of(graph)), "v", "Nothing reads")
    assert problem is not None
    assert problem.mend is not None
    assert problem_at(looked_at(mended(project_of(graph), problem.mend)), "v", "Nothing reads") is None


@pytest.mark.parametrize(
    ("graph", "words"),
    [
        (
            drawn({"i": at(3, 4, 5), "j": at(3, 6, 7), "m": "MatMul", "o": "Output"}, "i -> m", "j -> m.y", "m -> o"),
            "m",
        ),
        (chain(at(3, 2, 2), ("ReflectionPad2d", {"padding": 5})), "b"),
        (chain(at(3), ("Softmax", {"dim": 7})), "b"),
        (drawn({"i": at(3), "j": at(2, 4), "m": "Bilinear", "o": "Output"}, "i -> m.x1", "j -> m.x2", "m -> o"), "m"),
    ],
)
def test_that_no_sentence_speaks_of_torchs_insides(graph: Graph, words: str) -> None:
    said = [one.message for one in looked_at(project_of(graph)).problems if one.node == words]
    assert said
    assert not any(one in said[0] for one in ("aten", "Tensor", "tensor a", "mat1", "::", "size mismatch", "tuple"))


def test_that_of_a_branch_that_leads_nowhere_only_the_end_is_told_of() -> None:
    graph = drawn(
        {"i": at(4), "o": "Output", "a": TEN, "b": "ReLU", "c": "ReLU"}, "i -> o", "i -> a", "a -> b", "b -> c"
    )
    assert [one.node for one in looked_at(project_of(graph)).problems if one.cause == "unread"] == ["c"]


def test_that_many_problems_are_looked_at_as_fast_as_they_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[str] = []
    real = Graph.downstream

    def counted(self: Graph, *starts: str) -> set[str]:
        walked.extend(starts)
        return real(self, *starts)

    monkeypatch.setattr(Graph, "downstream", counted)
    lonely = drawn({"i": at(4), "o": "Output", **{f"n{place}": "ReLU" for place in range(300)}}, "i -> o")
    assert len(looked_at(project_of(lonely)).problems) == 300
    assert len(walked) <= 2 * MENDED


def test_that_a_mend_inside_a_block_leaves_what_the_block_sets_where_it_is_set() -> None:
    inner = drawn({"i": "Input", "c": ("Conv2d", {"out_channels": 4}), "o": "Output"}, "i -> c", "c -> o")
    inner = inner.expose(Exposed(name="width", targets=(("c", "out_channels"),)))
    model = drawn(
        {"a": at(3, 100), "b": ("Block", {"network": "inner", "width": 9}), "o": "Output"},
        "a -> b.i", "b.prediction -> o",
    )  # fmt: skip
    project = Project(networks=FrozenDict(model=model, inner=inner))
    problem = next(one for one in looked_at(project).problems if one.node == "c")
    assert problem.mend is not None
    after = mended(project, problem.mend)
    assert after.networks["inner"]["c"] == Node(id="c", kind="Conv1d", parameters=FrozenDict(out_channels=4))
    assert looked_at(after).nodes["b"].outputs["prediction"].shape == (None, 9, 100)
