"""The card in which a frame's title, words and color are changed, on the frame itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHideEvent, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QToolButton, QWidget

from engine.spec import Frame
from studio.theme import SPACE, colors_of
from studio.widgets import Line, Surface, column, row, tag

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

LEAST = QSize(280, 168)
SWATCH = 16
COLORS = ("", "Convolution", "Activation", "Linear", "Recurrent", "Regularization", "Merge", "Pooling")
"""What a frame can be colored like: neutral, and categories whose colors stay apart."""


class FrameEditor(Surface):
    """Return in the title, Ctrl+Return in the words, or a click elsewhere keeps what was written; Esc leaves it.

    Args:
        canvas: whose frames are edited.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__("overlay", parent=canvas)
        self._canvas = canvas
        self._frame = Frame(id="")
        self.title = tag(QLineEdit(), kind="large")
        self.title.setPlaceholderText("Title")
        self.title.setAccessibleName("Title of the frame")
        self.words = tag(QPlainTextEdit(), kind="bare")
        self.words.setPlaceholderText("Words for whoever reads this network")
        self.words.setAccessibleName("Text of the frame")
        self.words.setTabChangesFocus(True)
        self.swatches = {name: self._swatch(name) for name in COLORS}
        box = column(self)
        box.setContentsMargins(1, 1, 1, SPACE.xs)
        box.addWidget(self.title)
        box.addWidget(Line())
        box.addWidget(self.words, 1)
        palette = row(gap=SPACE.xs)
        palette.setContentsMargins(SPACE.s, 0, SPACE.s, 0)
        for swatch in self.swatches.values():
            palette.addWidget(swatch)
        palette.addStretch(1)
        box.addLayout(palette)
        for part in (self.title, self.words):
            part.installEventFilter(self)
        canvas.document.changed.connect(self.hide)
        self.hide()

    def open(self, name: str) -> None:
        """Edit the frame of this name, where it is."""
        canvas = self._canvas
        item = canvas.network.frames.get(name)
        if item is None:
            return
        canvas.selection.set((), (), [name])
        self._frame = item.frame
        self.title.setText(self._frame.title)
        self.words.setPlainText(self._frame.text)
        self._paint_swatches()
        self._place(canvas.mapFromScene(item.box).boundingRect())
        self.show()
        self.raise_()
        self.title.setFocus()
        self.title.selectAll()

    def _place(self, over: QRect) -> None:
        room = self._canvas.viewport().rect().adjusted(SPACE.s, SPACE.s, -SPACE.s, -SPACE.s)
        self.resize(min(max(over.width(), LEAST.width()), 480), LEAST.height())
        x = min(over.left(), room.right() - self.width())
        y = min(over.top(), room.bottom() - self.height())
        self.move(max(x, room.left()), max(y, room.top()))

    def keep(self) -> None:
        """Make the frame what is written here."""
        if self.isHidden():
            return
        self.hide()
        title, text = self.title.text().strip(), self.words.toPlainText().strip()
        if self._frame.id in self._canvas.network.frames:
            self._canvas.editing.frame(self._frame.having(title=title, text=text), "Edit a frame")

    def leave(self) -> None:
        """Leave the frame as it was."""
        self.hide()
        self._canvas.setFocus()

    def _color(self, name: str) -> None:
        self._frame = self._frame.having(color=name)
        self._canvas.network.frames[self._frame.id].show_frame(self._frame)
        self._paint_swatches()
        self.title.setFocus()

    def _swatch(self, name: str) -> QToolButton:
        made = QToolButton()
        made.setCheckable(True)
        made.setIconSize(QSize(SWATCH, SWATCH))
        made.setToolTip(f"Color of {name}" if name else "No color")
        made.setAccessibleName(made.toolTip())
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(partial(self._color, name))
        return made

    def _paint_swatches(self) -> None:
        colors = colors_of(self)
        for name, swatch in self.swatches.items():
            swatch.setIcon(_dot(QColor(colors.category(name) if name else colors.faint)))
            swatch.setChecked(name == self._frame.color)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        item = self._canvas.network.frames.get(self._frame.id)
        kept = next((one for one in self._canvas.graph.frames if one.id == self._frame.id), None)
        if item is not None and kept is not None:
            item.show_frame(kept)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(watched, event)
        if event.type() is QEvent.Type.FocusOut and not self._holds(QApplication.focusWidget()):
            self.keep()
        return False

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return True
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (watched is self.title or ctrl):
            self.keep()
            self._canvas.setFocus()
            return True
        return False

    def _holds(self, widget: QWidget | None) -> bool:
        return widget is not None and (widget is self or self.isAncestorOf(widget))


def _dot(color: QColor) -> QIcon:
    picture = QPixmap(2 * SWATCH, 2 * SWATCH)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(picture.rect().adjusted(2, 2, -2, -2))
    painter.end()
    return QIcon(picture)
