"""The samples of a batch: their pictures with labels below them, or the rows of a table."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from PySide6.QtCore import QByteArray, QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTableWidget, QTableWidgetItem, QToolTip, QWidget

from studio.theme import RADIUS, SPACE, TYPE, colors_of, font

Sample: TypeAlias = Mapping[str, Any]
SIDE, WORDS = 44, 16
ROW = 24


class Pictures(QWidget):
    """Small pictures in lines, as many as there is room for; pointing at one says what it is."""

    def __init__(self) -> None:
        super().__init__()
        self.samples: Sequence[Sample] = ()
        self._images: list[QImage] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setAccessibleName("Samples of the batch")

    def show_samples(self, samples: Sequence[Sample]) -> None:
        """Show these."""
        self.samples = samples
        self._images = [_small(QImage.fromData(QByteArray(base64.b64decode(one["png"])))) for one in samples]
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        lines = -(-len(self._images) // self._columns())
        return QSize(200, lines * (SIDE + WORDS + SPACE.xs))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            under = next((at for at in range(len(self.samples)) if self._place(at).contains(event.pos())), None)
            if under is not None:
                sample = self.samples[under]
                QToolTip.showText(event.globalPos(), f"{sample['name']}\n{sample['label']}", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = colors_of(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(TYPE.caption))
        for at, (image, sample) in enumerate(zip(self._images, self.samples, strict=True)):
            place = self._place(at)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.sunken))
            painter.drawRoundedRect(QRect(place.topLeft(), QSize(SIDE, SIDE)), RADIUS.s, RADIUS.s)
            painter.drawImage(
                place.left() + (SIDE - image.width()) // 2, place.top() + (SIDE - image.height()) // 2, image
            )
            painter.setPen(QColor(colors.muted))
            words = painter.fontMetrics().elidedText(str(sample["label"]), Qt.TextElideMode.ElideRight, SIDE)
            painter.drawText(place.adjusted(0, SIDE, 0, 0), Qt.AlignmentFlag.AlignCenter, words)

    def _columns(self) -> int:
        return max((self.width() + SPACE.xs) // (SIDE + SPACE.xs), 1)

    def _place(self, at: int) -> QRect:
        line, column = divmod(at, self._columns())
        return QRect(column * (SIDE + SPACE.xs), line * (SIDE + WORDS + SPACE.xs), SIDE, SIDE + WORDS)

    def _fit(self) -> None:
        self.setFixedHeight(max(self.sizeHint().height(), 1))


class Rows(QTableWidget):
    """Rows of a table, what is to be learned in the first column."""

    def __init__(self) -> None:
        super().__init__()
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Samples of the batch")

    def show_samples(self, samples: Sequence[Sample]) -> None:
        """Show these."""
        names = list(dict.fromkeys(name for one in samples for name in one.get("cells", {})))
        titles = ["label", *names]
        self.setColumnCount(len(titles))
        self.setHorizontalHeaderLabels(titles)
        self.setRowCount(len(samples))
        for line, one in enumerate(samples):
            cells = one.get("cells", {})
            for place, text in enumerate([str(one["label"]), *(str(cells.get(name, "")) for name in names)]):
                item = QTableWidgetItem(text or "missing")
                item.setToolTip(f"{one['name']}: {text or 'missing'}")
                self.setItem(line, place, item)
        self.resizeColumnsToContents()
        self.setFixedHeight(ROW * min(len(samples), 8) + self.horizontalHeader().sizeHint().height() + SPACE.l)


def _small(image: QImage) -> QImage:
    """A picture as large as its place; small ones keep their pixels sharp."""
    ways = Qt.TransformationMode
    way = ways.FastTransformation if image.width() < SIDE else ways.SmoothTransformation
    return image.scaled(SIDE - 2, SIDE - 2, Qt.AspectRatioMode.KeepAspectRatio, way)
