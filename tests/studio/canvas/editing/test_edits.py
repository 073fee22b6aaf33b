"""What hands do to a network, as values."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.spec import Graph, Node, Port
from studio.canvas.editing.clipboard import Part, from_text, to_text
from studio.canvas.editing.edits import Ports, healed, inserted, joined, part
from studio.canvas.editing.joining import End, Joining
from tests.studio.canvas.layers import chain, wire

ONE = ((Port(name="x"),), ("output",))


def test_that_a_wire_into_a_port_for_many_keeps_its_place_when_something_is_put_into_it() -> None:
    nodes = tuple(Node(id=name, kind="ReLU") for name in "abcn")
    graph = Graph(nodes=nodes, links=(wire("a", "c", "xs"), wire("b", "c", "xs")))
    after = inserted(graph, "n", wire("a", "c", "xs"), ONE)
    assert [link.source for link in after.incoming["c"]] == ["n", "b"]
    assert after.incoming["n"] == (wire("a", "n"),)


def test_that_a_node_without_a_way_through_is_not_put_into_a_wire() -> None:
    graph = chain("Input", "Output").add(Node(id="n", kind="Input"))
    assert inserted(graph, "n", wire("a", "b"), ((), ("output",))) is graph


def test_that_putting_a_node_into_its_own_future_is_refused() -> None:
    graph = chain("Input", "ReLU", "ReLU")
    assert inserted(graph, "c", wire("a", "b"), ONE) is graph


def test_that_deleting_two_in_a_row_joins_what_is_left() -> None:
    assert healed(chain("Input", "ReLU", "ReLU", "Output"), ["b", "c"], lambda _: ONE).links == (wire("a", "d"),)


TWO = ((Port(name="left"), Port(name="right")), ("output",))


def residual() -> Graph:
    """`a` feeds `b`, and `c` adds what `b` gives to what went past it; `d` reads the sum."""
    nodes = chain("Input", "ReLU", "Bilinear", "Output").nodes
    return Graph(nodes=nodes, links=(wire("a", "b"), wire("b", "c", "left"), wire("a", "c", "right"), wire("c", "d")))


def ports(node: Node) -> Ports:
    return {"Input": ((), ("output",)), "Bilinear": TWO}.get(node.kind, ONE)


def test_that_a_whole_block_that_one_signal_enters_is_healed_over() -> None:
    assert healed(residual(), ["b", "c"], ports).links == (wire("a", "d"),)


def test_that_nothing_is_healed_where_two_signals_enter_or_one_is_made_inside() -> None:
    assert healed(residual(), ["c"], ports).links == (wire("a", "b"),)
    assert healed(residual(), ["a", "b"], ports).links == (wire("c", "d"),)


def test_that_groups_that_hang_apart_are_healed_apart() -> None:
    graph = chain("Input", "ReLU", "ReLU", "ReLU", "Output")
    assert set(healed(graph, ["b", "d"], ports).links) == {wire("a", "c"), wire("c", "e")}


def test_that_a_healed_wire_keeps_its_place_among_those_of_a_port_for_many() -> None:
    nodes = tuple(Node(id=name, kind="ReLU") for name in "abxcz")
    links = (wire("z", "x"), wire("x", "c", "xs"), wire("b", "c", "xs"))
    after = healed(Graph(nodes=nodes, links=links), ["x"], ports)
    assert [link.source for link in after.incoming["c"]] == ["z", "b"]


@given(picked=some.sets(some.sampled_from("abcdef")))
def test_that_healing_leaves_no_wire_of_what_is_gone_and_closes_no_loop(picked: set[str]) -> None:
    graph = chain("Input", "ReLU", "Bilinear", "ReLU", "Bilinear", "Output")
    graph = graph.connect(wire("a", "c", "right")).connect(wire("b", "e", "right"))
    after = healed(graph, picked, ports)
    assert set(after.index) == set("abcdef") - picked
    assert after.loop == ()
    assert {link for link in graph.links if not picked & {link.source, link.target}} <= set(after.links)


def test_that_a_copy_has_ids_of_its_own_and_stands_aside() -> None:
    graph = chain("Conv2d", "ReLU")
    after, names = joined(graph, graph, shift=(32.0, 32.0))
    assert names == {"a": "conv2d_1", "b": "relu_1"}
    assert after["relu_1"].position == (32.0, 152.0)
    assert after.links[-1] == wire("conv2d_1", "relu_1")


@given(kinds=some.lists(some.sampled_from(["Input", "Conv2d", "Concat", "Unheard"]), min_size=1, max_size=8))
def test_that_text_holds_nodes_and_links_whole(kinds: list[str]) -> None:
    graph = chain(*kinds)
    assert from_text(to_text(Part(graph))).graph == graph


def test_that_only_links_among_the_chosen_are_copied() -> None:
    assert part(chain("Input", "ReLU", "Output"), ["a", "c"]).links == ()
    assert part(chain("Input", "ReLU", "Output"), ["a", "b"]).links == (wire("a", "b"),)


def test_that_a_taken_input_names_the_wire_that_would_give_way() -> None:
    graph = chain("Input", "ReLU").add(Node(id="n", kind="Input"))
    joining = Joining(graph, End("n", "output", output=True))
    assert joining.replaced(End("b", "x", output=False)) == wire("a", "b")
    assert joining.replaced(End("b", "x", output=False, many=True)) is None


@pytest.mark.parametrize(("start", "other"), [("c", "a"), ("b", "a"), ("c", "b")])
def test_that_no_wire_closes_a_loop_from_either_side(start: str, other: str) -> None:
    graph = chain("ReLU", "ReLU", "ReLU")
    downward = Joining(graph, End(start, "output", output=True)).refusal(End(other, "x", output=False))
    upward = Joining(graph, End(other, "x", output=False)).refusal(End(start, "output", output=True))
    assert downward == upward == f"This would close a loop: data from {other} already flows into {start}."
