"""Telling the person something from anywhere in the studio; the window shows it as a banner."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, kw_only=True)
class Message:
    """A sentence with a tone (info, success, warning, error) and buttons; the same key replaces an older message."""

    text: str
    tone: str = "info"
    key: str = ""
    actions: Mapping[str, Callable[[], object]] = field(default_factory=dict)


class Messages(QObject):
    """Where messages are posted; whoever shows them listens."""

    posted = Signal(object)
    cleared = Signal(str)

    def post(
        self, text: str, *, tone: str = "info", key: str = "", actions: Mapping[str, Callable[[], object]] | None = None
    ) -> None:
        """Show a message until it is closed, replaced or cleared."""
        self.posted.emit(Message(text=text, tone=tone, key=key or text, actions=actions or {}))

    def clear(self, key: str) -> None:
        """Take back the message with this key."""
        self.cleared.emit(key)
