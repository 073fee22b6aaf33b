"""New from template: the action, and the gallery that it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.actions import Action

if TYPE_CHECKING:
    from studio.gallery import Gallery, Template
    from studio.window import Window

DOORS = ("file.new", "file.open", "file.import")
"""Other ways to begin, offered beside the title where they are declared."""


class Starting(QObject):
    """Lets a person start from a template, in a tab of its own.

    Args:
        window: what the gallery lies over.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.gallery: Gallery | None = None
        window.studio.actions.add(
            Action(
                id="file.new_template",
                text="New from template…",
                handler=self.open,
                group="File",
                shortcut="Ctrl+Shift+N",
                icon="template",
                section="file",
            )
        )

    def open(self) -> None:
        """Show the gallery; its cards are made the first time."""
        if self.gallery is None:
            self.gallery = self._made()
        self.gallery.open()

    def begin(self, template: Template) -> None:
        """Open a template as a project that has no file yet, and show it."""
        self._window.filing.open(template.path, template=True)
        self._window.show_page("design")

    def _made(self) -> Gallery:
        from studio.gallery import Gallery, templates  # it is not needed before it is asked for
        from studio.widgets import Button

        studio = self._window.studio
        gallery = Gallery(templates(), studio.catalogue.layers, self._window)
        gallery.chosen.connect(self.begin)
        for name in DOORS:
            if name in studio.actions:
                action = studio.actions[name]
                button = Button(action.text(), tip=action.toolTip())
                button.clicked.connect(lambda _=False, name=name: studio.actions.trigger(name))
                gallery.offer(button)
        return gallery
