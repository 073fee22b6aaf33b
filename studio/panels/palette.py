"""All kinds of layer, to be dragged onto the canvas."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from engine.spec import Catalogue
from studio.canvas.search.entry_list import EntryList
from studio.canvas.search.finding import Entry, entries, found
from studio.theme import SPACE
from studio.widgets import EmptyState, Label, SearchField, Surface, column, row


class Palette(Surface):
    """Layers by category, with a search; drag one, double-click it, or press Return.

    A drag is told in points of the screen, so that whoever shows the ghost need not know where it came from.

    Args:
        catalogue: what there is.
    """

    chosen = Signal(str)
    dragged = Signal(str, QPoint)
    dropped = Signal(QPoint)
    given_up = Signal()
    menu_asked = Signal(str, QPoint)
    """A context menu is wanted for a kind, at a point of the screen."""

    def __init__(self, catalogue: Catalogue, *, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self._layers = entries(catalogue.layers)
        self._blocks: tuple[Entry, ...] = ()
        self._pressed: QPoint | None = None
        self._kind: str | None = None
        self.field = SearchField("Search layers")
        self.list = EntryList()
        self._nothing = EmptyState("search", "Nothing found", "Try another word, such as dense, pool or norm.")
        self.broken = Label("", "error", wrap=True)
        self.broken.setMargin(SPACE.m)
        self.broken.hide()
        self._lay_out(catalogue)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.viewport().installEventFilter(self)
        self.list.doubleClicked.connect(self._choose)
        self._search("")

    def _lay_out(self, catalogue: Catalogue) -> None:
        box = column(self)
        head = row(gap=SPACE.s)
        head.setContentsMargins(SPACE.m, SPACE.m, SPACE.m, SPACE.s)
        head.addWidget(self.field)
        box.addLayout(head)
        inside = row()
        inside.setContentsMargins(SPACE.s, 0, 2, SPACE.s)
        inside.addWidget(self.list)
        inside.addWidget(self._nothing)
        box.addLayout(inside, 1)
        box.addWidget(self.broken)
        if catalogue.failures:
            box.addWidget(self._failures(catalogue))

    def _failures(self, catalogue: Catalogue) -> Label:
        count = len(catalogue.failures)
        note = Label(f"{count} pack{'s' * (count > 1)} could not be loaded", "error", wrap=True)
        note.setMargin(SPACE.m)
        note.setToolTip("\n".join(f"{name}: {reason}" for name, reason in catalogue.failures.items()))
        return note

    def show_blocks(self, blocks: tuple[Entry, ...], broken: Mapping[str, str]) -> None:
        """Offer these blocks before the layers, and name those that cannot be read, with the reason."""
        if blocks != self._blocks:
            self._blocks = blocks
            place = self.list.verticalScrollBar().value()
            self._search(self.field.text())
            self.list.verticalScrollBar().setValue(place)
        count = len(broken)
        self.broken.setText(f"{count} of my blocks cannot be read")
        self.broken.setToolTip("\n".join(broken.values()))
        self.broken.setVisible(bool(broken))

    def _search(self, text: str) -> None:
        matching = found((*self._blocks, *self._layers), text)
        self.list.show_entries(matching, headings=not text.strip(), choose=bool(text.strip()))
        self.list.setVisible(bool(matching))
        self._nothing.setVisible(not matching)

    def _show_menu(self, at: QPoint) -> None:
        entry = self.list.entry(self.list.indexAt(at))
        if entry is not None:
            self.menu_asked.emit(entry.kind, self.list.viewport().mapToGlobal(at))

    def _choose(self, index: QModelIndex | None = None) -> None:
        entry = self.list.entry(index)
        if entry is not None:
            self.chosen.emit(entry.kind)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(watched, Qt.Key(event.key()))
        if watched is self.list.viewport() and isinstance(event, QMouseEvent):
            return self._mouse(event)
        return False

    def _key(self, watched: QObject, key: Qt.Key) -> bool:
        if key is Qt.Key.Key_Escape and self._kind is not None:
            self._end_drag()
            self.given_up.emit()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
            return True
        if watched is self.field and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.step(1 if key is Qt.Key.Key_Down else -1)
            return True
        return False

    # Dragging

    def _mouse(self, event: QMouseEvent) -> bool:
        where = event.globalPosition().toPoint()
        match event.type():
            case QEvent.Type.MouseButtonPress if event.button() is Qt.MouseButton.LeftButton:
                self._pressed = where
            case QEvent.Type.MouseMove if self._pressed is not None:
                return self._drag(where)
            case QEvent.Type.MouseButtonRelease if self._pressed is not None:
                dragging = self._kind is not None
                self._end_drag()
                if dragging:
                    self.dropped.emit(where)
                return dragging
        return False

    def _drag(self, where: QPoint) -> bool:
        assert self._pressed is not None
        if self._kind is None and (where - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            viewport = self.list.viewport()
            entry = self.list.entry(self.list.indexAt(viewport.mapFromGlobal(self._pressed)))
            if entry is not None:
                self._kind = entry.kind
                viewport.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.list.setFocus()
        if self._kind is not None:
            self.dragged.emit(self._kind, where)
        return True

    def _end_drag(self) -> None:
        self._pressed = self._kind = None
        self.list.viewport().unsetCursor()
