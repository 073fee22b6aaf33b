"""Layouts kept in the workspace, so that they are there for whoever opens it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.spec import write_atomically
from studio.pages.runs.curves.layout import Layout, Named

FILE = "views.json"
LATER = 400
"""Milliseconds after the last change until it is written: a slider that is drawn along writes once."""


class Saved(QObject):
    """The views of a workspace; one that cannot be read or written costs only what was remembered.

    Args:
        folder: the workspace's.
        failed: told in a sentence when they could not be written.
    """

    changed = Signal()
    """Views were added, renamed or deleted."""

    def __init__(self, folder: Path, failed: Callable[[str], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = folder / FILE
        self._failed = failed
        self._named = self._read()
        self._timer = QTimer(self, singleShot=True, interval=LATER)
        self._timer.timeout.connect(self.write)

    @property
    def current(self) -> Layout:
        """The layout as it is now."""
        return self._named.current

    @property
    def name(self) -> str:
        """The view that it came from."""
        return self._named.name

    @property
    def names(self) -> tuple[str, ...]:
        """The views, sorted."""
        return tuple(sorted(self._named.views, key=str.casefold))

    @property
    def edited(self) -> bool:
        """Whether the layout is another than the view it came from."""
        return bool(self.name) and self._named.views.get(self.name) != self.current

    def remember(self, layout: Layout) -> None:
        """This is the layout now."""
        self._named = replace(self._named, current=layout)
        self._timer.start()

    def keep(self, name: str) -> None:
        """Keep the layout as it is now under a name, in place of what had that name."""
        self._set(views={**self._named.views, name: self.current}, name=name)

    def open(self, name: str) -> Layout:
        """Come back to a view."""
        self._set(current=self._named.views[name], name=name)
        return self.current

    def delete(self, name: str) -> Callable[[], None]:
        """Forget a view; what is returned brings it back."""
        view, was_open = self._named.views[name], self.name == name
        left = {one: layout for one, layout in self._named.views.items() if one != name}
        self._set(views=left, name="" if was_open else self.name)

        def undo() -> None:
            self._set(views={**self._named.views, name: view}, name=name if was_open else self.name)

        return undo

    def write(self) -> None:
        """Write what there is now."""
        self._timer.stop()
        views = {name: layout.to_json() for name, layout in self._named.views.items()}
        data = {"format": 1, "current": self.current.to_json(), "name": self.name, "views": views}
        try:
            write_atomically(self._path, json.dumps(data, indent=1))
        except OSError as error:
            self._failed(f"The views could not be kept in '{self._path.parent}': {error.strerror or error}.")

    def _set(self, **changes: object) -> None:
        self._named = replace(self._named, **changes)  # type: ignore[arg-type]  # the fields of Named
        self.write()
        self.changed.emit()

    def _read(self) -> Named:
        try:
            data = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return Named()
        if not isinstance(data, dict):
            return Named()
        views = found if isinstance(found := data.get("views"), dict) else {}
        read = {str(name): Layout.from_json(one) for name, one in views.items()}
        name = data.get("name")
        known = name if isinstance(name, str) and name in read else ""
        return Named(current=Layout.from_json(data.get("current")), views=read, name=known)
