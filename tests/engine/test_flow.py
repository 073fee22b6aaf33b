"""What analysis says of networks, and what assembling makes of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine import probe
from engine.analyze import Report, analyze
from engine.assemble import GraphError, assemble
from engine.flow import Flow, Follower
from engine.spec import Column, Component, Exposed, Facts, Graph, Layer, Link, Project, Training
from tests.engine.drawn import CATALOGUE, drawn

IMAGE = ("Input", {"shape": (1, 6, 6)})
ROW = ("Input", {"column": "features", "shape": (4,)})
TRAINING = Training(optimizer=Component(kind="Plain"), schedule=Component(kind="Level"))


def project(model: Graph, **others: Graph) -> Project:
    return Project(networks={"model": model, **others}, task=Component(kind="Three"), training=TRAINING)


def report(model: Graph, facts: Facts | None = None, **others: Graph) -> Report:
    return analyze(project(model, **others), CATALOGUE, facts)


def image_net() -> Graph:
    return drawn(
        {"i": IMAGE, "c": "Filter", "f": "Flat", "w": "Wide", "o": "Output"}, "i -> c", "c -> f", "f -> w", "w -> o"
    )


def residual() -> Graph:
    return drawn({"i": "Input", "w": "Wide", "s": "Sum", "o": "Output"}, "i -> w", "i -> s.xs", "w -> s.xs", "s -> o")


def test_that_shapes_parameters_and_flops_are_what_torch_says() -> None:
    nodes = report(image_net()).nodes
    assert nodes["c"].outputs["output"].shape == (None, 4, 6, 6)
    assert (nodes["c"].parameters, nodes["w"].parameters) == (40, 580)
    assert nodes["c"].flops == 2 * 9 * 4 * 36
    assert nodes["c"].activation_bytes == 4 * 36 * 4


def test_that_totals_are_the_sums_over_the_main_network() -> None:
    assert report(image_net()).totals == {
        "parameters": 620,
        "flops": 2592 + 2 * 144 * 4,
        "activation_bytes": 576 + 576 + 16,
    }


def test_that_an_input_has_the_shape_the_data_gives_it() -> None:
    facts = Facts(columns={"image": Column(name="image", kind="image", shape=(3, 8, 8))})
    graph = drawn({"i": "Input", "o": "Output"}, "i -> o")
    assert report(graph, facts).nodes["i"].outputs["output"].shape == (None, 3, 8, 8)


@pytest.mark.parametrize(
    ("graph", "node", "says"),
    [
        (drawn({"i": IMAGE, "w": "Wide", "o": "Output"}, "w -> o"), "w", "Nothing arrives here"),
        (drawn({"i": IMAGE, "s": "Stern", "o": "Output"}, "i -> s", "s -> o"), "s", "Stern takes nothing at all"),
        (drawn({"i": ROW, "c": "Filter", "o": "Output"}, "i -> c", "c -> o"), "c", r"arrives here \(batch × 4\)"),
        (
            drawn({"i": IMAGE, "w": ("Wide", {"out_features": 0}), "o": "Output"}, "i -> w", "w -> o"),
            "w",
            "out_features is 0",
        ),
        (drawn({"i": IMAGE, "x": "Gone", "o": "Output"}, "i -> x", "x -> o"), "x", "'Gone' is not a known layer"),
        (drawn({"i": IMAGE, "w": "Wide", "o": "Output"}, "i -> w.y", "w -> o"), "w", "no such input"),
        (drawn({"i": IMAGE, "w": "Wide", "o": "Output"}, "i -> w", "w.second -> o"), "w", "no such output"),
        (drawn({"i": "Input", "o": "Output"}, "i -> o"), "i", "No data enters here yet"),
        (drawn({"b": ("Block", {"network": "nowhere"}), "o": "Output"}, "b -> o"), "b", "names no network"),
        (
            drawn({"i": IMAGE, "a": "Output", "b": "Output"}, "i -> a", "i -> b"),
            "b",
            "Two outputs are called 'prediction'",
        ),
    ],
)
def test_that_a_problem_stands_at_the_node_that_causes_it(graph: Graph, node: str, says: str) -> None:
    messages = [one.message for one in report(graph).problems if one.node == node]
    assert any(re.search(says, one) for one in messages), messages


def test_that_a_node_behind_a_broken_one_is_not_blamed_for_it() -> None:
    graph = drawn({"i": ROW, "c": "Filter", "w": "Wide", "o": "Output"}, "i -> c", "c -> w", "w -> o")
    assert {one.node for one in report(graph).problems} == {"c"}


def test_that_what_lies_before_and_beside_a_broken_node_still_shows_its_shapes() -> None:
    graph = drawn({"i": IMAGE, "c": "Filter", "s": "Stern", "o": "Output"}, "i -> c", "c -> s", "s -> o")
    assert report(graph).nodes["c"].outputs["output"].shape == (None, 4, 6, 6)


def test_that_a_loop_is_told_at_every_node_of_it() -> None:
    whole = image_net()
    looped = Graph(nodes=whole.nodes, links=(*whole.links[1:], Link(source="w", target="c")))
    assert {one.node for one in report(looped).problems if "circle" in one.message} == {"c", "f", "w"}


def test_that_a_wrong_width_is_mended_at_the_layer_that_set_it() -> None:
    (problem,) = report(image_net(), Facts(columns={"x": Column(name="x", kind="image")})).problems
    assert (problem.node, problem.mend and dict(problem.mend.settings)) == ("o", {"model.w.out_features": 3})


def test_that_a_node_nothing_reads_is_a_warning_and_left_out_of_the_weights() -> None:
    graph = drawn({"i": ROW, "w": "Wide", "spare": "Wide", "o": "Output"}, "i -> w", "w -> o", "i -> spare")
    found = report(graph)
    assert [(one.node, one.severity) for one in found.problems] == [("spare", "warning")]
    assert all(not name.startswith("spare") for name in assemble(project(graph), CATALOGUE, None).state_dict())


def test_that_an_edit_probes_only_what_lies_downstream(monkeypatch: pytest.MonkeyPatch) -> None:
    report(image_net())
    probed: list[str] = []
    real = probe._probed

    def counted(layer: Layer, inputs: tuple[probe.Signal | None, ...]) -> probe.Probe:
        probed.append(layer.kind())
        return real(layer, inputs)

    monkeypatch.setattr(probe, "_probed", counted)
    report(image_net().replace(image_net()["w"].set(out_features=77)))
    assert probed == ["Wide"]


def test_that_a_block_repeats_with_weights_of_its_own() -> None:
    model = drawn(
        {"i": ROW, "b": ("Block", {"network": "res", "repeat": 3}), "o": "Output"}, "i -> b.i", "b.prediction -> o"
    )
    both = project(model, res=residual())
    module = assemble(both, CATALOGUE, None)
    assert [name for name in module.state_dict() if name.endswith("weight")] == [f"b.{n}.w.weight" for n in range(3)]
    assert analyze(both, CATALOGUE).nodes["b"].parameters == sum(one.numel() for one in module.parameters()) == 60
    x = torch.randn(5, 4)
    expected = x
    for copy in range(3):
        expected = expected + module.get_submodule(f"b.{copy}.w")(expected)
    assert torch.equal(module(x), expected)


def test_that_a_problem_inside_a_block_is_told_at_the_block_too() -> None:
    inner = drawn({"i": "Input", "s": "Stern", "o": "Output"}, "i -> s", "s -> o")
    model = drawn({"i": ROW, "b": ("Block", {"network": "bad"}), "o": "Output"}, "i -> b.i", "b.prediction -> o")
    places = {(one.network, one.node) for one in report(model, bad=inner).problems}
    assert places == {("model", "b"), ("bad", "s")}


def test_that_a_block_that_contains_itself_is_refused_and_does_not_hang() -> None:
    model = drawn({"i": ROW, "b": ("Block", {"network": "model", "repeat": 1000}), "o": "Output"}, "i -> b.i", "b -> o")
    assert "contains itself" in report(model).problems[0].message


def test_that_a_thousandfold_repeat_is_analyzed_as_fast_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    followed: list[str] = []
    follow = Follower.follow

    def counted(self: Follower, network: str, **more: Any) -> Flow:
        followed.append(network)
        return follow(self, network, **more)

    monkeypatch.setattr(Follower, "follow", counted)
    model = drawn(
        {"i": ROW, "b": ("Block", {"network": "res", "repeat": 1000}), "o": "Output"}, "i -> b.i", "b.prediction -> o"
    )
    assert report(model, res=residual()).nodes["b"].parameters == 20_000
    assert followed.count("res") == 1


def test_that_several_inputs_and_outputs_keep_the_drawn_order() -> None:
    graph = drawn(
        {"a": ("Input", {"column": "left", "shape": (4,)}), "b": ("Input", {"column": "right", "shape": (4,)}),
         "h": "Halves", "z": ("Output", {"name": "z"}), "s": "Sum", "y": ("Output", {"name": "y"})},
        "b -> h", "h.second -> z", "a -> s.xs", "b -> s.xs", "s -> y",
    )  # fmt: skip
    module = assemble(project(graph), CATALOGUE, None)
    left, right = torch.randn(2, 4), torch.randn(2, 4)
    z, y = module(left, right)
    assert module.__dict__["inputs"] == ("left", "right")
    assert module.__dict__["outputs"] == ("z", "y")
    assert torch.equal(z, right[:, 2:])
    assert torch.equal(y, left + right)


@pytest.mark.parametrize("masked", [False, True])
def test_that_an_optional_input_may_stay_open(masked: bool) -> None:
    graph = drawn({"i": ROW, "m": "Masked", "o": "Output"}, "i -> m", "m -> o", *(["i -> m.mask"] if masked else []))
    x = torch.randn(3, 4)
    assert torch.equal(assemble(project(graph), CATALOGUE, None)(x), x * x if masked else x)


def test_that_a_network_with_a_problem_is_not_assembled_and_says_where() -> None:
    graph = drawn({"i": ROW, "c": "Filter", "o": "Output"}, "i -> c", "c -> o")
    with pytest.raises(GraphError, match="'c' in 'model'") as caught:
        assemble(project(graph), CATALOGUE, None)
    assert caught.value.problems[0].node == "c"


@given(st.integers(1, 9))
def test_that_the_assembled_network_takes_any_batch(size: int) -> None:
    module = assemble(project(image_net()), CATALOGUE, None)
    assert module(torch.zeros(size, 1, 6, 6)).shape == (size, 4)


@pytest.mark.parametrize("name", ["code", "graph", "train", "training", "forward", "input", "inputs", "class", "_code"])
def test_that_a_node_may_have_any_name_even_one_that_python_or_modules_use(name: str) -> None:
    graph = image_net().rename("w", name)
    other = drawn({name: ROW, "w": "Wide", "o": "Output"}, f"{name} -> w", "w -> o")
    block = drawn(
        {"i": IMAGE, name: ("Block", {"network": "inner"}), "o": "Output"}, f"i -> {name}.i", f"{name}.prediction -> o"
    )
    inner = drawn({"i": "Input", "w": "Wide", "o": "Output"}, "i -> w", "w -> o")
    for model, shape in ((graph, (3, 1, 6, 6)), (other, (3, 4)), (block, (3, 1, 6, 6))):
        module = assemble(project(model, inner=inner), CATALOGUE, None)
        assert module(torch.zeros(shape)).shape[-1] == 4
        assert any(parameter.numel() for parameter in module.parameters())


def test_that_the_same_seed_gives_the_same_weights() -> None:
    made = []
    for _ in range(2):
        torch.manual_seed(7)
        made.append(assemble(project(image_net()), CATALOGUE, None).state_dict())
    assert all(torch.equal(made[0][name], made[1][name]) for name in made[0])


def test_that_a_parameter_that_does_not_fit_what_arrives_is_named() -> None:
    graph = drawn({"i": ROW, "p": "Picky", "o": "Output"}, "i -> p", "p -> o")
    (problem,) = report(graph).problems
    assert (problem.node, problem.parameter) == ("p", "groups")


def test_that_a_muted_node_lets_data_by_and_has_no_weights() -> None:
    graph = image_net()
    muted = graph.replace(graph["c"].having(muted=True))
    nodes = report(muted).nodes
    assert (nodes["c"].parameters, nodes["c"].outputs["output"].shape) == (0, (None, 1, 6, 6))
    model = assemble(project(muted), CATALOGUE, None)
    assert not any(name.startswith("c.") for name, _ in model.named_parameters())


def test_that_a_muted_node_may_be_broken() -> None:
    graph = drawn(
        {"i": IMAGE, "s": "Stern", "w": ("Wide", {"out_features": 0}), "o": "Output"}, "i -> s", "s -> w", "w -> o"
    )
    muted = graph.replace(*(graph[one].having(muted=True) for one in "sw"))
    assert report(muted).problems == report(drawn({"i": IMAGE, "o": "Output"}, "i -> o")).problems
    x = torch.rand(3, 1, 6, 6)
    assert torch.equal(assemble(project(muted), CATALOGUE, None)(x), x)


def test_that_a_muted_node_with_several_ports_hands_on_place_by_place_and_the_first_for_the_rest() -> None:
    graph = drawn(
        {"i": ROW, "h": "Halves", "s": "Sum", "o": "Output"}, "i -> h", "h.first -> s.xs", "h.second -> s.xs", "s -> o"
    )
    muted = graph.replace(*(graph[one].having(muted=True) for one in "hs"))
    x = torch.rand(2, 4)
    assert torch.equal(assemble(project(muted), CATALOGUE, None)(x), x)


def wide_block() -> Graph:
    inner = drawn(
        {"i": "Input", "w": "Wide", "v": ("Wide", {"out_features": 9}), "o": "Output"}, "i -> w", "w -> v", "v -> o"
    )
    return inner.expose(Exposed(name="width", targets=(("v", "out_features"), ("w", "out_features"))))


def inner(**parameters: int) -> tuple[str, dict[str, Any]]:
    return "Block", {"network": "inner", **parameters}


def test_that_a_block_sets_what_its_network_exposes_each_for_itself() -> None:
    graph = drawn(
        {"i": ROW, "a": inner(width=5), "b": inner(), "o": "Output"},
        "i -> a.i",
        "a.prediction -> b.i",
        "b.prediction -> o",
    )
    nodes = report(graph, inner=wide_block()).nodes
    assert nodes["a"].outputs["prediction"].shape == (None, 5)
    assert nodes["b"].outputs["prediction"].shape == (None, 9)
    assert nodes["a"].parameters == (4 * 5 + 5) + (5 * 5 + 5)


def test_that_a_block_is_told_when_its_network_exposes_no_such_parameter() -> None:
    graph = drawn(
        {"i": ROW, "a": ("Block", {"network": "inner", "depth": 5}), "o": "Output"}, "i -> a.i", "a.prediction -> o"
    )
    (problem, *_) = report(graph, inner=wide_block()).problems
    assert (problem.node, problem.parameter) == ("a", "depth")
    assert "network, repeat, width" in problem.message


def test_that_a_block_shows_the_form_of_what_it_exposes_through_every_depth() -> None:
    middle = drawn({"i": "Input", "a": ("Block", {"network": "inner"}), "o": "Output"}, "i -> a.i", "a.prediction -> o")
    middle = middle.expose(Exposed(name="size", targets=(("a", "width"),)))
    outer = drawn({"b": ("Block", {"network": "middle"})})
    found = project(outer, inner=wide_block(), middle=middle).parameters_of(outer["b"], CATALOGUE.layers)
    assert [one.name for one in found] == ["network", "repeat", "size"]
    assert (found[-1].type, found[-1].default, found[-1].min) == ("int", 9, 1)
