"""The rules that graphs keep."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.spec import Bookmark, Exposed, Graph, Link, Node
from tests.spec.strategies import graphs


def chain(*ids: str) -> Graph:
    graph = Graph().add(*(Node(id=one, kind="Identity") for one in ids))
    for source, target in pairwise(ids):
        graph = graph.connect(Link(source=source, target=target))
    return graph


def test_that_an_edit_leaves_the_old_graph_as_it_was() -> None:
    before = chain("a", "b")
    before.remove("a")
    assert [node.id for node in before.nodes] == ["a", "b"]


def test_that_parameters_refuse_to_change_in_place() -> None:
    node = Node(id="a", kind="Linear", parameters={"out_features": 3})
    with pytest.raises(TypeError, match="immutable"):
        node.parameters["out_features"] = 4  # type: ignore[index]


def test_that_removing_a_node_removes_its_links() -> None:
    assert chain("a", "b", "c").remove("b").links == ()


def test_that_a_link_that_would_close_a_loop_is_refused_with_the_reason() -> None:
    with pytest.raises(ValueError, match="close a loop"):
        chain("a", "b", "c").connect(Link(source="c", target="a"))


def test_that_a_node_cannot_read_itself() -> None:
    with pytest.raises(ValueError, match="close a loop"):
        chain("a").connect(Link(source="a", target="a"))


def test_that_a_second_link_to_an_input_takes_the_place_of_the_first() -> None:
    graph = chain("a", "b").add(Node(id="c", kind="Identity")).connect(Link(source="c", target="b"))
    assert [link.source for link in graph.links] == ["c"]


def test_that_a_many_input_keeps_all_its_links_in_order() -> None:
    graph = chain("a", "b").add(Node(id="c", kind="Identity")).connect(Link(source="c", target="b"), many=True)
    assert [link.source for link in graph.incoming["b"]] == ["a", "c"]


def test_that_an_id_is_taken_once() -> None:
    with pytest.raises(ValueError, match="already a node called 'a'"):
        chain("a").add(Node(id="a", kind="ReLU"))


def test_that_renaming_carries_the_links_along() -> None:
    assert chain("a", "b", "c").rename("b", "middle").links == chain("a", "middle", "c").links


@pytest.mark.parametrize("name", ["", "1st", "my node", "a-b"])
def test_that_a_name_must_serve_as_a_python_identifier(name: str) -> None:
    with pytest.raises(ValueError, match="cannot name a node"):
        chain("a").rename("a", name)


def test_that_fresh_ids_are_readable_and_free() -> None:
    graph = Graph().add(Node(id="conv2d_1", kind="Conv2d"))
    assert graph.fresh_id("Conv2d") == "conv2d_2"
    assert graph.fresh_id("Conv2d", taken=["conv2d_2"]) == "conv2d_3"


def test_that_nodes_behind_a_loop_are_left_out_of_the_order_and_the_loop_is_named() -> None:
    whole = chain("a", "b", "c", "d")
    looped = Graph(nodes=whole.nodes, links=(*whole.links, Link(source="c", target="b", input="y")))
    assert looped.order == ("a",)
    assert set(looped.loop) == {"b", "c"}


@given(graphs())
def test_that_the_order_puts_every_node_behind_what_it_reads(graph: Graph) -> None:
    place = {node: number for number, node in enumerate(graph.order)}
    assert place.keys() == graph.index.keys()
    assert all(place[link.source] < place[link.target] for link in graph.links)


@given(graphs(), st.data())
def test_that_every_removal_leaves_a_whole_graph(graph: Graph, data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from([node.id for node in graph.nodes]))) if graph.nodes else set()
    left = graph.remove(*gone)
    assert Graph(**{name: getattr(left, name) for name in Graph.model_fields}) == left
    assert not gone & left.index.keys()


def test_that_a_second_link_between_the_same_ports_is_the_first_whatever_way_it_takes() -> None:
    graph = chain("a", "b")
    assert graph.connect(Link(source="a", target="b", via=((1.0, 1.0),)), many=True) is graph


def test_that_exposed_parameters_follow_their_nodes() -> None:
    one, both = Exposed(name="p", targets=(("b", "p"),)), Exposed(name="q", targets=(("a", "q"), ("b", "q")))
    graph = chain("a", "b").expose(one, both).rename("a", "c")
    assert graph.exposed[1].targets == (("c", "q"), ("b", "q"))
    assert graph.remove("b").exposed == (both.having(targets=(("c", "q"),)),)


@pytest.mark.parametrize("names", [("p", "p"), ("repeat",), ("two words",)])
def test_that_exposed_parameters_have_names_of_their_own(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"called 'p'|cannot name"):
        chain("a").expose(*(Exposed(name=name, targets=(("a", "x"),)) for name in names))


def test_that_a_bookmark_takes_the_place_of_the_one_on_its_key() -> None:
    graph = chain("a").mark(Bookmark(key=2)).mark(Bookmark(key=1)).mark(Bookmark(key=2, zoom=3.0))
    assert [(one.key, one.zoom) for one in graph.bookmarks] == [(1, 1.0), (2, 3.0)]
