"""A box on the canvas."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsPathItem

from engine.spec import Node
from studio.canvas.editing.joining import End
from studio.canvas.facts.face import Face, Marks
from studio.canvas.items.face import FaceItem
from studio.canvas.items.outline import PortKey, port_places
from studio.canvas.layout.geometry import node_size, port_place
from studio.canvas.look import Look


class NodeItem(QGraphicsPathItem):
    """A box: what it stands for and shows. The sprite on it is its picture, made when it first comes into sight.

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
        self.fitting: frozenset[PortKey] | None = None
        """The ports that glow; None when no wire is being drawn."""
        self.hot: PortKey | None = None
        """The port that the wire which is being drawn would end at."""
        self.linked: frozenset[PortKey] = frozenset()
        """The ports that have wires."""
        self._look = look
        self._sprite: FaceItem | None = None
        self._rect = QRectF()
        self._ports: Mapping[PortKey, QPointF] = {}
        self.setFlag(QGraphicsPathItem.GraphicsItemFlag.ItemHasNoContents)
        self.setZValue(2)
        self.show_face(face)
        self.place(QPointF(*node.position))

    @property
    def sprite(self) -> FaceItem:
        """Its picture."""
        if self._sprite is None:
            self._sprite = FaceItem(self, self._look)
            self._sprite.fit(self._rect.size())
        return self._sprite

    @property
    def pictured(self) -> FaceItem | None:
        """Its picture, if it was ever in sight."""
        return self._sprite

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the input ports."""
        return tuple(port.name for port in self.face.inputs)

    @property
    def rect(self) -> QRectF:
        """The box in canvas units; not to be changed."""
        return self._rect

    @property
    def tip(self) -> str:
        """What is said where the pointer rests on it."""
        return f"{self.id}\n{self.face.summary}".rstrip()

    def place(self, at: QPointF) -> None:
        """Stand with the upper left corner at this point of the canvas."""
        self._rect = QRectF(at, self._rect.size())
        self.setPos(at)

    def show_face(self, face: Face) -> None:
        """Show other words or ports."""
        self.face = face
        size = node_size(len(face.inputs), len(face.outputs))
        self._ports = port_places(size.width(), size.height(), face.inputs, face.outputs)
        self._rect = QRectF(self._rect.topLeft(), size)
        if self._sprite is not None:
            self._sprite.fit(size)
        self.restyle()

    def show_marks(self, marks: Marks) -> bool:
        """Show what the analysis says; tell whether that was anything new."""
        if marks is self.marks or marks == self.marks:
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

    def show_fitting(self, fitting: frozenset[PortKey] | None, hot: End | None = None) -> None:
        """Let the ports glow that a wire may end at, the hot one most; None when no wire is being drawn."""
        key = (hot.port, hot.output) if hot and hot.node == self.id else None
        if (fitting, key) != (self.fitting, self.hot):
            self.fitting, self.hot = fitting, key
            self._touch()

    def show_linked(self, ports: frozenset[PortKey]) -> None:
        """Fill the ports that have wires."""
        if ports != self.linked:
            self.linked = ports
            self._touch()

    def refresh(self) -> None:
        """Lay out the words again."""
        if self._sprite is not None:
            self._sprite.forget()
        self.restyle()

    def restyle(self) -> None:
        """Take up selection, tone and theme."""
        self.setZValue(2 + self.selected + 0.5 * bool(self.marks.message))  # cards lie over the boxes beside
        self._touch()
        self._look.restyled()

    def _touch(self) -> None:
        if self._sprite is not None:
            self._sprite.touch()

    def edge(self) -> QPen:
        """What it is outlined with."""
        face, marks = self.face, self.marks
        dashed = face.muted or face.optional or not face.known
        pen = self._look.edge(marks.tone, selected=self.selected, hovered=self.hovered, dashed=dashed)
        return self._look.searched(pen) if face.searched and not (self.selected or marks.tone) else pen

    def ends(self) -> list[End]:
        """All ports, inputs first."""
        inputs = [End(self.id, port.name, output=False, many=port.many) for port in self.face.inputs]
        return inputs + [End(self.id, name, output=True) for name in self.face.outputs]

    def place_of(self, port: str, *, output: bool) -> QPointF:
        """Where a port is on the canvas; one that the node does not have counts as the middle of its edge."""
        place = self._ports.get((port, output))
        if place is None:
            place = port_place(self._rect.size(), 0, 1, output=output)
        return self._rect.topLeft() + place
