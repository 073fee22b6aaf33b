"""A network that blocks use: where it is used, and what it lets them set."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from engine.spec import Exposed, Graph, Project
from studio.blocks import move_exposed, remove_exposed, rename_exposed, renamed, users_of
from studio.panels.inspected.section import Section
from studio.theme import SPACE
from studio.widgets import Button, Label, ToolButton, column, row

if TYPE_CHECKING:
    from studio.document import Document

MOST_USERS = 20


class NetworkPanel(QWidget):
    """Name, uses and exposed parameters of a network, each setting an edit of the document.

    Args:
        document: what is edited.
    """

    user_chosen = Signal(str, str)
    """One wants to see a block that uses the network: the network that it stands in, and its id."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._network = ""
        self._shown: tuple[object, ...] = ()
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the network")
        self.error = Label("", "error", wrap=True)
        self._about = Label("", "muted", wrap=True)
        self._exposed, self._users = Section("Exposed parameters"), Section("Used by")
        self.rows: dict[str, QLineEdit] = {}
        """The names of what is exposed, as they can be edited."""
        self._lay_out()
        self.name.editingFinished.connect(self._rename)

    def _lay_out(self) -> None:
        top = QWidget()
        inside = column(top, margin=SPACE.l, gap=SPACE.s)
        inside.addWidget(Label("Network", "title"))
        for part in (self.name, self.error, self._about):
            inside.addWidget(part)
        box = column(self)
        for section in (top, self._exposed, self._users):
            box.addWidget(section)
        self._lists = [column(gap=SPACE.xs), column(gap=SPACE.xs)]
        self._exposed.body.addLayout(self._lists[0])
        self._users.body.addLayout(self._lists[1])

    def show_network(self, network: str) -> None:
        """Show this network as it is now."""
        project = self._document.project
        graph: Graph = project.networks[network]
        users = tuple(users_of(project, network))
        state = (network, graph.exposed, users, len(graph.nodes))
        if state == self._shown:
            return
        self._shown, self._network = state, network
        self.name.setText(network)
        self._say("")
        self._about.setText(f"{len(graph.nodes)} nodes. Every block that uses them has weights of its own.")
        self._show_exposed(graph)
        self._show_users(users)

    def _show_exposed(self, graph: Graph) -> None:
        _clear(self._lists[0])
        self.rows = {}
        for place, one in enumerate(graph.exposed):
            self._lists[0].addWidget(self._row(one, place, len(graph.exposed)))
        if not graph.exposed:
            hint = "Nothing yet. Choose a layer and press the arrow beside a parameter to let blocks set it."
            self._lists[0].addWidget(Label(hint, "muted", wrap=True))

    def _row(self, one: Exposed, place: int, count: int) -> QWidget:
        made = QWidget()
        box = column(made, gap=SPACE.xxs)
        line = row(gap=SPACE.xxs)
        field = QLineEdit(one.name)
        field.setAccessibleName(f"Name of the exposed parameter {one.name}")
        field.editingFinished.connect(partial(self._rename_exposed, one.name, field))
        self.rows[one.name] = field
        line.addWidget(field, 1)
        buttons: tuple[tuple[str, str, bool, Callable[[Project], Project]], ...] = (
            ("chevron-up", "Move up", place > 0, partial(self._moved, one.name, -1)),
            ("chevron-down", "Move down", place < count - 1, partial(self._moved, one.name, 1)),
            ("remove", "Keep inside", True, partial(self._removed, one.name)),
        )
        for icon, tip, can, change in buttons:
            button = ToolButton(icon, f"{tip}: {one.name}")
            button.setEnabled(can)
            button.clicked.connect(partial(self._edit, f"{tip}: {one.name}", change))
            line.addWidget(button)
        box.addLayout(line)
        targets = ", ".join(f"{node}.{parameter}" for node, parameter in one.targets)
        box.addWidget(Label(f"sets {targets}", "caption", wrap=True))
        return made

    def _show_users(self, users: tuple[tuple[str, str], ...]) -> None:
        _clear(self._lists[1])
        for network, node in users[:MOST_USERS]:
            button = Button(f"{node} in {network}", kind="link")
            button.clicked.connect(partial(self.user_chosen.emit, network, node))
            self._lists[1].addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        more = len(users) - MOST_USERS
        if more > 0 or not users:
            words = f"and {more} more" if users else "No block yet. Drag it from the palette onto another network."
            self._lists[1].addWidget(Label(words, "muted", wrap=True))

    # Editing

    def _moved(self, name: str, down: int, project: Project) -> Project:
        return move_exposed(project, self._network, name, down=down)

    def _removed(self, name: str, project: Project) -> Project:
        return remove_exposed(project, self._network, name)

    def _rename_exposed(self, old: str, field: QLineEdit) -> None:
        new = field.text().strip()
        if new != old:
            self._edit(f"Rename {old}", lambda project: rename_exposed(project, self._network, old, new))

    def _rename(self) -> None:
        new = self.name.text().strip()
        if new != self._network:
            self._edit(f"Rename {self._network}", lambda project: renamed(project, self._network, new))

    def _edit(self, text: str, change: Callable[[Project], Project], *_: object) -> None:
        try:
            project = change(self._document.project)
        except ValueError as error:
            self._say(str(error))
            return
        self._say("")
        self._document.edit(text, project)

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
