"""Where projects and runs are: recent files, examples, the workspace."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from engine.spec import SUFFIX
from studio.actions import Action
from studio.theme.sheet import ASSETS

if TYPE_CHECKING:
    from studio.context import Studio
    from studio.shell.filing import Filing

EXAMPLES = ASSETS / "examples"
SHOWN = 5


class Places(QObject):
    """Declares what opens a place.

    Args:
        studio: the window's parts.
        filing: opens projects.
    """

    def __init__(self, studio: Studio, filing: Filing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._filing = filing
        self._declare_recent()
        self._declare_examples()
        add = studio.actions.add
        add(
            Action(
                id="file.folder",
                text="Show the workspace folder",
                handler=self._show_folder,
                group="File",
                icon="external",
                section="workspace",
            )
        )
        add(Action(id="help.about", text="About Netloom", handler=self._about, group="Help", icon="info"))
        studio.document.path_changed.connect(self._declare_recent)

    def _declare_recent(self) -> None:
        recent = [Path(name) for name in self._studio.settings.get("recent", []) if isinstance(name, str)]
        others = [path for path in recent if path != self._studio.document.path]
        for place, path in enumerate(others[:SHOWN]):
            action = Action(
                id=f"file.recent.{place}",
                text=path.stem,
                handler=partial(self._filing.open, path),
                group="File",
                icon="file",
                section="recent",
                phrase=f"Open {path.stem}",
            )
            self._studio.actions.add(action).setToolTip(str(path))

    def _declare_examples(self) -> None:
        for path in sorted(EXAMPLES.glob(f"*{SUFFIX}")):
            action = Action(
                id=f"file.example.{path.stem}",
                text=f"Example: {path.stem.replace('-', ' ').capitalize()}",
                handler=partial(self._filing.open, path, template=True),
                group="File",
                icon="layers",
                section="examples",
            )
            self._studio.actions.add(action)

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._studio.workspace.path)))

    def _about(self) -> None:
        packs = ", ".join(sorted({kind.__module__.split(".")[1] for kind in self._studio.catalogue.layers.values()}))
        text = f"Netloom {installed_version()}. {len(self._studio.catalogue.layers)} layers from: {packs}."
        self._studio.messages.post(text, key="about")


def installed_version() -> str:
    """The version of the installed package, or a word for a checkout that is not installed."""
    from importlib.metadata import PackageNotFoundError, version  # slow to import, and hardly ever asked

    try:
        return version("netloom")
    except PackageNotFoundError:
        return "(not installed)"
