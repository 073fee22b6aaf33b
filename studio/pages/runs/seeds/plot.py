"""The drawing: for each metric a line per group, with the dot of every seed, the mean and its interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from engine.runs import Spread
from studio.pages.runs.seeds.geometry import Scale, scale_over, spread_apart
from studio.pages.runs.seeds.groups import Group, Member
from studio.pages.runs.seeds.words import number, spread_text
from studio.theme import RADIUS, SPACE, TYPE, Colors, colors_of, font, mono

LINE, TITLE, AXIS, GAP = 30, 26, 20, 14
DOT = 4.0
BAND = 10.0
BEYOND = 3.0
"""Pixels that the mean reaches beyond its band, so that no dot hides it."""
NAMES, FIGURES = 0.26, 190
"""What of the width belongs to the names, and pixels of the figures at the right."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Dot:
    """Where a seed's value is drawn."""

    place: QPointF
    group: Group
    member: Member
    metric: str


class Plot(QWidget):
    """Shows groups; a click on a metric chooses it, the mouse over a dot reads it.

    Args:
        color: a group's place in the cycle of series colors.
    """

    chosen = Signal(str)
    """A metric that a person wants to look at closely."""
    pointed = Signal(str)
    """A run whose dot was clicked."""

    def __init__(self, color: Callable[[Group], int]) -> None:
        super().__init__()
        self._color = color
        self._groups: tuple[Group, ...] = ()
        self._metrics: tuple[str, ...] = ()
        self._metric = ""
        self._over: Dot | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Metrics over seeds")

    def show_groups(self, groups: Sequence[Group], metrics: Sequence[str], *, metric: str) -> None:
        """Draw these, the one metric marked as chosen."""
        self._groups, self._metrics, self._metric = tuple(groups), tuple(metrics), metric
        self._over = None
        self.setAccessibleDescription(self._spoken())
        self.setMinimumHeight(self._block() * len(self._metrics) + SPACE.m)
        self.updateGeometry()
        self.update()

    def dots(self) -> list[Dot]:
        """Every dot, from top to bottom."""
        found = []
        for block, metric in enumerate(self._metrics):
            scale = self._scale(metric)
            for line, group in enumerate(self._groups):
                values = group.values(metric)
                places = [scale.place(value) for _, value in values]
                height = self._line(block, line).center().y()
                storeys = spread_apart(places, width=2 * DOT + 1)
                found += [
                    Dot(QPointF(x, height - 4.5 * storey), group, member, metric)
                    for x, storey, (member, _) in zip(places, storeys, values, strict=True)
                ]
        return found

    def sizeHint(self) -> QSize:
        return QSize(640, max(120, self.minimumHeight()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = colors_of(self)
        for block, metric in enumerate(self._metrics):
            self._paint_block(painter, block, metric, colors)
        for dot in self.dots():
            self._paint_dot(painter, dot, colors)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        before, self._over = self._over, self._dot_at(event.position())
        if (before and before.member) != (self._over and self._over.member):
            self.update()
        over = self._over is not None or self._metric_at(event.position()) not in {"", self._metric}
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        self._over = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        dot, metric = self._dot_at(event.position()), self._metric_at(event.position())
        if dot is not None:
            self.pointed.emit(dot.member.run)
        if metric:
            self.chosen.emit(metric)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if way is None or self._metric not in self._metrics:
            super().keyPressEvent(event)
            return
        place = self._metrics.index(self._metric) + way
        self.chosen.emit(self._metrics[min(max(place, 0), len(self._metrics) - 1)])

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.read(event.pos()), self)
            return True
        return super().event(event)

    def read(self, place: QPoint) -> str:
        """What stands at a place, in words; empty where nothing does."""
        spot = QPointF(place)
        if (dot := self._dot_at(spot)) is not None:
            return f"seed {dot.member.seed:,}: {number(dot.member.values[dot.metric])}\n{dot.member.run}"
        for block, metric in enumerate(self._metrics):
            for line, group in enumerate(self._groups):
                if self._line(block, line).contains(spot):
                    return told(group, metric)
        return ""

    # Where things are

    def _block(self) -> int:
        return TITLE + LINE * len(self._groups) + AXIS + GAP

    def _frame(self, block: int) -> QRectF:
        top = SPACE.s + block * self._block()
        return QRectF(SPACE.s, top, self.width() - 2 * SPACE.s, self._block() - SPACE.s)

    def _line(self, block: int, line: int) -> QRectF:
        frame = self._frame(block)
        return QRectF(frame.left(), frame.top() + TITLE + line * LINE, frame.width(), LINE)

    def _scale(self, metric: str) -> Scale:
        spreads = [group.spread(metric) for group in self._groups]
        ends = [value for one in spreads for value in (one.low, one.high, one.least, one.most)]
        names = min(270.0, NAMES * self.width())
        return scale_over(ends, left=SPACE.l + names, right=self.width() - FIGURES - SPACE.l)

    def _dot_at(self, spot: QPointF) -> Dot | None:
        near = [dot for dot in self.dots() if (dot.place - spot).manhattanLength() <= 2 * DOT]
        return min(near, key=lambda dot: (dot.place - spot).manhattanLength(), default=None)

    def _metric_at(self, spot: QPointF) -> str:
        return next((one for block, one in enumerate(self._metrics) if self._frame(block).contains(spot)), "")

    def _spoken(self) -> str:
        lines = (f"{metric}: {told(group, metric)}" for metric in self._metrics for group in self._groups)
        return "; ".join(lines).replace("\n", ", ")

    # Painting

    def _paint_block(self, painter: QPainter, block: int, metric: str, colors: Colors) -> None:
        frame, scale, chosen = self._frame(block), self._scale(metric), metric == self._metric
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.raised))
            painter.drawRoundedRect(frame, RADIUS.m, RADIUS.m)
        painter.setFont(font(TYPE.small, weight=QFont.Weight.DemiBold))
        painter.setPen(QColor(colors.text if chosen else colors.muted))
        title = QRectF(frame.left() + SPACE.s, frame.top(), frame.width(), TITLE)
        painter.drawText(title, LEFT, metric)
        self._paint_axis(painter, scale, frame, colors)
        for line, group in enumerate(self._groups):
            self._paint_line(painter, self._line(block, line), group, group.spread(metric), scale)

    def _paint_axis(self, painter: QPainter, scale: Scale, frame: QRectF, colors: Colors) -> None:
        top, bottom = frame.top() + TITLE, frame.bottom() - AXIS - GAP + SPACE.s
        painter.setFont(mono(TYPE.caption))
        measure = QFontMetricsF(painter.font())
        after = -1.0
        for tick in scale.ticks():
            x = round(scale.place(tick)) + 0.5
            painter.setPen(QPen(QColor(colors.grid), 1))
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))
            text = number(tick if abs(tick) > 1e-12 else 0.0)
            width = measure.horizontalAdvance(text)
            if x - width / 2 > after:
                painter.setPen(QColor(colors.faint))
                painter.drawText(QRectF(x - width, bottom, 2 * width, AXIS), Qt.AlignmentFlag.AlignCenter, text)
                after = x + width / 2 + SPACE.s

    def _paint_line(self, painter: QPainter, place: QRectF, group: Group, one: Spread, scale: Scale) -> None:
        colors = colors_of(self)
        color = QColor(colors.series[self._color(group) % len(colors.series)])
        middle = place.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(QPointF(place.left() + SPACE.l, middle), DOT, DOT)
        names = QRectF(place.left() + SPACE.xl, place.top(), scale.left - place.left() - SPACE.xl - SPACE.m, LINE)
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(colors.text))
        name = QFontMetricsF(painter.font()).elidedText(group.name, Qt.TextElideMode.ElideMiddle, names.width())
        painter.drawText(names, LEFT, name)
        if one.n > 1:
            self._paint_interval(painter, one, scale, middle, color)
        figures = QRectF(scale.right + SPACE.m, place.top(), place.right() - scale.right - SPACE.m - SPACE.s, LINE)
        painter.setFont(mono(TYPE.small))
        painter.setPen(QColor(colors.text if one.n > 1 else colors.muted))
        painter.drawText(figures, RIGHT, f"{spread_text(one)}   n = {one.n}")

    def _paint_interval(self, painter: QPainter, one: Spread, scale: Scale, middle: float, color: QColor) -> None:
        soft = QColor(color)
        soft.setAlpha(60)
        left, right, mean = scale.place(one.low), scale.place(one.high), scale.place(one.mean)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        painter.drawRoundedRect(QRectF(left, middle - BAND, max(1.0, right - left), 2 * BAND), RADIUS.s, RADIUS.s)
        painter.setPen(QPen(color, 2.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        reach = BAND + BEYOND
        painter.drawLine(QPointF(mean, middle - reach), QPointF(mean, middle + reach))

    def _paint_dot(self, painter: QPainter, dot: Dot, colors: Colors) -> None:
        color = QColor(colors.series[self._color(dot.group) % len(colors.series)])
        lit = self._over is not None and self._over.member is dot.member
        painter.setPen(QPen(QColor(colors.text if lit else colors.surface), 2 if lit else 1))
        painter.setBrush(color)
        painter.drawEllipse(dot.place, DOT + lit, DOT + lit)


def told(group: Group, metric: str) -> str:
    """A group's metric in words."""
    one = group.spread(metric)
    if one.n == 0:
        return f"{group.name}\nno finished seed has this"
    out = f"\n{one.left_out} without a number left out" if one.left_out else ""
    if one.n == 1:
        return f"{group.name}\n{number(one.mean)} with one seed{out}"
    return (
        f"{group.name}\nmean {number(one.mean)}, 95 % interval {number(one.low)} to {number(one.high)}\n"
        f"least {number(one.least)}, most {number(one.most)}, {one.n} seeds{out}"
    )
