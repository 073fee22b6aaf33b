"""What a mend brings stands where a hand would have put it."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF

from engine.spec import Graph, Link, Mend, Node
from studio.canvas.editing.mending import mend_network
from tests.studio.canvas.conftest import Desk
from tests.studio.canvas.layers import chain, wire

Make = Callable[[Graph], Desk]


def boxes(it: Desk) -> list[QRectF]:
    return [item.rect for item in it.canvas.network.nodes.values()]


def covered(it: Desk) -> bool:
    every = boxes(it)
    return any(one.intersects(other) for place, one in enumerate(every) for other in every[:place])


def insertion(source: str, target: str, port: str = "x") -> Mend:
    return Mend(
        text="Insert ReLU",
        nodes=(Node(id="new", kind="ReLU"),),
        cut=(wire(source, target, port),),
        links=(wire("new", target, port), wire(source, "new")),
    )


def test_that_a_layer_put_into_a_chain_stands_below_and_what_follows_makes_room(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d", "Linear", "Output", pitch=104))
    start = it.graph
    mend_network(it.canvas.editing, insertion("b", "c"))
    above, new, below = (QPointF(*it.graph[name].position) for name in ("b", "new", "c"))
    assert above.x() == new.x() == below.x()
    assert above.y() < new.y() < below.y()
    assert not covered(it)
    it.undo()
    assert it.graph == start


def test_that_a_layer_put_into_a_shortcut_stands_aside_of_the_main_path(desk: Make) -> None:
    graph = chain("Input", "Conv2d", "Concat", pitch=104)
    graph = Graph(nodes=graph.nodes, links=(wire("a", "b"), wire("b", "c", "xs"), wire("a", "c", "xs")))
    it = desk(graph)
    mend_network(it.canvas.editing, insertion("a", "c", "xs"))
    assert it.graph["new"].position[0] > it.graph["b"].position[0]
    assert not covered(it)
    assert [link.source for link in it.graph.incoming["c"]] == ["b", "new"]


def test_that_what_nothing_is_before_stands_above_what_reads_it(desk: Make) -> None:
    it = desk(chain("Linear", "Output"))
    mend = Mend(text="Add an Input", nodes=(Node(id="new", kind="Input"),), links=(Link(source="new", target="a"),))
    mend_network(it.canvas.editing, mend)
    assert it.graph["new"].position[1] < it.graph["a"].position[1]
    assert not covered(it)
