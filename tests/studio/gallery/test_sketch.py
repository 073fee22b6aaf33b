"""The small picture of a network: what flows to the right, what is striped, and which wires go in a bow."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from engine.spec import Catalogue, FrozenDict, Graph, Link, Node, Project
from studio.gallery import templates
from studio.gallery.sketch import Plan, Sketch, Slab, paint_sketch, sketched
from studio.theme import DARK, LIGHT

LAYERS = Catalogue.load().layers
BOX = QRectF(0, 0, 220, 100)


def node(name: str, kind: str, row: float, column: float = 0.0, **parameters: object) -> Node:
    place = (column * 248.0 - 104, row * 104.0)
    return Node(id=name, kind=kind, position=place, parameters=FrozenDict(parameters))


def chain(*nodes: Node) -> Graph:
    links = [Link(source=a.id, target=b.id) for a, b in pairwise(nodes)]
    return Graph(nodes=nodes, links=tuple(links))


INNER = chain(node("x", "Input", 0), node("c", "Conv2d", 1), node("r", "ReLU", 2), node("o", "Output", 3))
MODEL = chain(node("i", "Input", 0), node("b", "Block", 1, network="inner", repeat=6), node("o", "Output", 2))
PROJECT = Project(networks=FrozenDict(model=MODEL, inner=INNER))


def test_that_what_flows_downward_on_the_canvas_goes_to_the_right() -> None:
    plan = Plan(sketched(PROJECT, LAYERS), BOX)
    lefts = [plan.rect(slab).left() for slab in plan.sketch.slabs]
    assert lefts == sorted(lefts)
    assert len({plan.rect(slab).center().y() for slab in plan.sketch.slabs}) == 1


def test_that_a_block_is_striped_by_what_is_inside_and_says_how_often() -> None:
    _, block, _ = sketched(PROJECT, LAYERS).slabs
    assert block.inside == ("Convolution", "Activation")
    assert block.copies == 6


def test_that_a_block_that_contains_itself_is_drawn_all_the_same() -> None:
    snake = chain(node("i", "Input", 0), node("b", "Block", 1, network="model"), node("o", "Output", 2))
    sketch = sketched(Project(networks=FrozenDict(model=snake)), LAYERS)
    assert sketch.slabs[1].inside == ()


@pytest.mark.parametrize("template", templates(), ids=lambda one: one.path.stem)
def test_that_slabs_lie_apart_and_within_their_room(template: object) -> None:
    project: Project = template.project  # type: ignore[attr-defined]
    plan = Plan(sketched(project, LAYERS), BOX)
    rects = [plan.rect(slab) for slab in plan.sketch.slabs]
    assert all(BOX.contains(rect) for rect in rects)
    assert not any(one.intersects(other) for place, one in enumerate(rects) for other in rects[:place])


def test_that_a_wire_over_other_layers_goes_in_a_bow_and_a_free_one_straight() -> None:
    slabs = tuple(Slab(along=place, across=0.0, category="", icon="layers") for place in range(4))
    plan = Plan(Sketch(slabs, ()), BOX)
    assert plan.wire(slabs[0], slabs[3]).boundingRect().top() < plan.rect(slabs[0]).top()
    assert plan.wire(slabs[0], slabs[1]).boundingRect().height() == 0


def test_that_both_themes_are_painted_in_their_own_colors(qtbot: QtBot) -> None:
    pictures = []
    for colors in (DARK, LIGHT):
        image = QImage(220, 100, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        paint_sketch(painter, BOX, sketched(PROJECT, LAYERS), colors)
        painter.end()
        pictures.append(image)
    assert pictures[0] != pictures[1]
    assert all(image.pixelColor(110, 50).alpha() == 255 for image in pictures)
