"""The scene shows exactly the document, whatever happened before."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from PySide6.QtCore import QPointF, Qt

from engine.spec import Block, Catalogue, Frame, Graph, Input, Link, Node, Project
from studio.canvas.facts.face import Marks, face_of
from studio.canvas.layout.geometry import crosses, link_path
from studio.canvas.look import Detail, Look
from studio.canvas.scene import NetworkScene
from studio.theme import DARK, LIGHT
from tests.studio.canvas.conftest import Desk
from tests.studio.canvas.layers import CATALOGUE, chain, wire

KINDS = ("Input", "Conv2d", "ReLU", "Concat", "Bilinear", "Output", "Unheard")
WAYS = (
    "lead",
    "frame",
    "unframe",
    "mute",
    "add",
    "remove",
    "connect",
    "disconnect",
    "move",
    "change",
    "rename",
    "turn",
    "clear",
)


def shown(scene: NetworkScene) -> dict[str, Any]:
    """Everything that can be seen of a graph."""
    return {
        "nodes": {
            name: (item.pos().toTuple(), item.face, item.isVisible(), item.linked) for name, item in scene.nodes.items()
        },
        "frames": {name: (item.frame, item.box, item.zValue()) for name, item in scene.frames.items()},
        "links": {link: item.path() for link, item in scene.links.items()},
        "items": sum(item.parentItem() is None for item in scene.items()),
    }


def described(graph: Graph) -> Callable[[Node], Any]:
    project = Project(networks={"model": graph})
    return lambda node: face_of(node, project, graph, CATALOGUE.layers)


@some.composite
def edit(draw: some.DrawFn, graph: Graph) -> Graph:
    """One edit of any kind that the document could see."""
    names = [node.id for node in graph.nodes]
    kind = draw(some.sampled_from(WAYS))
    place = draw(some.tuples(some.integers(-40, 40), some.integers(-40, 40)))
    position = (place[0] * 8.0, place[1] * 8.0)
    if kind == "add" or not names:
        made = draw(some.sampled_from(KINDS))
        return graph.add(Node(id=graph.fresh_id(made), kind=made, position=position))
    one, other = draw(some.sampled_from(names)), draw(some.sampled_from(names))
    ways: dict[str, Callable[[], Graph]] = {
        "remove": lambda: graph.remove(one, other),
        "connect": lambda: _connected(graph, one, other, draw(some.sampled_from(("x", "xs", "left", "nowhere")))),
        "disconnect": lambda: graph.disconnect(*graph.links[: draw(some.integers(0, 3))]),
        "move": lambda: graph.move({one: position}),
        "change": lambda: graph.replace(graph[one].having(kind=draw(some.sampled_from(KINDS)))),
        "rename": lambda: graph.rename(one, graph.fresh_id("other")),
        "mute": lambda: graph.replace(graph[one].having(muted=not graph[one].muted)),
        "lead": lambda: graph.lead(graph.links[0], (position,)) if graph.links else graph,
        "frame": lambda: graph.frame(Frame(id=draw(some.sampled_from("fg")), title="Stage", position=position)),
        "unframe": lambda: graph.unframe("f"),
        "turn": lambda: Graph(nodes=graph.nodes[::-1], links=graph.links[::-1]),
        "clear": Graph,
    }
    return ways[kind]()


def _connected(graph: Graph, one: str, other: str, port: str) -> Graph:
    try:
        return graph.connect(wire(one, other, port), many=port == "xs")
    except ValueError:
        return graph


def several() -> Graph:
    """Three wires into one port, one of them past a box."""
    nodes = chain("Input", "ReLU", "ReLU", "Concat").nodes
    return Graph(nodes=nodes, links=(wire("a", "b"), *(wire(one, "d", "xs") for one in "abc")))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=some.data())
def test_that_after_any_edits_the_scene_is_the_one_that_would_be_made_anew(qapp: Any, data: some.DataObject) -> None:
    scene, graph = NetworkScene(Look(DARK)), data.draw(some.sampled_from([Graph(), several()]))
    past = [graph]
    scene.show_graph(graph, described(graph))
    for _ in range(data.draw(some.integers(1, 12))):
        jump = data.draw(some.booleans()) and len(past) > 2
        graph = data.draw(some.sampled_from(past)) if jump else data.draw(edit(graph))
        past.append(graph)
        scene.show_graph(graph, described(graph))
        fresh = NetworkScene(Look(DARK))
        fresh.show_graph(graph, described(graph))
        assert shown(scene) == shown(fresh)


def test_that_what_did_not_change_is_left_alone(qapp: Any) -> None:
    scene, graph = NetworkScene(Look(DARK)), chain("Input", "ReLU", "Output")
    scene.show_graph(graph, described(graph))
    items = dict(scene.nodes), dict(scene.links)
    asked: list[str] = []

    def describe(node: Node) -> Any:
        asked.append(node.id)
        return described(graph)(node)

    scene.show_graph(graph.move({"b": (8.0, 120.0)}), describe)
    assert asked == ["b"]
    assert (scene.nodes, scene.links) == items


def test_that_a_wire_starts_and_ends_at_its_ports(qapp: Any) -> None:
    scene, graph = NetworkScene(Look(DARK)), chain("Input", "ReLU").move({"b": (400.0, 300.0)})
    scene.show_graph(graph, described(graph))
    path = scene.links[wire("a", "b")].path()
    start, end = path.pointAtPercent(0), path.pointAtPercent(1)
    assert start == scene.nodes["a"].place_of("output", output=True)
    assert end == scene.nodes["b"].place_of("x", output=False)


def test_that_wires_into_one_port_for_many_stand_side_by_side(qapp: Any) -> None:
    nodes = chain("Input", "Input", "Input", "Concat").nodes
    graph = Graph(nodes=nodes, links=tuple(wire(one, "d", "xs") for one in "abc"))
    scene = NetworkScene(Look(DARK))
    scene.show_graph(graph, described(graph))
    ends = [scene.links[link].path().pointAtPercent(1).x() for link in graph.links]
    assert ends == sorted(set(ends))


def test_that_a_wire_goes_around_a_box_in_its_way(qapp: Any) -> None:
    graph = chain("Input", "ReLU", "Concat").disconnect(wire("b", "c")).connect(wire("a", "c", "xs"), many=True)
    scene = NetworkScene(Look(DARK))
    scene.show_graph(graph, described(graph))
    path, box = scene.links[wire("a", "c", "xs")].path(), scene.nodes["b"].rect
    assert not crosses(path, box)
    moved = graph.move({"b": (600.0, 120.0)})
    scene.show_graph(moved, described(moved))
    assert scene.links[wire("a", "c", "xs")].path() == link_path(*scene.wiring.ends_of(wire("a", "c", "xs")))


def test_that_a_wire_is_hit_where_it_runs_and_not_in_the_bow_that_it_makes(qapp: Any) -> None:
    graph = chain("Input", "ReLU", "Concat").disconnect(wire("b", "c")).connect(wire("a", "c", "xs"), many=True)
    scene = NetworkScene(Look(DARK))
    scene.show_graph(graph, described(graph))
    bow = wire("a", "c", "xs")
    middle = scene.links[bow].path().pointAtPercent(0.5)
    assert scene.link_at(middle, 6) == bow
    assert scene.link_at(scene.nodes["b"].rect.center(), 6) is None
    assert scene.link_at(middle + QPointF(0, 4000), 6) is None


def test_that_far_away_no_python_paints(qapp: Any) -> None:
    scene, graph = NetworkScene(Look(DARK)), chain("Input", "ReLU", "Output")
    scene.show_graph(graph, described(graph))
    scene.pictures.freshen(scene.bounds(), 1.0)
    assert scene.nodes["a"].isVisible()
    scene.look.detail = Detail.FAR
    scene.show_detail()
    painting = [item for item in scene.items() if item.isVisible() and "paint" in vars(type(item))]
    assert painting == [scene.overview]
    assert not scene.nodes["a"].isVisible()


def test_that_another_theme_reaches_every_item(qapp: Any) -> None:
    scene, graph = NetworkScene(Look(DARK)), chain("Input", "ReLU")
    scene.show_graph(graph, described(graph))
    scene.look.colors = LIGHT
    scene.restyle()
    assert {item.edge().color().name() for item in scene.nodes.values()} == {LIGHT.border_strong}
    assert scene.links[wire("a", "b")].pen().color().name() == LIGHT.faint


def test_that_a_tensor_that_reaches_one_box_by_several_wires_says_its_shape_once(qapp: Any) -> None:
    graph = Graph(nodes=(Node(id="a", kind="ReLU"), Node(id="b", kind="Bilinear")))
    for port in ("left", "right"):
        graph = graph.connect(Link(source="a", target="b", input=port))
    scene = NetworkScene(Look(DARK))
    scene.show_graph(graph, described(graph))
    scene.show_marks({}, lambda node: {"outputs": {"output": {"shape": ["batch", 64], "dtype": "float32"}}})
    assert [scene.links[link].pill.words for link in graph.links] == ["", "batch × 64"]


def test_that_a_shape_is_written_on_every_wire_whose_source_is_known(qapp: Any) -> None:
    scene, graph = NetworkScene(Look(DARK)), chain("Input", "ReLU", "Output")
    scene.show_graph(graph, described(graph))
    tensor = {"shape": ["batch", 64, 28, 28], "dtype": "float32"}
    scene.show_marks({}, lambda node: {"outputs": {"output": tensor}} if node == "a" else {})
    pills = {link: scene.links[link].pill for link in graph.links}
    assert pills[wire("a", "b")].words == "batch × 64 × 28 × 28"
    assert not pills[wire("b", "c")].isVisible()
    scene.links[wire("a", "b")].set_hovered(True)
    assert pills[wire("a", "b")].words == "batch × 64 × 28 × 28  float32"


def test_that_a_problem_stands_in_words_at_its_node_until_it_is_gone(qapp: Any) -> None:
    scene, graph = NetworkScene(Look(DARK)), chain("Input", "ReLU")
    scene.show_graph(graph, described(graph))
    marks = {"b": Marks(tone="error", message="This needs an image.", ports=frozenset({"x"}))}
    scene.show_marks(marks, lambda node: {})
    assert [bubble.marks.message for bubble in scene.bubbles.values()] == ["This needs an image."]
    assert scene.links[wire("a", "b")].tone == "error"
    scene.show_marks({}, lambda node: {})
    assert not scene.bubbles
    assert scene.links[wire("a", "b")].tone == ""


def test_that_a_block_shows_the_ports_of_the_network_it_names(desk: Callable[[Graph], Desk]) -> None:
    it = desk(Graph(nodes=(Node(id="block_1", kind="Block", parameters={"network": "inner"}),)))
    inner = Graph(nodes=(Node(id="left", kind="Input"), Node(id="right", kind="Input")))
    it.document.edit("Add", it.document.project.with_network("inner", inner))
    face = it.canvas.network.nodes["block_1"].face
    assert [port.name for port in face.inputs] == ["left", "right"]


def test_that_an_unknown_kind_has_the_ports_that_its_links_speak_of(qapp: Any) -> None:
    graph = Graph(
        nodes=(
            Node(id="a", kind="Input"),
            Node(id="b", kind="Unheard", parameters={"size": 3}),
            Node(id="c", kind="ReLU"),
        ),
        links=(wire("a", "b", "left"), Link(source="b", output="main", target="c")),
    )
    face = described(graph)(graph["b"])
    assert ([port.name for port in face.inputs], face.outputs, face.known) == (["left"], ("main",), False)
    assert (face.title, face.line) == ("Unheard", "size 3")


def test_that_a_frame_in_a_frame_is_taken_first(qapp: Any) -> None:
    graph = Graph(frames=(Frame(id="in", position=(10, 10), size=(200, 200)), Frame(id="out", size=(900, 600))))
    scene = NetworkScene(Look(DARK))
    scene.show_graph(graph, described(graph))
    found = [scene.frame_at(QPointF(*place), 4) for place in ((30, 30), (600, 20), (100, 100))]
    assert [one and (one[0].frame.id, one[1]) for one in found] == [("in", "title"), ("out", "title"), None]


def test_that_a_muted_box_is_dashed_and_a_repeated_block_says_how_often(qapp: Any) -> None:
    inner = Node(id="b", kind="Block", parameters={"network": "model", "repeat": 6})
    graph = Graph(nodes=(Node(id="a", kind="ReLU", muted=True), inner))
    scene = NetworkScene(Look(DARK))
    scene.show_graph(graph, described(graph))
    assert scene.nodes["a"].edge().style() is Qt.PenStyle.DashLine
    assert scene.nodes["b"].face.copies == "×6"


def test_that_from_afar_a_box_says_what_it_is_and_no_pill_stays(
    desk: Callable[[Graph], Desk],
) -> None:
    graph = Graph(nodes=(Node(id="stem", kind="ReLU"), Node(id="b", kind="ReLU", position=(0.0, 104.0))))
    it = desk(graph.connect(wire("stem", "b")))
    scene = it.canvas.network
    assert (scene.nodes["stem"].face.title, scene.nodes["stem"].face.kind) == ("stem", "ReLU")
    scene.show_marks({}, lambda node: {"outputs": {"output": {"shape": ["batch", 64], "dtype": "float32"}}})
    it.canvas.grab()
    pill = scene.links[wire("stem", "b")].pill
    assert not pill.bare
    it.canvas.camera.zoom_to(0.4)
    it.canvas.grab()
    assert pill.bare


def test_that_structural_layers_are_known_without_any_pack() -> None:
    assert {Input.kind(), Block.kind()} <= Catalogue().layers.keys()


def test_that_pills_of_wires_from_one_port_and_into_one_box_keep_apart(qapp: Any) -> None:
    nodes = [Node(id=name, kind="ReLU", position=(place * 256.0, 104.0)) for place, name in enumerate("bcd")]
    ends = (Node(id="a", kind="Input", position=(256.0, 0.0)), Node(id="z", kind="Concat", position=(256.0, 208.0)))
    links = tuple(wire("a", one) for one in "bcd") + tuple(wire(one, "z", "xs") for one in "bcd")
    graph = Graph(nodes=(*nodes, *ends), links=links)
    scene = NetworkScene(Look(DARK))
    scene.show_graph(graph, described(graph))
    tensor = {"shape": ["batch", 64, 28, 28], "dtype": "float32"}
    scene.show_marks({}, lambda node: {"outputs": {"output": tensor}})
    pills = [scene.links[link].pill.area for link in graph.links]
    assert not any(one.intersects(other) for place, one in enumerate(pills) for other in pills[:place])
    assert not any(pill.intersects(box.rect) for pill in pills for box in scene.nodes.values())
