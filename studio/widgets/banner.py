"""Messages that stand in the window, never in its way: what happened, and buttons that mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from studio.theme import SPACE
from studio.widgets.buttons import Button, ToolButton
from studio.widgets.labels import Label
from studio.widgets.picture import Picture
from studio.widgets.style import column, row, tag

Handler = Callable[[], object]


class Banner(QFrame):
    """One message in a tone (info, success, warning, error) with buttons; any button and the cross close it.

    Args:
        text: a sentence that says what is so and the way out.
        actions: text of a button and what it does.
    """

    closed = Signal()

    def __init__(
        self,
        text: str,
        *,
        tone: str = "info",
        actions: Mapping[str, Handler] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__()
        tag(self, banner=True, tone=tone)
        self.tone = tone
        self.text = text
        words = Label(text, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line = row(self, margin=SPACE.s, gap=SPACE.s)
        line.addWidget(Picture(tone, tone=tone), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(words, 1)
        self.buttons = {name: self._button(name, handler) for name, handler in (actions or {}).items()}
        for button in self.buttons.values():
            line.addWidget(button)
        cross = ToolButton("close", "Close this message")
        cross.clicked.connect(self.dismiss)
        line.addWidget(cross)
        self.setAccessibleName(text)

    def dismiss(self) -> None:
        """Take the message away."""
        self.closed.emit()
        self.hide()
        self.deleteLater()

    def _button(self, name: str, handler: Handler) -> Button:
        made = Button(name)

        def act() -> None:
            self.dismiss()
            handler()

        made.clicked.connect(act)
        return made


class Banners(QWidget):
    """The place for messages at the top of a page; a message with the same key replaces the older one."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = column(self, gap=SPACE.xs)
        self._shown: dict[str, Banner] = {}

    def show_message(
        self, text: str, *, tone: str = "info", key: str = "", actions: Mapping[str, Handler] | None = None
    ) -> Banner:
        """Show a message, in place of the one with the same key."""
        key = key or text
        self.clear(key)
        made = Banner(text, tone=tone, actions=actions)
        made.closed.connect(lambda: self._forget(key, made))
        self._shown[key] = made
        self._column.addWidget(made)
        self._fit()
        return made

    def clear(self, key: str) -> None:
        """Take away the message with this key, if there is one."""
        if (old := self._shown.get(key)) is not None:
            old.dismiss()

    def messages(self) -> tuple[str, ...]:
        """The sentences shown now, oldest first."""
        return tuple(banner.text for banner in self._shown.values())

    def message(self, key: str) -> Banner | None:
        return self._shown.get(key)

    def _forget(self, key: str, banner: Banner) -> None:
        if self._shown.get(key) is banner:
            del self._shown[key]
        self._fit()

    def _fit(self) -> None:
        margin = SPACE.s if self._shown else 0
        self._column.setContentsMargins(margin, margin, margin, 0)
