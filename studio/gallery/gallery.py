"""The gallery: everything one can start from, over the window, in reach of mouse and keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from engine.spec import Layer
from studio.gallery.card import LEAST, TemplateCard
from studio.gallery.templates import Template
from studio.gallery.walking import beside
from studio.theme import SPACE, colors_of
from studio.widgets import Button, EmptyState, Label, Line, Scroll, SearchField, SectionHeader, Surface, ToolButton
from studio.widgets import column as column_of
from studio.widgets import row as row_of
from studio.widgets.columns import Columns

ALL = "All"
LARGEST = (1240, 860)
VEIL = 0.62


class Gallery(QWidget):
    """A veil over the window with the gallery on it; Escape, the cross or a click on the veil close it.

    Args:
        templates: what is offered, in order.
        layers: the kinds of layer, for pictures.
        parent: the window it lies over.
    """

    chosen = Signal(object)
    """The `Template` that somebody wants to start from."""

    def __init__(self, templates: Sequence[Template], layers: Mapping[str, type[Layer]], parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._back: QWidget | None = None
        self.category = ALL
        self.panel = Surface("overlay", parent=self)
        self.search = SearchField("Search templates, layers, tasks")
        self.none = EmptyState("search", "Nothing like that", "Try another word, such as image, LSTM or table.")
        self.cards = [TemplateCard(one, layers) for one in templates]
        self.sections: dict[str, QWidget] = {}
        self.filters: dict[str, Button] = {}
        self.doors = row_of(gap=SPACE.s)
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        for card in self.cards:
            card.installEventFilter(self)
            card.clicked.connect(lambda _=False, card=card: self._choose(card))
        parent.installEventFilter(self)

    def open(self) -> None:
        """Show everything, ready to type."""
        self._back = self.window().focusWidget()
        self.search.clear()
        self.choose_category(ALL)
        self._fill()
        self.show()
        self.raise_()
        self.search.setFocus()

    def close_gallery(self) -> None:
        """Hide it and give the focus back."""
        self.hide()
        if self._back is not None:
            self._back.setFocus()

    def offer(self, button: Button) -> None:
        """Put a button beside the title: another way to begin. The gallery closes when it is clicked."""
        button.clicked.connect(self.close_gallery)
        self.doors.addWidget(button)

    def shown(self) -> list[TemplateCard]:
        """The cards that match."""
        return [card for card in self.cards if not card.isHidden()]

    def choose_category(self, name: str) -> None:
        """Show one category, or all."""
        self.category = name
        self.filters[name].setChecked(True)
        self._filter()

    def _lay_out(self) -> None:
        box = column_of(self.panel, gap=0)
        box.setContentsMargins(1, 1, 1, 1)
        for layout in (self._head(), self._filters()):
            box.addLayout(layout)
        box.addWidget(Line())
        scroll = Scroll(margin=SPACE.xl, gap=SPACE.l)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = scroll
        for category in dict.fromkeys(card.template.category for card in self.cards):
            self.sections[category] = self._section(category)
            scroll.body.addWidget(self.sections[category])
        scroll.body.addWidget(self.none, 1)
        scroll.body.addStretch(0)
        box.addWidget(scroll, 1)

    def _head(self) -> QHBoxLayout:
        head = row_of(gap=SPACE.m)
        head.setContentsMargins(SPACE.xl, SPACE.l, SPACE.l, SPACE.s)
        close = ToolButton("close", "Close (Esc)")
        close.clicked.connect(self.close_gallery)
        head.addWidget(Label("New from template", "heading"))
        head.addStretch(1)
        head.addLayout(self.doors)
        head.addWidget(close)
        return head

    def _filters(self) -> QHBoxLayout:
        line = row_of(gap=SPACE.xs)
        line.setContentsMargins(SPACE.xl, 0, SPACE.l, SPACE.m)
        group = QButtonGroup(self)
        for name in dict.fromkeys((ALL, *(card.template.category for card in self.cards))):
            button = self.filters[name] = Button(name, kind="quiet")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, name=name: self.choose_category(name))
            group.addButton(button)
            line.addWidget(button)
        line.addStretch(1)
        self.search.setMinimumWidth(180)
        self.search.setMaximumWidth(320)
        line.addWidget(self.search, 1)
        return line

    def _section(self, category: str) -> QWidget:
        whole, grid = QWidget(), QWidget()
        box = column_of(whole, gap=SPACE.s)
        box.addWidget(SectionHeader(category))
        box.addWidget(grid)
        columns = Columns(grid, least=LEAST)
        for card in self.cards:
            if card.template.category == category:
                columns.addWidget(card)
        return whole

    def _filter(self) -> None:
        typed = self.search.text()
        for card in self.cards:
            fits = self.category in (ALL, card.template.category) and card.template.matches(typed)
            card.setVisible(fits)
        shown = {card.template.category for card in self.shown()}
        for category, section in self.sections.items():
            section.setVisible(category in shown)
        self.none.setVisible(not shown)
        self._scroll.verticalScrollBar().setValue(0)

    def _choose(self, card: TemplateCard) -> None:
        self.close_gallery()
        self.chosen.emit(card.template)

    # Keys and places

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() is QEvent.Type.Resize and self.isVisible():
            self._fill()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._pressed(watched, event)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_gallery()

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        if watched is self.search:
            return self._pressed_in_search(event)
        if not isinstance(watched, TemplateCard):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            watched.click()
        elif (way := beside(watched, self.shown(), event.key())) is not None:
            self._go(way)
        elif event.key() == Qt.Key.Key_Up:
            self.search.setFocus()
        elif event.text().isalnum():
            self.search.setFocus()
            self.search.setText(self.search.text() + event.text())
        else:
            return False
        return True

    def _pressed_in_search(self, event: QKeyEvent) -> bool:
        shown = self.shown()
        if event.key() == Qt.Key.Key_Down and shown:
            self._go(shown[0])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and shown and self.search.text():
            self._choose(shown[0])
        else:
            return False
        return True

    def _go(self, card: TemplateCard) -> None:
        card.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(card, 0, SPACE.xl)

    def _fill(self) -> None:
        """Lie over the whole window, the panel in the middle of it."""
        over = self.parent()
        assert isinstance(over, QWidget)
        self.setGeometry(over.rect())
        width, height = (
            min(most, room - 2 * SPACE.xl) for most, room in zip(LARGEST, (self.width(), self.height()), strict=True)
        )
        self.panel.setGeometry(QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_gallery()

    def paintEvent(self, event: QPaintEvent) -> None:
        veil = QColor(colors_of(self).window)
        veil.setAlphaF(VEIL)
        painter = QPainter(self)
        painter.fillRect(self.rect(), veil)
        painter.end()
