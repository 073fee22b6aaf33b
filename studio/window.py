"""The window: rail, transport bar, pages, messages and status line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from studio.actions import Action
from studio.shell.cheat_sheet import CheatSheet
from studio.shell.exporting import Exporting
from studio.shell.filing import Filing
from studio.shell.fit.fit import Fit
from studio.shell.importing import Importing
from studio.shell.looks import declare_theme
from studio.shell.menus import menu_bar
from studio.shell.palette import CommandPalette
from studio.shell.places import Places
from studio.shell.rail import Rail
from studio.shell.searching import Searching
from studio.shell.seeds import Seeds
from studio.shell.starting import Starting
from studio.shell.status import StatusLine
from studio.shell.tabs import Tabs
from studio.shell.training import Training
from studio.shell.transport import Transport
from studio.shell.trouble import Trouble
from studio.states import LIVELY
from studio.widgets import Banners, Surface, column, row

if TYPE_CHECKING:
    from studio.context import Studio
    from studio.messages import Message
    from studio.pages import Page

MINIMUM = (960, 600)
FIRST = (1440, 900)


@dataclass(frozen=True)
class PageKind:
    """A page before it is made.

    Args:
        title: the page's name in the rail.
        icon: its icon there.
        place: where its class is, as `module:Class`; imported when the page is first shown.
    """

    title: str
    icon: str
    place: str

    def make(self, studio: Studio) -> Page:
        """Import the page and make it."""
        module, _, name = self.place.partition(":")
        made: Page = getattr(import_module(module), name)(studio)
        return made


class Window(QMainWindow):
    """One window on one workspace.

    Args:
        studio: everything it shows.
        pages: the kinds of page by name, in the order of the rail; each is made when it is first shown.
    """

    closed = Signal()
    page_shown = Signal(str)

    def __init__(self, studio: Studio, pages: Mapping[str, PageKind]) -> None:
        super().__init__()
        self.studio = studio
        self._kinds = dict(pages)
        self._pages: dict[str, Page] = {}
        self._closing = False
        studio.actions.attach(self)
        self.starting = Starting(self)
        self.importing = Importing(self)
        self.filing = Filing(studio, self)
        self.exporting = Exporting(self)
        self.places = Places(studio, self.filing, self)
        self.training = Training(studio, self)
        self.seeds = Seeds(studio, self.training, self)
        self.searching = Searching(studio, self.training, self)
        self.trouble = Trouble(studio, self)
        self._declare()
        self._stack = QStackedWidget()
        self._banners = Banners()
        self.palette_view = self._lay_out()
        self.cheat_sheet = CheatSheet(studio.actions, self)
        studio.messages.posted.connect(self._show_message)
        studio.messages.cleared.connect(self._banners.clear)
        studio.document.path_changed.connect(self._entitle)
        studio.document.dirty_changed.connect(self.setWindowModified)
        self._entitle()
        self.setMinimumSize(*MINIMUM)
        self.resize(*FIRST)
        self._restore()

    @property
    def page(self) -> str:
        """The name of the page in sight."""
        return next((name for name, page in self._pages.items() if page is self._stack.currentWidget()), "")

    def show_page(self, name: str) -> Page:
        """Bring a page into sight, making it the first time."""
        if name not in self._pages:
            self._pages[name] = self._kinds[name].make(self.studio)
            self._stack.addWidget(self._pages[name])
        page = self._pages[name]
        self._stack.setCurrentWidget(page)
        self.studio.settings.set("page", name)
        self.studio.actions.refresh()
        if not page.isAncestorOf(self.focusWidget() or self):
            page.setFocus()
        page.activated()
        self.page_shown.emit(name)
        return page

    def messages(self) -> tuple[str, ...]:
        """The sentences that stand in banners now."""
        return self._banners.messages()

    def press(self, key: str, button: str) -> None:
        """Press a button of the banner with this key."""
        banner = self._banners.message(key)
        assert banner is not None, f"no banner {key} is shown"
        banner.buttons[button].click()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close unless there are edits to ask about; a second try closes and keeps them for the next start."""
        asked = self._banners.message("leave") is not None
        if not self._closing and self.studio.document.sheets.dirty and not asked:
            event.ignore()
            self.filing.leave(self._close_now)
        elif not self._closing and self._says_training_goes_on():
            event.ignore()
        else:
            self.studio.settings.set("geometry", bytes(self.saveGeometry().toBase64().data()).decode())
            event.accept()
            self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.palette_view.hide()
        self.cheat_sheet.hide()

    def _close_now(self) -> None:
        self._closing = True
        self.close()

    def _says_training_goes_on(self) -> bool:
        """Say, once in this person's life, that closing the window does not end a run."""
        settings, live = self.studio.settings, self.studio.live
        active = [run for run in live.runs if live.state(run) in LIVELY]
        if not active or settings.get("knows_training_goes_on"):
            return False
        studies = {study.id for study in self.studio.workspace.all_studies()}
        trials = [run for run in active if live.summary(run).group in studies]
        settings.set("knows_training_goes_on", True)

        def stop() -> None:
            for run in active:
                self.studio.launcher.stop(run)
            self._close_now()

        text = "Training goes on when the window is closed; open it again to find the run where it is."
        actions = {"Close, keep training": self._close_now, "Stop training and close": stop}
        if trials:  # stopping a trial would only begin the next one
            text = "The search goes on when the window is closed; open it again to find it where it is, or to pause it."
            actions = {"Close, keep searching": self._close_now}
        self.studio.messages.post(text, key="goodbye", actions=actions)
        return True

    def _lay_out(self) -> CommandPalette:
        actions = self.studio.actions
        bar = menu_bar(actions)
        bar.setNativeMenuBar(False)
        self.transport = Transport(self.studio, bar)
        self.status = StatusLine(self.studio)
        self.fit = Fit(self.studio, self)
        self.status.add(self.fit)
        center = Surface("panel")
        inside = column(center)
        inside.addWidget(self._banners)
        inside.addWidget(self._stack, 1)
        whole = Surface("window")
        outer = column(whole)
        middle = row()
        pages = [actions[f"page.{name}"] for name in self._kinds]
        self.rail = Rail(pages, [actions["view.palette"], actions["help.keys"], actions["view.theme"]])
        middle.addWidget(self.rail)
        middle.addWidget(center, 1)
        outer.addWidget(self.transport)
        self.tabs = Tabs(self.studio, self.filing)
        outer.addWidget(self.tabs)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status)
        self.setCentralWidget(whole)
        return CommandPalette(actions, self)

    def _declare(self) -> None:
        add = self.studio.actions.add
        for place, (name, kind) in enumerate(self._kinds.items(), 1):
            add(
                Action(
                    id=f"page.{name}",
                    text=kind.title,
                    handler=partial(self.show_page, name),
                    group="View",
                    shortcut=f"Ctrl+{place}",
                    icon=kind.icon,
                    checked=partial(self._is_shown, name),
                    section="pages",
                    phrase=f"Go to the {kind.title} page",
                )
            )
        add(
            Action(
                id="view.palette",
                text="Find a command…",
                handler=self._find_command,
                group="View",
                shortcut="Ctrl+Shift+P",
                icon="command",
                section="look",
            )
        )
        add(
            Action(
                id="help.keys",
                text="Keyboard and mouse",
                handler=self._show_keys,
                group="Help",
                shortcut="?; F1",
                icon="help",
            )
        )
        declare_theme(self.studio)
        add(
            Action(id="file.close", text="Close", handler=self.close, group="File", shortcut="Ctrl+Q", section="window")
        )

    def _find_command(self) -> None:
        self.palette_view.open()

    def _show_keys(self) -> None:
        self.cheat_sheet.open()

    def _is_shown(self, name: str) -> bool:
        return self.page == name

    def _show_message(self, message: Message) -> None:
        self._banners.show_message(message.text, tone=message.tone, key=message.key, actions=message.actions)

    def _entitle(self) -> None:
        self.setWindowTitle(f"{self.studio.document.name}[*] – Netloom")
        self.setWindowModified(self.studio.document.dirty)

    def _restore(self) -> None:
        kept = self.studio.settings.get("geometry")
        if isinstance(kept, str):
            self.restoreGeometry(QByteArray.fromBase64(kept.encode()))
        wanted = self.studio.settings.get("page")
        first = wanted if wanted in self._kinds else next(iter(self._kinds))
        QTimer.singleShot(0, self, lambda: self.page or self.show_page(first))
