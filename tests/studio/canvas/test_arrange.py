"""Networks that lay themselves out."""

from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QRectF, QSizeF

from engine.spec import Graph, Link, Node
from studio.canvas.arrange import arranged
from tests.studio.canvas.layers import chain, wire

SIZE = QSizeF(208, 56)


def boxes(graph: Graph) -> dict[str, QRectF]:
    places = arranged(graph, dict.fromkeys(graph.index, SIZE))
    return {name: QRectF(*place, SIZE.width(), SIZE.height()) for name, place in places.items()}


@some.composite
def networks(draw: some.DrawFn) -> Graph:
    count = draw(some.integers(1, 14))
    graph = Graph(nodes=tuple(Node(id=f"n{place}", kind="ReLU") for place in range(count)))
    pairs = some.tuples(some.integers(0, count - 1), some.integers(0, count - 1)).filter(lambda pair: pair[0] < pair[1])
    for one, other in draw(some.lists(pairs, max_size=20)) if count > 1 else ():
        graph = graph.connect(wire(f"n{one}", f"n{other}", "xs"), many=True)
    return graph


@given(graph=networks())
def test_that_no_two_boxes_touch(graph: Graph) -> None:
    found = list(boxes(graph).values())
    assert len(found) == len(graph.nodes)
    assert not any(one.intersects(other) for place, one in enumerate(found) for other in found[:place])


@given(graph=networks())
def test_that_every_wire_leads_downward(graph: Graph) -> None:
    found = boxes(graph)
    assert all(found[link.source].bottom() < found[link.target].top() for link in graph.links)


def test_that_a_chain_is_straight() -> None:
    lefts = {box.left() for box in boxes(chain("Input", "ReLU", "ReLU", "Output")).values()}
    assert len(lefts) == 1


def test_that_branches_stand_beside_each_other_below_the_middle_of_their_source() -> None:
    graph = Graph(
        nodes=tuple(Node(id=name, kind="ReLU") for name in "abcd"),
        links=(wire("a", "b"), wire("a", "c"), wire("b", "d", "xs"), wire("c", "d", "xs")),
    )
    found = boxes(graph)
    assert found["b"].top() == found["c"].top()
    assert found["a"].center().x() == found["d"].center().x() == (found["b"].center().x() + found["c"].center().x()) / 2


def test_that_nodes_in_a_loop_have_places_too() -> None:
    graph = Graph(
        nodes=tuple(Node(id=name, kind="ReLU") for name in "abc"),
        links=(Link(source="a", target="b"), Link(source="b", target="a"), Link(source="b", target="c")),
    )
    assert boxes(graph).keys() == {"a", "b", "c"}


def test_that_crossed_wires_are_untangled() -> None:
    graph = Graph(
        nodes=tuple(Node(id=name, kind="ReLU") for name in ("a", "b", "p", "q")),
        links=(wire("a", "q"), wire("b", "p")),
    )
    found = boxes(graph)
    assert (found["a"].left() < found["b"].left()) == (found["q"].left() < found["p"].left())
