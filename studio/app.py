"""The composition root: arguments in, a window out. Every part is made here and handed to who needs it."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from engine.runs import TakenError, Workspace, WorkspaceError
from engine.spec import Catalogue, ProjectError
from studio import session
from studio.actions import Action, Actions
from studio.analysis import Analysis
from studio.canvas.overlays.welcome import KNOWN
from studio.context import Studio
from studio.document import Document
from studio.launcher import Launcher
from studio.live import Live
from studio.messages import Messages
from studio.options import THEMES, Options, parse
from studio.recovery import Journal
from studio.searcher import Searcher
from studio.service import COMMAND, Service
from studio.settings import Settings, state_folder
from studio.shell.script import Script
from studio.theme import Theme
from studio.theme.sheet import ASSETS
from studio.window import PageKind, Window

if TYPE_CHECKING:
    from engine.runs import Owner

FIRST_PROJECT = ASSETS / "examples" / "digits-cnn.netloom"


PAGES = {
    "design": PageKind("Design", "design", "studio.pages.design:Design"),
    "data": PageKind("Data", "data", "studio.pages.data:Data"),
    "train": PageKind("Train", "train", "studio.pages.train:Train"),
    "runs": PageKind("Runs", "runs", "studio.pages.runs:Runs"),
    "search": PageKind("Search", "dice", "studio.pages.search:Search"),
}


class Application:
    """The open window and what belongs to it.

    Args:
        options: what was asked for.
        application: Qt's.
    """

    def __init__(self, options: Options, application: QApplication) -> None:
        self.options = options
        self._qt = application
        state = Path(tempfile.mkdtemp(prefix="netloom-")) if options.scripted else state_folder()
        self._settings = Settings(state)
        if options.scripted:
            self._settings.set(KNOWN, True)  # a picture is of the work, not of a first day
        self._journals = state / "unsaved"
        mode = options.theme or self._settings.get("theme", "system")
        self._theme = Theme(application, mode if mode in THEMES else "system")
        self._document = Document()
        self._document.sheet.begun = True
        self._journal = Journal(self._document, self._journals)
        self._owner: Owner | None = None
        self.window: Window | None = None

    def open(self, path: Path | None) -> Window:
        """Open a window on a workspace; one that was open before goes, its document stays."""
        workspace, trouble = usable(path)
        self._let_go()
        studio = self._studio(workspace)
        window = self.window = Window(studio, PAGES)
        window.closed.connect(self._closed)
        choose = Action(
            id="file.workspace",
            text="Choose a workspace…",
            handler=self._choose,
            group="File",
            icon="folder",
            section="workspace",
        )
        studio.actions.add(choose)
        if trouble:
            studio.messages.post(trouble, tone="error", key="workspace", actions={"Choose another…": self._choose})
        self._claim(studio)
        if self.options.size:
            window.resize(*self.options.size)
        window.show()
        QTimer.singleShot(0, window, lambda: self._wake(studio))
        return window

    def begin(self) -> Window:
        """Open the first window with the file that was asked for, the last one, or an example."""
        trouble = self._load()
        if not self.options.scripted:
            self._document.sheets.changed.connect(self._remember)
            self._remember()
        window = self.open(self.options.workspace)
        if trouble:
            window.studio.messages.post(trouble, tone="error", key="file")
        if not self.options.scripted:
            window.filing.offer_recovery(self._journals)
        if self.options.page:
            window.show_page(self.options.page)
        if self.options.device:
            window.studio.launcher.set_device(self.options.device)
        if self.options.train or self.options.shots:
            script = Script(window, train=self.options.train, shots=self.options.shots, quits=self.options.quits)
            script.finished.connect(self._finish)
        return window

    def close(self) -> None:
        """End everything that belongs to the window; workers go on."""
        self._journal.close()
        self._let_go()

    def _studio(self, workspace: Workspace) -> Studio:
        service = Service((*COMMAND, "--workspace", str(workspace.path)))
        return Studio(
            document=self._document,
            catalogue=Catalogue.load(),
            analysis=Analysis(self._document, service),
            service=service,
            live=Live(workspace),
            launcher=Launcher(workspace),
            searcher=Searcher(workspace),
            workspace=workspace,
            settings=self._settings,
            theme=self._theme,
            actions=Actions(),
            messages=Messages(),
        )

    def _wake(self, studio: Studio) -> None:
        """What the window does not need in order to be seen."""
        if self.window is None or self.window.studio is not studio:
            return  # it was closed before it was awake
        studio.service.start()
        studio.analysis.refresh()
        studio.live.start()
        if self._owner is not None:
            studio.launcher.start()
        gc.freeze()  # what was made so far stays: looking at it again would stall the window for 30 ms, now and then
        for pack, reason in studio.catalogue.failures.items():
            studio.messages.post(f"The pack “{pack}” could not be loaded: {reason}", tone="warning", key=f"pack {pack}")

    def _load(self) -> str:
        """Open the wanted file; return the sentence that says why it could not be."""
        if self.options.file is not None:
            return self._open(self.options.file)
        if files := session.files(self._settings):
            return session.reopen(self._settings, self._document.sheets, files)
        if FIRST_PROJECT.exists():
            self._document.open(FIRST_PROJECT, template=True)
        return ""

    def _open(self, path: Path) -> str:
        inside = ASSETS in path.absolute().parents  # an example is a start for a project of one's own
        try:
            self._document.open(path, template=inside)
        except ProjectError as error:
            return str(error)
        return ""

    def _remember(self) -> None:
        session.remember(self._settings, self._document.sheets)

    def _claim(self, studio: Studio) -> None:
        try:
            self._owner = studio.workspace.window().claim()
        except (TakenError, OSError) as error:
            self._owner = None
            text = f"This workspace is open in another window ({error}). Close it there, or work in another workspace."
            actions = {"Choose another…": self._choose}
            studio.messages.post(text, tone="warning", key="workspace", actions=actions)

    def _choose(self) -> None:
        dialog = QFileDialog(self.window, "Choose a folder for the workspace", str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.open(Path(name)))
        dialog.open()

    def _let_go(self) -> None:
        window, self.window = self.window, None
        if window is None:
            return
        studio = window.studio
        window.fit.end()
        studio.analysis.close()
        studio.live.close()
        studio.launcher.close()
        studio.service.close()
        if self._owner is not None:
            self._owner.release()
            self._owner = None
        window.hide()
        window.deleteLater()

    def _closed(self) -> None:
        self.close()
        QCoreApplication.quit()

    def _finish(self, status: int) -> None:
        self.close()
        QCoreApplication.exit(status)


def usable(path: Path | None) -> tuple[Workspace, str]:
    """The wanted workspace, or one that can be written to and a sentence that says why it is not the wanted one."""
    wanted = Workspace(path) if path else Workspace.default()
    try:
        return wanted.prepare(), ""
    except WorkspaceError as error:
        other = Workspace(Path(tempfile.mkdtemp(prefix="netloom-workspace-"))).prepare()
        return other, f"{error} Until then, runs are kept in “{other.path}”."


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window and stay until it is closed; return the exit status."""
    options = parse(sys.argv[1:] if arguments is None else arguments, pages=tuple(PAGES))
    if options.offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif not has_screen():
        sys.stderr.write("There is no screen here. `netloom shot` and `netloom demo` work without one.\n")
        return 2
    application = QApplication(sys.argv[:1])
    application.setApplicationName("netloom")
    application.setApplicationDisplayName("Netloom")
    application.setQuitOnLastWindowClosed(False)
    started = Application(options, application)
    started.begin().trouble.catch()
    return int(application.exec())


def has_screen() -> bool:
    """Whether Qt would find something to draw on."""
    if os.environ.get("QT_QPA_PLATFORM") or sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
