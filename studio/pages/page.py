"""What the window asks of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from studio.context import Studio


class Page(QWidget):
    """A page: made when it is first shown, from the studio alone.

    `title` and `icon` stand in the navigation rail; they are class attributes, so that the rail needs no page.
    """

    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio

    def activated(self) -> None:
        """The page came into sight: refresh what was not kept up to date while it was hidden, and take the focus."""

    def settled(self) -> bool:
        """Whether what the page asked for has arrived; pictures of the page wait for it."""
        return True
