"""The search that adds a layer where one is: type a few letters, press Return."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.spec import Block
from studio.canvas.editing.joining import End
from studio.canvas.search.entry_list import EntryList
from studio.canvas.search.finding import Entry, found
from studio.theme import SPACE
from studio.widgets import Label, Line, Surface, column, tag

SIZE = (340, 372)


class AddPopup(Surface):
    """A card over the canvas with a search line and what it finds. Esc or a click elsewhere closes it.

    Args:
        every: what there is to add.
        parent: the widget it lies on; it gives the focus back to it.
    """

    def __init__(self, every: tuple[Entry, ...], parent: QWidget) -> None:
        super().__init__("overlay", parent=parent)
        self._over = parent
        self._layers = self._every = every
        self._offered = every
        self._then: Callable[[str], object] | None = None
        self._wire: End | None = None
        self.line = QLineEdit()
        tag(self.line, kind="large")
        self.line.setAccessibleName("Search layers")
        self.list = EntryList(detailed=True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = Label("", "muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setMargin(SPACE.l)
        box = column(self)
        box.setContentsMargins(1, 1, 1, SPACE.xs)
        for part in (self.line, Line(), self.list, self._nothing):
            box.addWidget(part, int(part is self.list or part is self._nothing))
        self.setFixedSize(*SIZE)
        self.line.textChanged.connect(self._search)
        self.line.installEventFilter(self)
        self.list.clicked.connect(self._clicked)
        self.hide()

    def ask(
        self,
        at: QPoint,
        then: Callable[[str], object],
        *,
        wire: End | None = None,
        instead: str = "",
    ) -> None:
        """Open near a point of the parent, offering what fits the wire; `then` is called with the kind chosen.

        What may stand in place of a node is offered if it takes something and gives something.
        """
        offered = tuple(entry for entry in self._every if _fits(entry, wire) and (not instead or _passes(entry)))
        hint = f"Add {'after' if wire.output else 'before'} {wire.node}" if wire else "Add a layer"
        self.choose(at, then, offered, hint=f"Or, in place of {instead}, …" if instead else hint)
        self._wire = wire

    def offer(self, blocks: tuple[Entry, ...]) -> None:
        """Offer blocks besides the layers, from the next time on."""
        self._every = (*blocks, *self._layers)

    def narrow(self, wire: End, kinds: Collection[str] | None) -> None:
        """Offer only kinds that take what flows at a wire's end, if it is still asked about; None leaves the list."""
        if kinds is None or wire != self._wire or self.isHidden():
            return
        fitting = tuple(entry for entry in self._offered if entry.kind in kinds)
        if fitting and fitting != self._offered:
            self._offered = fitting
            self._search(self.line.text())

    def choose(self, at: QPoint, then: Callable[[str], object], offered: tuple[Entry, ...], *, hint: str) -> None:
        """Open near a point of the parent with these to choose from."""
        self._then = then
        self._wire = None
        self._offered = offered
        self.line.setPlaceholderText(hint)
        self.line.clear()
        self._search("")
        room = self._over.rect()
        self.move(
            max(SPACE.s, min(at.x(), room.right() - self.width() - SPACE.s)),
            max(SPACE.s, min(at.y(), room.bottom() - self.height() - SPACE.s)),
        )
        self.show()
        self.raise_()
        self.line.setFocus()

    def _search(self, text: str) -> None:
        matching = found(self._offered, text)
        self.list.show_entries(matching, headings=not text.strip())
        self.list.setVisible(bool(matching))
        self._nothing.setVisible(not matching)
        self._nothing.setText(f"Nothing here is called “{text}”. Try another word for it.")

    def _clicked(self, index: QModelIndex) -> None:
        if self.list.entry(index) is not None:
            self._choose()

    def _choose(self) -> None:
        entry = self.list.entry()
        if entry is not None and self._then is not None:
            self.close_up()
            self._then(entry.kind)

    def close_up(self) -> None:
        """Close and give the focus back."""
        self.hide()
        self._over.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()))
        if (
            isinstance(event, QFocusEvent)
            and event.lostFocus()
            and event.reason() is not Qt.FocusReason.PopupFocusReason
        ):
            self.hide()
        return False

    def _key(self, key: Qt.Key) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._choose()
        elif key is Qt.Key.Key_Escape:
            self.close_up()
        elif key in steps:
            for _ in range(abs(steps[key])):
                self.list.step(1 if steps[key] > 0 else -1)
        else:
            return False
        return True


def _fits(entry: Entry, wire: End | None) -> bool:
    if wire is None:
        return True
    return entry.inputs if wire.output else entry.outputs


def _passes(entry: Entry) -> bool:
    """Whether data goes through it; a block without a network is none yet."""
    return entry.inputs and entry.outputs and entry.kind != Block.kind()
