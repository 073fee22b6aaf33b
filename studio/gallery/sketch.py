"""A network as a small picture: layers as slabs from left to right, in the colors that the canvas gives them.

A block is a stack of slabs, striped by what is inside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from engine.spec import Layer, Node, Project
from studio import icons
from studio.canvas.facts.face import icon_of
from studio.canvas.layout.geometry import GAP_X, WIDTH
from studio.canvas.look import mixed
from studio.theme import TYPE, Colors, font

SLIM, TALL, LARGEST = 0.64, 3.0, 22.0
"""Width of a slab in the distance of two; its height in widths; and its largest width, in pixels."""
SHEETS, SHEET = 2, 2.0
ICON = 9.0
"""The least width, in pixels, that has room for an icon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slab:
    """A layer: where it stands, in layers along the flow and across it."""

    along: float
    across: float
    category: str
    icon: str
    copies: int = 0
    """How often a block is repeated; 0 for what is no block."""
    inside: tuple[str, ...] = ()
    """The categories of a block's layers, in the order of the data."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """Slabs and the pairs of them that are linked."""

    slabs: tuple[Slab, ...]
    wires: tuple[tuple[int, int], ...]


def sketched(project: Project, layers: Mapping[str, type[Layer]]) -> Sketch:
    """The sketch of a project's model: what flows downward on the canvas goes to the right here."""
    graph = project.model
    rows = sorted({node.position[1] for node in graph.nodes})
    place = {node.id: number for number, node in enumerate(graph.nodes)}
    slabs = tuple(_slab(node, rows.index(node.position[1]), project, layers) for node in graph.nodes)
    return Sketch(slabs, tuple((place[link.source], place[link.target]) for link in graph.links))


def _slab(node: Node, along: float, project: Project, layers: Mapping[str, type[Layer]]) -> Slab:
    category, repeat = _category(node, layers), node.parameters.get("repeat", 1)
    block = node.kind == "Block"
    return Slab(
        along=along,
        across=(node.position[0] + WIDTH / 2) / (WIDTH + GAP_X),
        category=category,
        icon=icon_of(node.kind, category),
        copies=(repeat if isinstance(repeat, int) else 1) if block else 0,
        inside=tuple(_inside(node, project, layers, ())) if block else (),
    )


def _inside(block: Node, project: Project, layers: Mapping[str, type[Layer]], within: tuple[str, ...]) -> Iterator[str]:
    name = str(block.parameters.get("network", ""))
    if name not in project.networks or name in within:
        return
    graph = project.networks[name]
    for node in (graph[one] for one in graph.order):
        if node.kind == "Block":
            yield from _inside(node, project, layers, (*within, name))
        elif node.kind not in ("Input", "Output"):
            yield _category(node, layers)


def _category(node: Node, layers: Mapping[str, type[Layer]]) -> str:
    layer = layers.get(node.kind)
    return layer.category if layer else ""


class Plan:
    """Where the parts of a sketch lie in a box of the screen; pure geometry.

    Args:
        sketch: what is drawn.
        box: the room for it, in pixels.
    """

    def __init__(self, sketch: Sketch, box: QRectF) -> None:
        self.sketch = sketch
        across = [slab.across for slab in sketch.slabs] or [0.0]
        self._top, self._span = min(across), max(across) - min(across)
        columns = max((slab.along for slab in sketch.slabs), default=0.0) + 1
        self.pitch = min(box.width() / columns, LARGEST / SLIM)
        self.width = self.pitch * SLIM
        self.height = min(self.width * TALL, box.height() / (self._span + 1) * 0.74)
        self._step = min(self.height / 0.66, (box.height() - self.height) / max(self._span, 1e-6))
        self._left = box.center().x() - self.pitch * (columns - 1) / 2
        self._middle = box.center().y()

    def rect(self, slab: Slab) -> QRectF:
        """The outline of a slab."""
        x = self._left + slab.along * self.pitch
        y = self._middle + (slab.across - self._top - self._span / 2) * self._step
        return QRectF(x - self.width / 2, y - self.height / 2, self.width, self.height)

    def wire(self, source: Slab, target: Slab) -> QPainterPath:
        """The way of a link: straight, or in a bow over the slabs that stand between."""
        start, end = self.rect(source), self.rect(target)
        path = QPainterPath(QPointF(start.right(), start.center().y()))
        goal = QPointF(end.left(), end.center().y())
        if source.across == target.across and self._is_blocked(source, target):
            rise = 7.0 + 2.5 * (target.along - source.along)
            path = QPainterPath(QPointF(start.center().x() + 2, start.top()))
            goal = QPointF(end.center().x() - 2, end.top())
            lift = QPointF(0, -rise)
            path.cubicTo(path.currentPosition() + lift, goal + lift, goal)
        else:
            half = QPointF((goal.x() - start.right()) * 0.55, 0)
            path.cubicTo(path.currentPosition() + half, goal - half, goal)
        return path

    def _is_blocked(self, source: Slab, target: Slab) -> bool:
        between = (slab for slab in self.sketch.slabs if source.along < slab.along < target.along)
        return any(abs(slab.across - source.across) < 0.3 for slab in between)


def paint_sketch(painter: QPainter, box: QRectF, sketch: Sketch, colors: Colors) -> None:
    """Paint a sketch into the middle of a box."""
    plan = Plan(sketch, box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colors.faint), 1.25))
    for source, target in sketch.wires:
        painter.drawPath(plan.wire(sketch.slabs[source], sketch.slabs[target]))
    for slab in sketch.slabs:
        _paint_slab(painter, plan.rect(slab), slab, colors)


def _paint_slab(painter: QPainter, rect: QRectF, slab: Slab, colors: Colors) -> None:
    fill, edge = _shades(slab.category, colors)
    corner = rect.width() * 0.24
    painter.setPen(QPen(edge, 1))
    painter.setBrush(fill)
    for sheet in range(SHEETS if slab.copies > 1 else bool(slab.copies), 0, -1):
        painter.drawRoundedRect(rect.translated(SHEET * sheet, -SHEET * sheet), corner, corner)
    painter.drawRoundedRect(rect, corner, corner)
    if slab.inside:
        _paint_stripes(painter, rect.adjusted(2.5, 2.5, -2.5, -2.5), slab.inside, colors)
    elif rect.width() >= ICON:
        size = min(rect.width() * 0.78, 15.0)
        spot = QRectF(0, 0, size, size)
        spot.moveCenter(rect.center())
        icons.paint(painter, spot, slab.icon, mixed(edge, QColor(colors.text), 0.6).name())
    if slab.copies > 1:
        painter.setFont(font(TYPE.caption))
        painter.setPen(QColor(colors.muted))
        words = QRectF(rect.center().x() - 24, rect.bottom() + 2, 48, TYPE.caption + 5)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, f"×{slab.copies}")


def _paint_stripes(painter: QPainter, box: QRectF, categories: tuple[str, ...], colors: Colors) -> None:
    height = box.height() / len(categories)
    painter.setPen(Qt.PenStyle.NoPen)
    for place, category in enumerate(categories):
        painter.setBrush(_shades(category, colors)[1])
        stripe = QRectF(box.left(), box.top() + place * height, box.width(), max(height - 1, 1))
        painter.drawRoundedRect(stripe, 1.5, 1.5)


def _shades(category: str, colors: Colors) -> tuple[QColor, QColor]:
    """What fills a slab of a category, and its outline."""
    color = QColor(colors.category(category) if category else colors.faint)
    behind = QColor(colors.raised)
    return mixed(color, behind, 0.26), mixed(color, behind, 0.8)
