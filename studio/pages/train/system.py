"""What the machine does while it trains, as small lines that move."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.events import Message, System
from studio.theme import SPACE, colors_of
from studio.widgets import Card, Label, column, row

KEPT = 120
NAMES = {
    "cpu": "Processor",
    "gpu": "GPU",
    "process_memory": "Memory of the run",
    "memory": "Memory of the machine",
    "gpu_memory": "GPU memory",
}
PERCENT = {"cpu", "gpu"}


class Sparkline(QWidget):
    """The last values as a line over its soft area, from 0 to `top` or to the largest of them."""

    def __init__(self, *, color: int = 0, top: float | None = None) -> None:
        super().__init__()
        self._color, self._top = color, top
        self._values: deque[float] = deque(maxlen=KEPT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(28)

    @property
    def values(self) -> tuple[float, ...]:
        """What is shown, oldest first."""
        return tuple(self._values)

    def add(self, value: float) -> None:
        self._values.append(value)
        self.update()

    def clear(self) -> None:
        self._values.clear()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 2, -1, -1.5)
        painter.setPen(QPen(QColor(colors.border), 1))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        if len(self._values) < 2:
            return
        points = spark(self.values, place, self._top)
        ink = QColor(colors.series[self._color])
        painter.setPen(QPen(ink, 1.5))
        painter.drawPolyline(QPolygonF(points))
        ink.setAlpha(36)
        painter.setBrush(ink)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.drawPolygon(QPolygonF([*points, place.bottomRight(), QPointF(points[0].x(), place.bottom())]))


def spark(values: tuple[float, ...], place: QRectF, top: float | None) -> list[QPointF]:
    """Where the values lie: the newest at the right edge, a full row of `KEPT` as wide as the place."""
    highest = top or max(values) * 1.15 or 1.0
    stride = place.width() / (KEPT - 1)
    first = place.right() - stride * (len(values) - 1)
    return [
        QPointF(first + number * stride, place.bottom() - min(value / highest, 1.0) * place.height())
        for number, value in enumerate(values)
    ]


class SystemCard(Card):
    """A sparkline for each thing that the run measured of its machine."""

    def __init__(self) -> None:
        super().__init__("System")
        self.lines: dict[str, tuple[Label, Sparkline]] = {}
        self._places: dict[str, QWidget] = {}
        self._empty = Label("Measured once training runs.", "muted", wrap=True)
        self.body.addWidget(self._empty)
        self.pace = 0.0
        """Samples per second, as last measured."""

    def clear(self) -> None:
        """Forget the run."""
        self.pace = 0.0
        self._empty.show()
        for name, (_, line) in self.lines.items():
            line.clear()
            self._places[name].hide()

    def add(self, messages: Iterable[Message]) -> None:
        """Take in what these events measured."""
        for message in messages:
            if isinstance(message, System):
                self._measure(message.values)

    def _measure(self, values: Mapping[str, float]) -> None:
        self.pace = values.get("samples_per_second", self.pace)
        for name in NAMES:
            if name in values:
                if name not in self.lines:
                    self._make(name)
                label, line = self.lines[name]
                label.setText(written(name, values[name]))
                line.add(values[name])
                self._places[name].show()
                self._empty.hide()

    def _make(self, name: str) -> None:
        inside = QWidget()
        box = column(inside, gap=SPACE.xxs)
        words = row(gap=SPACE.s)
        label = Label("", "number")
        label.setAccessibleName(NAMES[name])
        line = Sparkline(color=list(NAMES).index(name) % 3, top=100.0 if name in PERCENT else None)
        words.addWidget(Label(NAMES[name], "label"), 1)
        words.addWidget(label)
        box.addLayout(words)
        box.addWidget(line)
        self.body.addWidget(inside)
        self._places[name] = inside
        self.lines[name] = (label, line)


def written(name: str, value: float) -> str:
    """A measured value with its unit: `73 %`, `1.4 GB`."""
    if name in PERCENT:
        return f"{value:.0f} %"
    return f"{value / 1e9:.1f} GB" if value >= 1e9 else f"{value / 1e6:.0f} MB"
