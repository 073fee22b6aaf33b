"""Shares of a whole as bars, the largest on top, with names that are told apart when room is short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studio.theme import RADIUS, SPACE, TYPE, Colors, colors_of, font, mono

LINE, BAR, FIGURES = 30, 14, 64
NAMES = 0.34
"""What of the width belongs to the names at most."""
WIDEST = 340


@dataclass(frozen=True, kw_only=True)
class Share:
    """One bar.

    Args:
        name: what stands beside it.
        whole: its name in full, for the tip.
        share: from 0 to 1; None where there is none.
        note: why there is none.
    """

    name: str
    whole: str
    share: float | None
    note: str = ""


class Ranking(QWidget):
    """Shows shares in the order in which they are given."""

    def __init__(self) -> None:
        super().__init__()
        self.shares: tuple[Share, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName("Importance")

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show these."""
        self.shares = tuple(shares)
        spoken = [f"{one.whole}: {said(one.share)}" for one in shares if one.share is not None]
        self.setAccessibleDescription("; ".join(spoken))
        self.setMinimumHeight(LINE * len(self.shares) + 2 * SPACE.s)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, LINE * max(len(self.shares), 1) + 2 * SPACE.s)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colors = QPainter(self), colors_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = self._names(painter)
        most = max((one.share or 0.0 for one in self.shares), default=0.0) or 1.0
        for at, one in enumerate(self.shares):
            line = QRectF(SPACE.s, SPACE.s + at * LINE, self.width() - 2 * SPACE.s, LINE)
            self._paint_name(painter, QRectF(line.left(), line.top(), names, LINE), one, colors)
            rest = line.adjusted(names + SPACE.m, 0, 0, 0)
            if one.share is None:
                painter.setPen(QColor(colors.faint))
                painter.setFont(font(TYPE.small))
                painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, one.note)
            else:
                self._paint_bar(painter, rest, one.share, one.share / most, colors)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = (event.pos().y() - SPACE.s) // LINE
            one = self.shares[at] if 0 <= at < len(self.shares) else None
            QToolTip.showText(event.globalPos(), _tip(one) if one else "", self)
            return True
        return super().event(event)

    def _names(self, painter: QPainter) -> float:
        painter.setFont(font(TYPE.small))
        widest = max((painter.fontMetrics().horizontalAdvance(one.name) for one in self.shares), default=0) + 2
        return float(min(widest, NAMES * self.width(), WIDEST))

    def _paint_name(self, painter: QPainter, place: QRectF, one: Share, colors: Colors) -> None:
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(colors.text if one.share is not None else colors.faint))
        fitted = painter.fontMetrics().elidedText(one.name, Qt.TextElideMode.ElideMiddle, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, fitted)

    def _paint_bar(self, painter: QPainter, place: QRectF, share: float, length: float, colors: Colors) -> None:
        room = min(max(place.width() - FIGURES, 20.0), 760.0)
        track = QRectF(place.left(), place.center().y() - BAR / 2, room, BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.hover))
        painter.drawRoundedRect(track, RADIUS.s, RADIUS.s)
        painter.setBrush(QColor(colors.accent))
        painter.drawRoundedRect(
            QRectF(track.topLeft(), track.bottomRight()).adjusted(0, 0, -room * (1 - length), 0), RADIUS.s, RADIUS.s
        )
        painter.setFont(mono(TYPE.small))
        painter.setPen(QColor(colors.text))
        figures = QRectF(track.right() + SPACE.s, place.top(), FIGURES, LINE)
        painter.drawText(figures, Qt.AlignmentFlag.AlignVCenter, said(share))


def said(share: float | None) -> str:
    """A share in words: `69.8 %`."""
    if share is None:
        return "–"
    return f"{100 * share:.1f} %" if share >= 0.0005 or share == 0 else "< 0.1 %"


def _tip(one: Share) -> str:
    return f"{one.whole}\n{one.note or said(one.share)}"
