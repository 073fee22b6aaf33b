"""Real samples: pictures with their classes, or rows of a table; all of them or those of one split."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QWidget,
)

from studio.pages.data.shares import SPLITS, split_color
from studio.theme import RADIUS, SPACE, TYPE, colors_of, font
from studio.widgets import Card
from studio.widgets.flow import Flow

Sample = Mapping[str, Any]
SIDE = 96
ROW = 30


class Tile(QWidget):
    """One picture with its class below it and a dot in its split's color."""

    def __init__(self, sample: Sample) -> None:
        super().__init__()
        self.split, self.label = str(sample.get("split", "")), str(sample.get("label", ""))
        self._picture = QImage.fromData(QByteArray(base64.b64decode(sample.get("png", ""))))
        self.setFixedSize(SIDE, SIDE + 22)
        size = f"{self._picture.width()} × {self._picture.height()}"
        self.setToolTip(f"{sample.get('name', '')}\n{self.label or 'no class'} · {self.split} · {size}")
        self.setAccessibleName(f"{self.label}, {self.split}")

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = colors_of(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.sunken))
        painter.drawRoundedRect(0, 0, SIDE, SIDE, RADIUS.s, RADIUS.s)
        if not self._picture.isNull():
            shown = self._fitted()
            painter.drawImage((SIDE - shown.width()) // 2, (SIDE - shown.height()) // 2, shown)
        painter.setBrush(QColor(split_color(colors, self.split)))
        painter.drawEllipse(2, SIDE + 9, 6, 6)
        painter.setPen(QColor(colors.text))
        painter.setFont(font(TYPE.small))
        words = painter.fontMetrics().elidedText(self.label, Qt.TextElideMode.ElideMiddle, SIDE - 14)
        painter.drawText(14, SIDE + 2, SIDE - 14, 20, Qt.AlignmentFlag.AlignVCenter, words)

    def _fitted(self) -> QImage:
        """Small pictures keep their pixels sharp, so that one sees what the network sees."""
        small = self._picture.width() < SIDE
        way = Qt.TransformationMode.FastTransformation if small else Qt.TransformationMode.SmoothTransformation
        return self._picture.scaled(SIDE - 4, SIDE - 4, Qt.AspectRatioMode.KeepAspectRatio, way)


class SamplesTable(QTableWidget):
    """Rows of a table as they were read, with the split they fell into."""

    def __init__(self) -> None:
        super().__init__()
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Samples")

    def show_samples(self, samples: Sequence[Sample], target: str) -> None:
        """Show these; what is to be predicted stands in the last column under its name."""
        names = list(dict.fromkeys(name for sample in samples for name in sample.get("cells", {})))
        titles = ["", *names, target]
        self.setColumnCount(len(titles))
        self.setHorizontalHeaderLabels(titles)
        self.setRowCount(len(samples))
        colors = colors_of(self)
        for line, sample in enumerate(samples):
            cells = sample.get("cells", {})
            words = [str(sample.get("split", "")), *(str(cells.get(name, "")) for name in names)]
            for place, text in enumerate([*words, str(sample.get("label", ""))]):
                item = QTableWidgetItem(text or "missing")
                item.setToolTip(f"{sample.get('name', '')}: {text or 'missing'}")
                if not text:
                    item.setForeground(QColor(colors.faint))
                if place == 0:
                    item.setForeground(QColor(split_color(colors, text)))
                self.setItem(line, place, item)
        self.resizeColumnsToContents()
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(ROW * len(samples) + self.horizontalHeader().sizeHint().height() + bar + 4)


class SamplesCard(Card):
    """The samples, with a button for each split."""

    def __init__(self) -> None:
        super().__init__("Samples")
        self._samples: Sequence[Sample] = ()
        self._target = ""
        self._split = ""
        self.tiles: list[Tile] = []
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        for name in ("", *SPLITS):
            button = QToolButton()
            button.setText(name.capitalize() or "All")
            button.setCheckable(True)
            button.setChecked(not name)
            button.clicked.connect(lambda _=False, split=name: self._filter(split))
            self._group.addButton(button)
            self.buttons[name] = button
            self.header.add(button)
        self._grid = QWidget()
        self._flow = Flow(self._grid, gap=SPACE.m)
        self.table = SamplesTable()
        self.body.addWidget(self._grid)
        self.body.addWidget(self.table)

    def show_samples(self, samples: Sequence[Sample], target: str) -> None:
        """Show samples; `target` names what is to be predicted."""
        self._samples, self._target = samples, target
        splits = {sample.get("split") for sample in samples}
        for name, button in self.buttons.items():
            button.setVisible(not name or name in splits)
        self._filter(self._split if self._split in splits else "")

    def _filter(self, split: str) -> None:
        self._split = split
        self.buttons[split].setChecked(True)
        shown = [sample for sample in self._samples if split in {"", sample.get("split")}]
        pictures = [sample for sample in shown if "png" in sample]
        self._grid.setVisible(bool(pictures))
        self.table.setVisible(not pictures)
        self._show_tiles(pictures)
        self.table.show_samples([] if pictures else shown, self._target)
        self.header.set_hint(f"{len(shown)} drawn at random")

    def _show_tiles(self, samples: Sequence[Sample]) -> None:
        for tile in self.tiles:
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = [Tile(sample) for sample in samples]
        for tile in self.tiles:
            self._flow.addWidget(tile)
        self._grid.updateGeometry()
