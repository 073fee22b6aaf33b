"""A titled area behind the boxes, with words for people."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QStaticText
from PySide6.QtWidgets import QGraphicsRectItem, QStyleOptionGraphicsItem, QWidget

from engine.spec import Frame
from studio.canvas.look import Detail, Look, faded, laid_out, strong, wrapped
from studio.theme import RADIUS, SPACE, TYPE, font

TITLE = 36.0
"""Height of the strip that the title stands in, and by which a frame is taken."""
HANDLE = 14.0
LARGEST_TITLE = 64.0


def grip_at(frame: QRectF, place: QPointF, reach: float) -> str:
    """By what a frame is taken at a point: `title`, an edge or corner such as `left` or `bottom right`, or nothing.

    The inside is nobody's: a press there is a press on the canvas.
    """
    if not frame.adjusted(-reach, -reach, reach, reach).contains(place):
        return ""
    down = _side(place.y(), frame.top(), frame.bottom(), reach, ("top", "bottom"))
    across = _side(place.x(), frame.left(), frame.right(), reach, ("left", "right"))
    corner = QRectF(frame.right() - HANDLE, frame.bottom() - HANDLE, HANDLE, HANDLE)
    if corner.contains(place):
        return "bottom right"
    if down or across:
        return f"{down} {across}".strip()
    return "title" if place.y() < frame.top() + TITLE else ""


def _side(value: float, low: float, high: float, reach: float, names: tuple[str, str]) -> str:
    if abs(value - low) <= reach:
        return names[0]
    return names[1] if abs(value - high) <= reach else ""


class FrameItem(QGraphicsRectItem):
    """Paints a frame; what stands in it is behind no one's back: the boxes lie over it.

    Args:
        frame: what to show.
        look: shared by all items of the scene.
    """

    def __init__(self, frame: Frame, look: Look) -> None:
        super().__init__()
        self.frame = frame
        self.selected = False
        self.hovered = False
        self._look = look
        self._title: tuple[int, QStaticText] | None = None
        self._words: QStaticText | None = None
        self.show_frame(frame)

    @property
    def box(self) -> QRectF:
        """The area in canvas units."""
        return QRectF(QPointF(*self.frame.position), QSizeF(*self.frame.size))

    def show_frame(self, frame: Frame) -> None:
        """Show this frame, as it is or as a gesture would make it."""
        self.frame = frame
        box = self.box
        self.setPos(box.topLeft())
        self.setRect(QRectF(QPointF(0, 0), box.size()))
        self.setZValue(-10 - 1e-9 * box.width() * box.height())  # a frame in a frame lies over it
        self.refresh()

    def grip_at(self, place: QPointF, reach: float) -> str:
        """By what the frame is taken at a point of the canvas (see `grip_at`)."""
        return grip_at(self.box, place, reach)

    def set_selected(self, on: bool) -> None:
        self.selected = on
        self.update()

    def set_hovered(self, on: bool) -> None:
        self.hovered = on
        self.update()

    def refresh(self) -> None:
        """Lay out the words again."""
        self._title = self._words = None
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors = self._look.colors
        tint = self._look.category(self.frame.color) if self.frame.color else QColor(colors.faint)
        edge = QColor(colors.accent) if self.selected else faded(tint, 0.75 if self.hovered else 0.45)
        pen = QPen(edge, 2.0 if self.selected else 1.0)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(faded(tint, 0.10 if colors.dark else 0.08))
        painter.drawRoundedRect(self.rect(), RADIUS.l, RADIUS.l)
        self._paint_title(painter, tint)
        if self._look.detail is not Detail.FAR:
            self._paint_words(painter)
            self._paint_handle(painter, edge)

    def _paint_title(self, painter: QPainter, tint: QColor) -> None:
        """The title, larger where the canvas is seen from afar."""
        size = round(min(max(TYPE.title, TYPE.small / self._look.zoom), LARGEST_TITLE, self.rect().height() / 3))
        if self._title is None or self._title[0] != size:
            room = self.rect().width() - 2 * SPACE.m
            self._title = (size, laid_out(self.frame.title, strong(size), room))
        painter.setFont(strong(size))
        painter.setPen(QColor(self._look.colors.text))
        painter.drawStaticText(QPointF(SPACE.m, max((TITLE - self._title[1].size().height()) / 2, 2)), self._title[1])

    def _paint_words(self, painter: QPainter) -> None:
        if not self.frame.text:
            return
        top = TITLE if self.frame.title else SPACE.m
        if self._words is None:
            self._words = wrapped(self.frame.text, self.rect().width() - 2 * SPACE.m)
        painter.save()
        painter.setClipRect(self.rect().adjusted(0, 0, 0, -SPACE.s), Qt.ClipOperation.IntersectClip)
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(self._look.colors.muted))
        painter.drawStaticText(QPointF(SPACE.m, top), self._words)
        painter.restore()

    def _paint_handle(self, painter: QPainter, color: QColor) -> None:
        corner = self.rect().bottomRight()
        painter.setPen(QPen(color, 1.5))
        for inset in (5.0, 9.0):
            painter.drawLine(corner - QPointF(inset, 3), corner - QPointF(3, inset))
