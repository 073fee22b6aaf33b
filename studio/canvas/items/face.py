"""What is written and drawn on a box: icon, words and ports."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QStaticText

from studio.canvas.items.badge import AFAR, paint_badge
from studio.canvas.items.dice import paint_dice
from studio.canvas.items.outline import PortKey, outline, port_places
from studio.canvas.items.share_bar import HEIGHT as SHARE
from studio.canvas.items.share_bar import paint_share
from studio.canvas.items.sprite import Sprite
from studio.canvas.layout.geometry import NAME_ROW, PORT_RADIUS, link_path, port_place
from studio.canvas.look import GONE, Detail, Look, faded, laid_out, strong
from studio.theme import RADIUS, TYPE, font, mono

if TYPE_CHECKING:
    from studio.canvas.items.node import NodeItem

EDGE = 12.0
TILE = 32.0
TEXT = EDGE + TILE + 10
HALO = 10.0
PALE = 0.6
CORNER = 8.0
"""How far what stands on the upper edge keeps away from the corner."""

PORT_GAP = 4.0
"""Between the names of two ports."""


class FaceItem(Sprite):
    """The picture of a node: its body, words and ports.

    Args:
        node: the box it stands on.
        look: shared by all items of the scene.
    """

    def __init__(self, node: NodeItem, look: Look) -> None:
        super().__init__(node, look)
        self.node = node
        self._size = QSizeF()
        self._texts: dict[str, QStaticText] = {}
        self._afar = strong(TYPE.afar)

    def fit(self, size: QSizeF) -> None:
        """Take up the size of the box, with room for what stands out of it."""
        self._size = size
        self.area = QRectF(QPointF(0, 0), size).adjusted(-HALO, -HALO, HALO, HALO)
        self.setToolTip(self.node.tip)
        self.forget()

    def forget(self) -> None:
        """Lay out the words anew when they are painted next."""
        self._texts = {}
        self.touch()

    def appearance(self) -> Hashable:
        node = self.node
        said = replace(node.marks, message="", mend=None)  # on the card beside it
        return (node.face, said, node.selected, node.hovered, node.linked, node.fitting, node.hot)

    def paint_on(self, painter: QPainter) -> None:
        if not self._texts:
            self._texts = self._laid_out()
        face = self.node.face
        painter.setPen(self.node.edge())
        painter.setBrush(self.look.body(muted=face.muted))
        painter.drawPath(outline(self._size.width(), self._size.height(), block=face.block))
        if face.muted:
            self._paint_bypass(painter)
            painter.setOpacity(0.5)
        if self.node.marks.tone == GONE:
            painter.setOpacity(PALE)
        if self.look.detail is Detail.MIDDLE:
            self._paint_kind(painter)
        else:
            self._paint_words(painter)
            self._paint_copies(painter)
        painter.setOpacity(1)
        self._paint_ports(painter)
        if face.searched:
            paint_dice(painter, face, self._size, self.look, right=self._size.width() - CORNER - self._copies_wide)
        if self.node.marks.sign:
            paint_badge(painter, self.node.marks, self._size, self.look)

    def _paint_bypass(self, painter: QPainter) -> None:
        """The wire that a muted node is instead."""
        face = self.node.face
        if face.inputs and face.outputs:
            start = port_place(self._size, 0, len(face.inputs), output=False)
            end = port_place(self._size, 0, len(face.outputs), output=True)
            painter.setPen(QPen(QColor(self.look.colors.faint), 1.75))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(link_path(start, end))

    # Words

    def _laid_out(self) -> dict[str, QStaticText]:
        face, room = self.node.face, self._size.width() - TEXT - EDGE
        note = laid_out(self.node.marks.note, mono(TYPE.caption))
        wide = self._size.width() - 2 * EDGE - 14 - (AFAR if self.node.marks.sign or face.searched else 0.0)
        times = laid_out(face.copies, strong(TYPE.afar))
        left = wide - (times.size().width() + 6 if face.copies else 0.0)
        self._afar = afar(face.kind or face.title, left)
        texts = {
            "note": note,
            "title": laid_out(face.title, strong(TYPE.body), room - (note.size().width() + 8 if face.line else 0)),
            "line": laid_out(face.line, font(TYPE.small), room),
            "copies": laid_out(face.copies, strong(TYPE.small)),
            "times": times,
            "kind": laid_out(face.kind or face.title, self._afar, left),
        }
        names = [port.name for port in face.inputs] if len(face.inputs) > 1 else []
        texts |= {f"in {name}": self._port_name(name, len(names)) for name in names}
        outputs = face.outputs if len(face.outputs) > 1 else ()
        return texts | {f"out {name}": self._port_name(name, len(outputs)) for name in outputs}

    def _port_name(self, name: str, count: int) -> QStaticText:
        """A port's name, cut where it would run into the next of so many."""
        return laid_out(name, font(TYPE.caption), self._size.width() / (count + 1) - PORT_GAP)

    @property
    def _middle(self) -> float:
        """The height of the middle of the words, which leave rows for the names of ports."""
        face = self.node.face
        above, below = NAME_ROW * (len(face.inputs) > 1), NAME_ROW * (len(face.outputs) > 1)
        return (self._size.height() + above - below) / 2

    def _paint_words(self, painter: QPainter) -> None:
        colors, face, middle = self.look.colors, self.node.face, self._middle
        self._paint_tile(painter, QRectF(EDGE, middle - TILE / 2, TILE, TILE))
        title, line, note = (self._texts[name] for name in ("title", "line", "note"))
        top = middle - 18 if face.line else middle - title.size().height() / 2
        painter.setFont(strong(TYPE.body))
        painter.setPen(QColor(colors.text if face.known else colors.muted))
        painter.drawStaticText(QPointF(TEXT, top), title)
        if face.line:
            painter.setFont(font(TYPE.small))
            painter.setPen(QColor(colors.accent if face.ranged else colors.muted))
            painter.drawStaticText(QPointF(TEXT, middle + 2), line)
        painter.setFont(mono(TYPE.caption))
        painter.setPen(QColor(colors.disabled if self.look.stale else colors.faint))
        painter.drawStaticText(QPointF(self._size.width() - EDGE - note.size().width(), top + 2), note)
        self._paint_port_names(painter)
        room = QRectF(TEXT, self._size.height() - SHARE - 5, self._size.width() - TEXT - EDGE, SHARE)
        color = QColor(colors.disabled) if self.look.stale else self.look.category(face.category)
        paint_share(painter, room, self.node.marks.share, color=color, rest=QColor(colors.hover))

    def _paint_tile(self, painter: QPainter, tile: QRectF) -> None:
        color = self.look.category(self.node.face.category)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(color, 0.18 if self.look.colors.dark else 0.12))
        painter.drawRoundedRect(tile, RADIUS.tile, RADIUS.tile)
        icon = QRectF(0, 0, 18, 18)
        icon.moveCenter(tile.center())
        picture = self.look.icon(self.node.face.icon, color, 18)
        painter.drawPixmap(icon, picture, QRectF(picture.rect()))

    def _paint_port_names(self, painter: QPainter) -> None:
        painter.setFont(font(TYPE.caption))
        painter.setPen(QColor(self.look.colors.faint))
        for (name, output), place in self._places().items():
            text = self._texts.get(f"{'out' if output else 'in'} {name}")
            if text is not None:
                top = place.y() - NAME_ROW - 4 if output else place.y() + 6
                painter.drawStaticText(QPointF(place.x() - text.size().width() / 2, top), text)

    def _paint_kind(self, painter: QPainter) -> None:
        """What it is, in letters that can be read from afar, beside a bar of the category's color.

        Names such as `conv1` tell little where one looks for the structure of a whole; they are read from near.
        """
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.category(self.node.face.category))
        painter.drawRoundedRect(QRectF(EDGE - 2, 12, 6, self._size.height() - 24), 3, 3)
        kind, times = self._texts["kind"], self._texts["times"]
        top = (self._size.height() - kind.size().height()) / 2
        painter.setFont(self._afar)
        painter.setPen(QColor(self.look.colors.text))
        painter.drawStaticText(QPointF(EDGE + 14, top), kind)
        top = (self._size.height() - times.size().height()) / 2
        painter.setFont(strong(TYPE.afar))
        painter.setPen(QColor(self.look.colors.muted))
        painter.drawStaticText(QPointF(EDGE + 14 + kind.size().width() + 6, top), times)

    def _paint_copies(self, painter: QPainter) -> None:
        """How often a block is repeated, on its upper right corner."""
        copies = self._texts["copies"]
        if not self.node.face.copies:
            return
        colors, width = self.look.colors, copies.size().width() + 12
        badge = QRectF(self._size.width() - width - CORNER, -9, width, 18)
        painter.setPen(QPen(self.look.category(self.node.face.category), 1))
        painter.setBrush(QColor(colors.overlay))
        painter.drawRoundedRect(badge, 9, 9)
        painter.setFont(strong(TYPE.small))
        painter.setPen(QColor(colors.text))
        painter.drawStaticText(QPointF(badge.left() + 6, badge.center().y() - copies.size().height() / 2), copies)

    @property
    def _copies_wide(self) -> float:
        """How much of the upper edge the number of copies takes."""
        return self._texts["copies"].size().width() + 12 + PORT_GAP if self.node.face.copies else 0.0

    # Ports

    def _places(self) -> Mapping[PortKey, QPointF]:
        face = self.node.face
        return port_places(self._size.width(), self._size.height(), face.inputs, face.outputs)

    def _paint_ports(self, painter: QPainter) -> None:
        many = {port.name for port in self.node.face.inputs if port.many}
        for key, place in self._places().items():
            wide = 9.0 if key[0] in many and not key[1] else 0.0
            self._paint_port(painter, key, place, wide)
            if self._wrong(key) and self.node.fitting is None:
                self._paint_mark(painter, place)

    def _wrong(self, key: PortKey) -> bool:
        """Whether the analysis says that something is wrong at this port; an input, where both have the name."""
        marks, name = self.node.marks, key[0]
        return bool(marks.tone) and name in marks.ports and (not key[1] or name not in self.node.inputs)

    def _paint_mark(self, painter: QPainter, place: QPointF) -> None:
        """An exclamation mark: what is wrong here is seen without its color, too."""
        radius = PORT_RADIUS + 2.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.look.colors.tone(self.node.marks.tone)[0]))
        painter.drawEllipse(place, radius, radius)
        painter.setPen(QPen(QColor(self.look.colors.canvas), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(place - QPointF(0, 3.5), place + QPointF(0, 0.5))
        painter.drawPoint(place + QPointF(0, 3.5))

    def _paint_port(self, painter: QPainter, key: PortKey, place: QPointF, wide: float) -> None:
        colors = self.look.colors
        edge, fill, radius = QColor(colors.faint), QColor(colors.raised), PORT_RADIUS
        if key in self.node.linked:
            fill = QColor(colors.faint)
        if self._wrong(key):
            edge = fill = QColor(colors.tone(self.node.marks.tone)[0])
        if self.node.fitting is not None and key in self.node.fitting:
            edge, fill, radius = QColor(colors.accent), QColor(colors.accent_soft), PORT_RADIUS + 1
            self._paint_halo(painter, place, wide)
        elif self.node.fitting is not None:
            edge, fill = QColor(colors.border_strong), QColor(colors.raised)
        if key == self.node.hot:
            fits = self.node.fitting is not None and key in self.node.fitting
            edge = fill = QColor(colors.accent if fits else colors.error)
            radius = PORT_RADIUS + 2
        painter.setPen(QPen(edge, 1.5))
        painter.setBrush(fill)
        box = QRectF(place.x() - radius - wide, place.y() - radius, 2 * (radius + wide), 2 * radius)
        painter.drawRoundedRect(box, radius, radius)

    def _paint_halo(self, painter: QPainter, place: QPointF, wide: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(QColor(self.look.colors.accent), 0.25))
        box = QRectF(place.x() - HALO - wide, place.y() - HALO, 2 * (HALO + wide), 2 * HALO)
        painter.drawRoundedRect(box, HALO, HALO)


def afar(words: str, room: float) -> QFont:
    """The font for words that are read from afar: a smaller one where they are long."""
    large, small = strong(TYPE.afar), strong(TYPE.afar_long)
    return large if QFontMetricsF(large).horizontalAdvance(words) <= room else small
