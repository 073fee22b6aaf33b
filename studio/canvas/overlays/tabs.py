"""The networks of the project as tabs: chosen, added, named, copied, deleted and put in order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QTabBar, QWidget

from engine.spec import Graph, Project
from studio import icons
from studio.actions import Action, Actions
from studio.blocks import MAIN, added, duplicated, removed, renamed, reordered, users_of
from studio.canvas.canvas import Canvas
from studio.canvas.showing import Level
from studio.theme import SPACE
from studio.widgets import Surface, ToolButton, row


class NetworkTabs(Surface):
    """One tab for every network; hidden while there is only one.

    Args:
        canvas: what shows the chosen network.
        actions: the window's list.
        tell: shows a sentence to the person.
    """

    def __init__(self, canvas: Canvas, actions: Actions, tell: Callable[[str], object]) -> None:
        super().__init__("bar")
        self._canvas = canvas
        self._document = canvas.document
        self._tell = tell
        self._actions = actions
        self.bar = _Bar()
        self.name = QLineEdit(self.bar)
        self.name.setAccessibleName("Name of the network")
        self.name.hide()
        for action in self._declared():
            actions.add(action)
        more = ToolButton.of(actions["network.new"])
        more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line = row(self, gap=SPACE.xs)
        line.setContentsMargins(SPACE.s, 0, SPACE.s, 0)
        line.addWidget(self.bar)
        line.addWidget(more)
        line.addStretch(1)
        self._join()
        self.refresh()

    def _join(self) -> None:
        self.bar.currentChanged.connect(self._chosen)
        self.bar.tabBarClicked.connect(self._chosen)
        self.bar.tabMoved.connect(self._moved)
        self.bar.renaming.connect(self.rename)
        self.bar.customContextMenuRequested.connect(self._show_menu)
        self.name.editingFinished.connect(self._named)
        self._document.changed.connect(self._changed)
        self._canvas.showing.changed.connect(self.refresh)

    def _declared(self) -> tuple[Action, ...]:
        act = partial(Action, group="Network", section="networks", owner=self._canvas)
        own = partial(act, enabled=lambda: self.shown != MAIN)
        several = partial(act, enabled=lambda: len(self.names) > 1)
        return (
            act(id="network.new", text="New network", handler=self.add, icon="add"),
            own(id="network.rename", text="Rename the network", handler=self.rename),
            act(id="network.copy", text="Duplicate the network", handler=self.duplicate),
            own(id="network.delete", text="Delete the network", handler=self.delete),
            several(id="network.next", text="Next network", handler=lambda: self._step(1), shortcut="Ctrl+PgDown"),
            several(
                id="network.previous", text="Previous network", handler=lambda: self._step(-1), shortcut="Ctrl+PgUp"
            ),
        )

    @property
    def names(self) -> list[str]:
        """The project's networks, in their order."""
        return list(self._document.project.networks)

    @property
    def shown(self) -> str:
        """The network whose tab is chosen: the one on the canvas, wherever it was entered from."""
        return self._canvas.showing.network

    def refresh(self) -> None:
        """Show the document's networks."""
        project = self._document.project
        with QSignalBlocker(self.bar):
            while self.bar.count() > len(self.names):
                self.bar.removeTab(self.bar.count() - 1)
            for place, name in enumerate(self.names):
                self._show_tab(place, name, project)
            if self.shown in self.names:
                self.bar.setCurrentIndex(self.names.index(self.shown))
        self.setVisible(self.bar.count() > 1)

    def _show_tab(self, place: int, name: str, project: Project) -> None:
        if place == self.bar.count():
            self.bar.addTab(name)
        if self.bar.tabText(place) != name:
            self.bar.setTabText(place, name)
        self.bar.setTabIcon(place, icons.icon("structure" if name == MAIN else "block"))
        self.bar.setTabToolTip(place, _use_of(name, project))

    def _changed(self, before: Project, after: Project) -> None:
        if before.networks is not after.networks:
            self.refresh()

    # Editing

    def add(self) -> None:
        """Add an empty network and go to it."""
        project, name = added(self._document.project, Graph(), "network")
        self._document.edit("New network", project)
        self._canvas.showing.show(Level(name))

    def duplicate(self) -> None:
        """Add a copy of the network that is shown and go to it."""
        project, name = duplicated(self._document.project, self.shown)
        self._document.edit("Duplicate network", project)
        self._canvas.showing.show(Level(name))

    def delete(self) -> None:
        """Delete the network that is shown; a sentence says so when something needs it."""
        self._try("Delete network", lambda project: removed(project, self.shown))

    def rename(self) -> None:
        """Let one type another name for the network that is shown, in its tab."""
        if self.shown == MAIN:
            self._try("Rename network", lambda project: renamed(project, MAIN, ""))
            return
        place = self.bar.tabRect(self.bar.currentIndex())
        self.name.setGeometry(place.adjusted(2, 3, -2, -3))
        self.name.setText(self.shown)
        self.name.show()
        self.name.setFocus()
        self.name.selectAll()

    def _named(self) -> None:
        if self.name.isHidden():
            return
        new = self.name.text().strip()
        self.name.hide()
        self._canvas.setFocus()
        self._try("Rename network", lambda project: renamed(project, self.shown, new))

    def _moved(self) -> None:
        order = [self.bar.tabText(place) for place in range(self.bar.count())]
        self._document.edit("Move network", reordered(self._document.project, order), merge_key="networks")

    def _try(self, text: str, change: Callable[[Project], Project]) -> None:
        try:
            self._document.edit(text, change(self._document.project))
        except ValueError as error:
            self._tell(str(error))

    # Going about

    def _chosen(self, place: int) -> None:
        if 0 <= place < len(self.names):
            self._canvas.showing.show(Level(self.names[place]))

    def _step(self, way: int) -> None:
        names = self.names
        place = names.index(self.shown) if self.shown in names else 0
        self._canvas.showing.show(Level(names[(place + way) % len(names)]))

    def _show_menu(self, at: QPoint) -> None:
        place = self.bar.tabAt(at)
        self._chosen(place)
        menu = QMenu(self)
        self._actions.refresh()
        for name in ("network.rename", "network.copy", "network.delete", "network.new"):
            menu.addAction(self._actions[name])
        self._add_users(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.bar.mapToGlobal(at))

    def _add_users(self, menu: QMenu) -> None:
        users = tuple(users_of(self._document.project, self.shown))
        if users:
            menu.addSection("Used by")
        for network, node in users[:12]:
            menu.addAction(f"{node} in {network}", partial(self._show_user, network, node))

    def _show_user(self, network: str, node: str) -> None:
        self._canvas.showing.show(Level(network))
        self._canvas.show_node(node)


class _Bar(QTabBar):
    """Tabs that can be moved; a double click asks for another name."""

    renaming = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMovable(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("Networks")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.renaming.emit()


def _use_of(name: str, project: Project) -> str:
    if name == MAIN:
        return "The network that is trained"
    users = [f"{node} in {network}" for network, node in users_of(project, name)]
    if not users:
        return "Used by no block yet: drag it from the palette to use it"
    more = f" and {len(users) - 3} more" if len(users) > 3 else ""
    return f"Used by {', '.join(users[:3])}{more}"
