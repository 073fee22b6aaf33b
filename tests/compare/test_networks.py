from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compare import MISSING, NetworkDifference, compare_networks
from engine.compare.matching import matched
from engine.spec import Graph, Link, Project, format_project, parse_project
from tests.compare.drawn import BASE, CATALOGUE, INPUT, OUTPUT, chain, node, project
from tests.spec.strategies import graphs


def difference(before: Graph, after: Graph) -> NetworkDifference:
    [found] = compare_networks(project(before), project(after), CATALOGUE.layers)
    return found


def told(found: NetworkDifference) -> dict[str, str]:
    return {one.id: one.status for one in found.differing}


@settings(max_examples=30)
@given(graphs())
def test_that_a_network_does_not_differ_from_itself(graph: Graph) -> None:
    assert not difference(graph, parse_project(format_project(project(graph))).model).differs


@settings(max_examples=30)
@given(graphs(), graphs())
def test_that_every_node_is_told_of_once(before: Graph, after: Graph) -> None:
    found = difference(before, after)
    assert len(set(found.pairs.values())) == len(found.pairs)
    assert sorted(one.before.id for one in found.nodes if one.before) == sorted(before.index)
    assert sorted(one.after.id for one in found.nodes if one.after) == sorted(after.index)


@settings(max_examples=20)
@given(st.permutations(range(4)))
def test_that_nodes_with_other_names_are_the_same_nodes(names: list[int]) -> None:
    after = BASE
    for place, name in enumerate(("conv2d_1", "relu_1", "conv2d_2", "relu_2")):
        after = after.rename(name, f"mine_{names[place]}")
    assert set(told(difference(BASE, after)).values()) == {"renamed"}


def test_that_a_network_with_all_other_names_is_matched_along_its_order() -> None:
    after = chain(*(one.having(id=f"n{place}") for place, one in enumerate(BASE.nodes)))
    assert list(matched(BASE, after).items()) == [(one.id, f"n{place}") for place, one in enumerate(BASE.nodes)]


def test_that_an_inserted_node_is_new_and_leaves_its_neighbors_alone() -> None:
    after = chain(*BASE.nodes[:3], node("dropout_1", "Dropout", p=0.3), *BASE.nodes[3:])
    found = difference(BASE, after)
    assert told(found) == {"dropout_1": "added"}
    assert [one.ends for one in found.removed_links] == [("relu_1", "output", "conv2d_2", "x")]
    assert len(found.added_links) == 2


def test_that_a_removed_node_is_told_of_behind_what_it_followed() -> None:
    found = difference(BASE, chain(*BASE.nodes[:2], *BASE.nodes[3:]))
    assert [(one.id, one.status) for one in found.nodes[1:3]] == [("conv2d_1", "same"), ("relu_1", "removed")]


def test_that_a_changed_parameter_is_told_with_both_values_and_their_factor() -> None:
    found = difference(BASE, BASE.replace(BASE["conv2d_1"].set(out_channels=64)))
    assert found.differing[0].words == ("out_channels 16 → 64 (×4)",)


def test_that_a_parameter_written_as_it_is_by_default_is_no_change() -> None:
    assert not difference(BASE, BASE.replace(BASE["conv2d_1"].set(out_channels=16, kernel_size=3))).differs


def test_that_a_parameter_of_an_unknown_layer_may_be_missing() -> None:
    before, after = (chain(INPUT, node("x", "Strange", **settings), OUTPUT) for settings in ({}, {"depth": 2}))
    [change] = difference(before, after).differing[0].changes
    assert (change.before, change.after) == (MISSING, 2)


def test_that_a_node_renamed_and_changed_at_once_is_one_node() -> None:
    after = BASE.rename("conv2d_2", "deep").replace(BASE["conv2d_2"].having(id="deep").set(out_channels=48))
    [one] = difference(BASE, after).differing
    assert one.status == "changed"
    assert one.words == ("out_channels 32 → 48 (×1.5)", "was called conv2d_2")


def test_that_another_kind_between_the_same_nodes_took_its_place() -> None:
    after = chain(*BASE.nodes[:2], node("gelu_1", "GELU"), *BASE.nodes[3:])
    [one] = difference(BASE, after).differing
    assert one.words == ("ReLU → GELU", "was called relu_1")


def test_that_nodes_that_changed_places_are_moved() -> None:
    nodes = BASE.nodes
    found = difference(BASE, chain(nodes[0], nodes[2], nodes[1], *nodes[3:]))
    assert set(told(found).values()) == {"moved"}
    assert len(found.differing) == 1


def test_that_nothing_moves_where_wires_are_missing() -> None:
    found = difference(BASE, BASE.remove("relu_1"))
    assert told(found) == {"relu_1": "removed"}


def test_that_the_order_of_many_inputs_counts() -> None:
    join = node("concat_1", "Concat")
    graph = Graph(nodes=(*BASE.nodes, join))
    links = [Link(source=one, target="concat_1", input="xs") for one in ("relu_1", "relu_2")]
    before, after = graph.having(links=tuple(links)), graph.having(links=tuple(reversed(links)))
    assert difference(before, after).differing[0].changes[0].name == "order of xs"


def test_that_a_muted_node_is_a_changed_one() -> None:
    found = difference(BASE, BASE.replace(BASE["relu_1"].having(muted=True)))
    assert found.differing[0].words == ("muted off → on",)


def test_that_places_make_no_difference() -> None:
    assert not difference(BASE, BASE.move({"conv2d_1": (500.0, 80.0)})).differs


def test_that_a_block_differs_inside_when_a_network_far_within_it_does() -> None:
    def nested(deepest: Graph) -> Project:
        middle = chain(INPUT, node("inner", "Block", network="unit"), OUTPUT)
        return project(chain(INPUT, node("outer", "Block", network="stage"), OUTPUT), stage=middle, unit=deepest)

    found = compare_networks(nested(BASE), nested(chain(*BASE.nodes[:3], OUTPUT)), CATALOGUE.layers)
    statuses = {one.name: told(one) for one in found}
    assert statuses["model"] == {"outer": "inside"}
    assert statuses["stage"] == {"inner": "inside"}


def test_that_a_network_with_another_name_is_found_by_its_block() -> None:
    def using(name: str) -> Project:
        return project(chain(INPUT, node("block_1", "Block", network=name), OUTPUT), **{name: BASE})

    found = compare_networks(using("stage"), using("body"), CATALOGUE.layers)
    assert [(one.names, one.differs) for one in found] == [(("model", "model"), True), (("stage", "body"), False)]


def test_that_networks_of_one_side_alone_are_new_or_gone() -> None:
    found = compare_networks(project(BASE, old=BASE), project(BASE, new=BASE), CATALOGUE.layers)
    statuses = {one.names: {node.status for node in one.nodes} for one in found}
    assert statuses == {("model", "model"): {"same"}, ("old", ""): {"removed"}, ("", "new"): {"added"}}
