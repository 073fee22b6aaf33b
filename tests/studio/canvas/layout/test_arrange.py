"""Networks that lay themselves out."""

from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QRectF, QSizeF

from engine.spec import Frame, Graph, Link, Node
from studio.canvas.layout.arrange import arranged, laid_out
from studio.canvas.layout.layered import columns, meshed, ranked, untangled
from studio.canvas.layout.layered.crossings import crossings
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


def test_that_a_long_link_has_a_lane_of_its_own_beside_what_it_passes() -> None:
    graph = chain("Input", "ReLU", "ReLU", "Concat").connect(wire("a", "d", "xs"), many=True)
    order = {name: place for place, name in enumerate(graph.order)}
    mesh = meshed(list(range(4)), [(order[link.source], order[link.target]) for link in graph.links])
    middles = columns(mesh, lambda one, other: 100.0)
    lane = [middles[point] for point in range(4, 6)]
    assert lane[0] == lane[1]
    assert abs(lane[0] - middles[1]) >= 100


@given(graph=networks())
def test_that_untangling_never_adds_crossings(graph: Graph) -> None:
    spot = {name: place for place, name in enumerate(graph.order)}
    above = {name: [link.source for link in graph.incoming[name]] for name in graph.order}
    below = {name: [link.target for link in graph.outgoing[name]] for name in graph.order}
    mesh = meshed(ranked(graph.order, above, below), [(spot[link.source], spot[link.target]) for link in graph.links])
    before, points = crossings(mesh), sorted(point for row in mesh.rows for point in row)
    untangled(mesh)
    assert crossings(mesh) <= before
    assert sorted(point for row in mesh.rows for point in row) == points


def test_that_everything_reading_everything_stays_a_small_mesh() -> None:
    count = 60
    pairs = [(one, other) for one in range(count) for other in range(one + 1, count)]
    mesh = meshed(list(range(count)), pairs)
    assert len(mesh.ranks) < count * count / 2


def test_that_a_short_branch_stays_where_its_links_are_short() -> None:
    above = {"a": [], "b": ["a"], "c": ["b"], "w": [], "d": ["c", "w"]}
    below = {"a": ["b"], "b": ["c"], "c": ["d"], "w": ["d"], "d": []}
    assert dict(zip("abcwd", ranked("abcwd", above, below), strict=True)) == {"a": 0, "b": 1, "c": 2, "w": 2, "d": 3}


def test_that_frames_stay_around_their_nodes_and_wires_go_their_own_way() -> None:
    graph = chain("Input", "ReLU", "Output").move({"b": (900.0, 40.0)})
    graph = graph.lead(graph.links[0], ((5.0, 5.0),)).frame(Frame(id="f", position=(880.0, 0.0), size=(300.0, 200.0)))
    after = laid_out(graph, dict.fromkeys(graph.index, SIZE))
    frame = after.frames[0]
    around, box = QRectF(*frame.position, *frame.size), QRectF(*after["b"].position, SIZE.width(), SIZE.height())
    assert around.contains(box)
    assert not around.contains(QRectF(*after["a"].position, 1, 1))
    assert after.links[0].via == ()
