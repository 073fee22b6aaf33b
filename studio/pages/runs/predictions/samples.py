"""The samples of a group, fetched as they are scrolled to: one model for pictures and for rows of a table."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QImage

from studio.theme import TYPE, mono
from studio.widgets.chart.words import number

if TYPE_CHECKING:
    from studio.service import Service

AnyIndex = QModelIndex | QPersistentModelIndex
SAMPLE, PICTURE, ERROR = (int(Qt.ItemDataRole.UserRole) + more for more in range(3))
NO_PARENT = QModelIndex()


class SamplesModel(QAbstractTableModel):
    """Asks for a group's samples page by page; columns are the sample, its truth, each answer, then its cells.

    Args:
        service: who knows them.
    """

    counted = Signal(int)
    """How many samples there are."""
    failed = Signal(str)

    def __init__(self, service: Service, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._question: dict[str, Any] | None = None
        self._samples: list[dict[str, Any]] = []
        self._pictures: dict[int, QImage] = {}
        self._titles: list[str] = []
        self._cells: list[str] = []
        self.total = 0
        self.asking = False

    @property
    def pictured(self) -> bool:
        """Whether samples are pictures."""
        return bool(self._samples) and "png" in self._samples[0]

    def show_samples(self, question: dict[str, Any] | None, names: Sequence[str] = ()) -> None:
        """Show what this question is about (`predicted_samples`); `names` are the runs'. None shows nothing."""
        self._question, self._titles = question, list(names)
        if question is None:
            self._reset([], 0)
            self.asking = False
        else:
            self._ask(0)

    def sample(self, at: int) -> dict[str, Any]:
        return self._samples[at]

    def picture(self, at: int) -> QImage:
        """A sample's picture, decoded once."""
        if at not in self._pictures:
            data = QByteArray(base64.b64decode(self._samples[at].get("png", "")))
            self._pictures[at] = QImage.fromData(data)
        return self._pictures[at]

    def canFetchMore(self, parent: AnyIndex) -> bool:
        return not parent.isValid() and len(self._samples) < self.total and not self.asking

    def fetchMore(self, parent: AnyIndex) -> None:
        if self.canFetchMore(parent):
            self._ask(len(self._samples))

    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._samples)

    def columnCount(self, parent: AnyIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else 2 + len(self._titles) + len(self._cells)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return ["Sample", "Truth", *self._titles, *self._cells][section]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        sample = self._samples[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(sample, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return tip(sample, self._titles)
            case Qt.ItemDataRole.FontRole if index.column():
                return mono(TYPE.small)
        return sample if role == SAMPLE else None

    def _text(self, sample: dict[str, Any], column: int) -> str:
        if column < 2:
            return str(sample["name"] if column == 0 else sample["label"])
        if column < 2 + len(self._titles):
            answer = sample["answers"][column - 2]
            return f"{mark(answer)} {answer['text']}{sureness(answer)}".strip()
        return str(sample.get("cells", {}).get(self._cells[column - 2 - len(self._titles)], ""))

    def _ask(self, start: int) -> None:
        self.asking = True
        asked = {**(self._question or {}), "start": start}

        def take(found: dict[str, Any]) -> None:
            if asked == {**(self._question or {}), "start": start}:
                self._take(found, start)

        def fail(sentence: str) -> None:
            self.asking = False
            self.failed.emit(sentence)

        self._service.ask("predicted_samples", asked, then=take, failed=fail)

    def _take(self, found: dict[str, Any], start: int) -> None:
        self.asking = False
        if start == 0:
            self._reset(found["samples"], found["total"])
        elif start == len(self._samples) and found["samples"]:
            self.beginInsertRows(NO_PARENT, start, start + len(found["samples"]) - 1)
            self._samples += found["samples"]
            self.endInsertRows()

    def _reset(self, samples: list[dict[str, Any]], total: int) -> None:
        self.beginResetModel()
        self._samples, self.total, self._pictures = list(samples), total, {}
        self._cells = list(samples[0].get("cells", {})) if samples else []
        self.endResetModel()
        self.counted.emit(total)


def mark(answer: dict[str, Any]) -> str:
    """Right or wrong, not by color alone; nothing for what is neither."""
    return {True: "✓", False: "✗"}.get(answer.get("right"), "")  # type: ignore[arg-type]


def sureness(answer: dict[str, Any]) -> str:
    """How sure an answer is, or how far it is off."""
    if "confidence" in answer:
        return f" {answer['confidence']:.0%}"
    return ""


def tip(sample: dict[str, Any], names: Sequence[str]) -> str:
    """All that is known of a sample: the likeliest classes of each run, or its errors."""
    lines = [str(sample["name"]), f"truth: {sample['label']}" if sample["label"] else ""]
    for name, answer in zip(names, sample["answers"], strict=False):
        likely = ", ".join(f"{word} {share:.1%}" for word, share in answer.get("likely", ()))
        lines.append(f"{name}: {likely or answer['text']} (error {number(answer['error'])})")
    return "\n".join(line for line in lines if line)
