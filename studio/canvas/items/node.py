"""A box on the canvas."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem

from engine.spec import Node
from studio.canvas.editing.joining import End
from studio.canvas.facts.face import Face, Marks
from studio.canvas.items.face import FaceItem
from studio.canvas.layout.geometry import node_size, port_place
from studio.canvas.look import Look
from studio.theme import RADIUS

SHEETS, SHEET = 2, 4.0
"""How many sheets lie below the uppermost of a block, and how far each looks out."""


class NodeItem(QGraphicsPathItem):
    """A box: what it stands for and shows; the sprite on it is its picture.

    Args:
        node: which node it stands for.
        face: what it shows.
        look: shared by all items of the scene.
    """

    def __init__(self, node: Node, face: Face, look: Look) -> None:
        super().__init__()
        self.id = node.id
        self.face = face
        self.marks = Marks()
        self.selected = False
        self.hovered = False
        self.fitting: frozenset[tuple[str, bool]] | None = None
        """The ports that glow; None when no wire is being drawn."""
        self.linked: frozenset[tuple[str, bool]] = frozenset()
        self._look = look
        self.sprite = FaceItem(self, look)
        self.setFlag(QGraphicsPathItem.GraphicsItemFlag.ItemHasNoContents)  # the sprite is its picture
        self._size = QSizeF()
        self.setZValue(2)
        self.setPos(QPointF(*node.position))
        self.show_face(face)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the input ports."""
        return tuple(port.name for port in self.face.inputs)

    @property
    def rect(self) -> QRectF:
        """The box in canvas units."""
        return QRectF(self.pos(), self._size)

    def show_face(self, face: Face) -> None:
        """Show other words or ports."""
        self.face = face
        self.setToolTip(f"{self.id}\n{face.summary}".rstrip())
        self._size = size = node_size(len(face.inputs), len(face.outputs))
        self.setPath(outline(size.width(), size.height(), block=face.block))
        self.sprite.fit(size)
        self.restyle()

    def show_marks(self, marks: Marks) -> bool:
        """Show what the analysis says; tell whether that was anything new."""
        if marks == self.marks:
            return False
        self.marks = marks
        self.refresh()
        return True

    def set_selected(self, on: bool) -> None:
        self.selected = on
        self.restyle()

    def set_hovered(self, on: bool) -> None:
        self.hovered = on
        self.restyle()

    def show_fitting(self, fitting: frozenset[tuple[str, bool]] | None, hot: End | None = None) -> None:
        """Let the ports glow that a wire may end at, the hot one most; None when no wire is being drawn."""
        self.fitting = fitting
        self.sprite.show_fitting(fitting, (hot.port, hot.output) if hot and hot.node == self.id else None)

    def show_linked(self, ports: frozenset[tuple[str, bool]]) -> None:
        """Fill the ports that have wires."""
        self.linked = ports
        self.sprite.show_linked(ports)

    def refresh(self) -> None:
        """Lay out the words again."""
        self.sprite.forget()
        self.restyle()

    def restyle(self) -> None:
        """Take up selection, tone and theme."""
        self.setZValue(2 + self.selected + 0.5 * bool(self.marks.message))  # cards lie over the boxes beside
        face, tone = self.face, self.marks.tone
        self.setBrush(self._look.body(muted=face.muted))
        dashed = face.muted or not face.known
        self.setPen(self._look.edge(tone, selected=self.selected, hovered=self.hovered, dashed=dashed))
        self.sprite.touch()
        self._look.restyled()

    def ends(self) -> list[End]:
        """All ports, inputs first."""
        inputs = [End(self.id, port.name, output=False, many=port.many) for port in self.face.inputs]
        return inputs + [End(self.id, name, output=True) for name in self.face.outputs]

    def place_of(self, port: str, *, output: bool) -> QPointF:
        """Where a port is on the canvas; one that the node does not have counts as the middle of its edge."""
        names = self.face.outputs if output else self.inputs
        place, count = (names.index(port), len(names)) if port in names else (0, 1)
        return self.pos() + port_place(self.rect.size(), place, count, output=output)


@lru_cache(maxsize=256)
def outline(width: float, height: float, *, block: bool) -> QPainterPath:
    """The outline of a box with its upper left corner in the origin; that of a block is the uppermost of a stack."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, width, height), RADIUS.l, RADIUS.l)
    path.setFillRule(Qt.FillRule.WindingFill)
    for sheet in range(1, SHEETS + 1) if block else ():
        path.addPath(_sheet(width, height, sheet))
    return path


def _sheet(width: float, height: float, place: int) -> QPainterPath:
    """The part of a sheet of a stack that looks out below the one above it."""
    corner, inset, low = RADIUS.l - 2.0 * (place - 1), SHEET * place, height + SHEET * place
    hidden = low - SHEET - (corner - math.sqrt(corner**2 - (corner - SHEET) ** 2))  # where it comes out
    path = QPainterPath(QPointF(width - inset, hidden))
    path.lineTo(width - inset, low - corner)
    path.quadTo(width - inset, low, width - inset - corner, low)
    path.lineTo(inset + corner, low)
    path.quadTo(inset, low, inset, low - corner)
    path.lineTo(inset, hidden)
    return path
