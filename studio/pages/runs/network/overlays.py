"""What lies over the drawing: the way one came into a block, and what signs and colors mean."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from engine.compare import Status
from studio.pages.runs.network.words import LEGEND, LOOKS
from studio.theme import SPACE, TYPE, colors_of, font
from studio.widgets import Button, Label, Picture, Surface, row

SIGN, GAP = 18, 5


class Trail(Surface):
    """A breadcrumb such as model, stage; hidden where one is in no block."""

    gone_back = Signal(int)
    """One wants to be as deep as this."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("overlay", parent=parent)
        self._line = row(self, gap=0)
        self._line.setContentsMargins(SPACE.xs, 2, SPACE.m, 2)
        self.names: tuple[str, ...] = ()
        self.setAccessibleName("The blocks that were entered")
        self.hide()

    def show_names(self, names: Sequence[str]) -> None:
        """Show the way to the last of these networks."""
        self.names = tuple(names)
        while (item := self._line.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for depth, name in enumerate(names[:-1]):
            step = Button(name, kind="quiet", tip=f"Back to {name}")
            step.clicked.connect(partial(self.gone_back.emit, depth))
            self._add(step)
            self._add(Picture("chevron-right", tone="faint", size=14))
        if len(names) > 1:
            here = Label(names[-1], "strong")
            here.setIndent(SPACE.s)
            self._add(here)
        self.setVisible(len(names) > 1)
        self.adjustSize()

    def _add(self, part: QWidget) -> None:
        self._line.addWidget(part)
        part.show()  # what is not shown yet counts for no size


class Legend(Surface):
    """One entry for each status, in a row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("overlay", parent=parent)
        self._shown: tuple[Status, ...] = LEGEND
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(", ".join(f"{LOOKS[one].sign} {LOOKS[one].word}" for one in LEGEND))

    def show_statuses(self, statuses: Sequence[Status]) -> None:
        """Explain what occurs, and no more."""
        occurring = {"changed" if one == "inside" else one for one in statuses}
        self._shown = tuple(one for one in LEGEND if one in occurring)
        self.setVisible(bool(self._shown))
        self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font(TYPE.small))
        words = sum(metrics.horizontalAdvance(LOOKS[one].word) + SIGN + GAP for one in self._shown)
        return QSize(words + SPACE.l * max(len(self._shown) - 1, 0) + 2 * SPACE.m, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colors, painter, left = colors_of(self), QPainter(self), float(SPACE.m)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(font(TYPE.small))
        for status in self._shown:
            look = LOOKS[status]
            ink, ground = colors.tone(look.tone)
            box = QRectF(left, (self.height() - SIGN) / 2, SIGN, SIGN)
            line = Qt.PenStyle.DashLine if status == "removed" else Qt.PenStyle.SolidLine
            painter.setPen(QPen(QColor(ink), 1, line))
            painter.setBrush(QColor(ground))
            painter.drawEllipse(box)
            painter.setFont(font(TYPE.small))
            painter.setPen(QColor(ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, look.sign)
            painter.setPen(QColor(colors.text))
            words = QRectF(box.right() + GAP, 0, 400, self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, look.word)
            left += SIGN + GAP + metrics.horizontalAdvance(look.word) + SPACE.l
        painter.end()
