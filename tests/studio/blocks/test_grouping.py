"""Layers become a block, and come out of it again, without a change of what is computed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from engine.analyze import analyze
from engine.spec import Exposed, Frame, Graph, Node, Project
from studio.blocks import grouped, ungrouped
from tests.engine.drawn import CATALOGUE, drawn
from tests.studio.blocks import drawings
from tests.studio.blocks.drawings import LAYERS, models, same, weights_of

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def essence(graph: Graph) -> tuple[object, ...]:
    """What of a network counts: its nodes, and for every port what arrives there in its order."""
    arriving = {
        (node, port): [(link.source, link.output) for link in graph.incoming[node] if link.input == port]
        for node in graph.index
        for port in {link.input for link in graph.incoming[node]}
    }
    return {node.id: node for node in graph.nodes}, arriving, {frame.id: frame for frame in graph.frames}


def returns(graph: Graph, chosen: set[str]) -> bool:
    """Whether some way leaves the chosen nodes and comes back; found by walking every way."""
    outside = {link.target for link in graph.links if link.source in chosen} - chosen
    while True:
        further = {link.target for link in graph.links if link.source in outside and link.target not in chosen}
        if further <= outside:
            break
        outside |= further
    return any(link.source in outside and link.target in chosen for link in graph.links)


@few
@given(models(), some.data())
def test_that_a_group_computes_the_same_and_comes_apart_into_what_it_was(graph: Graph, data: some.DataObject) -> None:
    project = Project(networks={"model": graph})
    names = [node.id for node in graph.nodes if node.kind not in ("Input", "Output")]
    chosen = data.draw(some.lists(some.sampled_from(names), min_size=1, unique=True))
    if returns(graph, set(chosen)):
        with pytest.raises(ValueError, match="comes back"):
            grouped(project, "model", chosen, LAYERS)
        return
    weights = weights_of(project)
    before = drawings.given(project, weights=weights)
    made = grouped(project, "model", chosen, LAYERS)
    assert not set(chosen) & made.project.model.index.keys()
    assert same(drawings.given(made.project, weights=weights), before)
    apart, ids = ungrouped(made.project, "model", made.block)
    assert set(ids) == set(chosen)
    assert list(apart.networks) == ["model"]
    assert essence(apart.model) == essence(graph)
    assert same(drawings.given(apart, weights=weights), before)


def twins() -> Project:
    """Two sources, each read twice, and two results, one of them read twice."""
    graph = drawn(
        {
            "data": ("Input", {"column": "data", "shape": (4,)}),
            "left": "Wide",
            "right": "Wide",
            "one": "Sum",
            "two": "Masked",
            "last": "Sum",
            "end": "Output",
            "other": ("Output", {"name": "other"}),
        },
        *("data -> left", "data -> right", "left -> one.xs", "right -> one.xs", "left -> two", "right -> two.mask"),
        *("one -> last.xs", "two -> last.xs", "last -> end", "two -> other"),
    )
    return Project(networks={"model": graph})


def test_that_one_outer_source_becomes_one_input_and_one_inner_output_one_output() -> None:
    made = grouped(twins(), "model", ("one", "two"), LAYERS)
    inner = made.project.networks[made.network]
    assert {node.id for node in inner.of_kind("Input")} == {"left", "right"}
    assert [node.parameters["name"] for node in inner.of_kind("Output")] == ["one", "two"]
    outer = made.project.model
    assert [link.input for link in outer.incoming[made.block]] == ["left", "right"]
    assert [(link.output, link.target) for link in outer.outgoing[made.block]] == [
        ("one", "last"),
        ("two", "last"),
        ("two", "other"),
    ]


def test_that_a_lone_port_has_the_usual_name_and_named_ports_keep_theirs() -> None:
    lone = grouped(twins(), "model", ("left",), LAYERS)
    inner = lone.project.networks[lone.network]
    assert [node.id for node in inner.of_kind("Input")] == ["x"]
    assert [node.parameters["name"] for node in inner.of_kind("Output")] == ["output"]
    named = grouped(twins(), "model", ("two",), LAYERS)
    assert {node.id for node in named.project.networks[named.network].of_kind("Input")} == {"left", "mask"}


def test_that_inputs_and_outputs_of_the_network_stay_outside() -> None:
    project = twins()
    made = grouped(project, "model", tuple(project.model.index), LAYERS)
    assert {node.kind for node in made.project.model.nodes} == {"Input", "Output", "Block"}
    assert not [one for one in analyze(made.project, CATALOGUE).errors if one.network]
    with pytest.raises(ValueError, match="Inputs and Outputs stay outside"):
        grouped(project, "model", ("data", "end"), LAYERS)


def test_that_open_ports_become_ports_of_a_block_that_no_wire_leads_to() -> None:
    loose = drawn({"a": "Wide", "b": "Masked"}, "a -> b")
    made = grouped(Project(networks={"model": loose}), "model", ("a", "b"), LAYERS)
    assert made.project.ports(made.project.model[made.block], LAYERS) is not None
    inputs, outputs = made.project.ports(made.project.model[made.block], LAYERS) or ((), ())
    assert ([port.name for port in inputs], outputs) == (["x"], ("output",))


def test_that_a_frame_moves_with_all_that_stands_in_it_and_comes_back() -> None:
    graph = twins().model
    graph = graph.move({"one": (1000.0, 0.0), "two": (1000.0, 100.0), "left": (3000.0, 0.0)})
    whole = Frame(id="whole", position=(980.0, -40.0), size=(300.0, 300.0))
    half = Frame(id="half", position=(2980.0, -40.0), size=(300.0, 300.0))
    project = Project(networks={"model": graph.frame(whole, half)})
    made = grouped(project, "model", ("one", "two"), LAYERS)
    assert made.project.model.frames == (half,)
    assert made.project.networks[made.network].frames == (whole,)
    apart, _ = ungrouped(made.project, "model", made.block)
    assert set(apart.model.frames) == {whole, half}


def test_that_what_the_network_exposed_is_exposed_through_the_block_and_back() -> None:
    wide = Exposed(name="width", targets=(("left", "out_features"), ("right", "out_features")))
    project = twins().with_network("model", twins().model.expose(wide))
    made = grouped(project, "model", ("left", "one", "two", "last"), LAYERS)
    assert made.project.networks[made.network].exposed == (wide.having(targets=(("left", "out_features"),)),)
    assert set(made.project.model.exposed[0].targets) == {(made.block, "width"), ("right", "out_features")}
    apart, _ = ungrouped(made.project, "model", made.block)
    assert set(apart.model.exposed[0].targets) == set(wide.targets)


def stack(repeat: object = 3, **settings: object) -> Project:
    """A model with a repeated block whose width is exposed."""
    inner = drawn({"x": "Input", "wide": "Wide", "y": "Output"}, "x -> wide", "wide -> y")
    inner = inner.expose(Exposed(name="width", targets=(("wide", "out_features"),)))
    model = drawn(
        {
            "data": ("Input", {"shape": (4,)}),
            "many": ("Block", {"network": "unit", "repeat": repeat, **settings}),
            "end": "Output",
        },
        "data -> many",
        "many.prediction -> end",
    )
    return Project(networks={"model": model, "unit": inner})


def test_that_a_repeated_block_comes_apart_into_a_chain_with_its_settings() -> None:
    apart, ids = ungrouped(stack(width=6), "model", "many")
    assert ids == ("wide", "wide_1", "wide_2")
    assert [apart.model[one].parameters["out_features"] for one in ids] == [6, 6, 6]
    ends = {(link.source, link.target) for link in apart.model.links}
    assert ends == {("data", "wide"), ("wide", "wide_1"), ("wide_1", "wide_2"), ("wide_2", "end")}
    report = analyze(apart, CATALOGUE)
    assert not [one for one in report.errors if one.network]
    assert report.totals["parameters"] == analyze(stack(width=6), CATALOGUE).totals["parameters"]
    assert len({apart.model[one].position for one in ids}) == 3


def test_that_a_network_used_elsewhere_stays_when_one_of_its_blocks_comes_apart() -> None:
    project = stack()
    twice = project.model.add(Node(id="again", kind="Block", parameters={"network": "unit"}))
    apart, _ = ungrouped(project.with_network("model", twice), "model", "many")
    assert "unit" in apart.networks


@pytest.mark.parametrize(
    ("project", "words"),
    [
        (stack(1000), "1,000 layers. Set its repeat to 500"),
        (stack(network="nowhere"), "names no network"),
        (stack().with_network("model", stack().model.replace(stack().model["many"].having(muted=True))), "is muted"),
        (stack("often"), "no number"),
        (stack().with_network("unit", stack().networks["unit"].remove("y")), "1 inputs and gives 0 outputs"),
    ],
)
def test_that_what_cannot_come_apart_is_refused_in_words(project: Project, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        ungrouped(project, "model", "many")


def test_that_wires_that_would_lie_on_each_other_are_refused() -> None:
    inner = drawn(
        {"one": "Input", "two": "Input", "add": "Sum", "y": "Output"}, "one -> add.xs", "two -> add.xs", "add -> y"
    )
    model = drawn({"data": "Input", "both": ("Block", {"network": "sum"})}, "data -> both.one", "data -> both.two")
    with pytest.raises(ValueError, match="join the same ports"):
        ungrouped(Project(networks={"model": model, "sum": inner}), "model", "both")
