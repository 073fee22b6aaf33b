"""What a search may do with the chosen layers: try ranges, leave them out, put others in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from engine.spec import Component, Input, Node, Output, Parameter, Search, first_of, offered, searchable
from studio.actions import Action
from studio.canvas.editing.joining import End
from studio.canvas.editing.stock import KEPT, made_of
from studio.searching import at, marked, optional, varied, word_of_mark

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

FIXED = (Input.kind(), Output.kind())
NAMES = ("network",)


class Searching:
    """Declares the marks of layers.

    Args:
        canvas: what they stand on.
        tell: shows a sentence to the person.
    """

    def __init__(self, canvas: Canvas, tell: Callable[[str], object]) -> None:
        self._canvas = canvas
        self._tell = tell
        self.focused: Callable[[], bool] = lambda: False
        """Marks the field that has the keyboard, and tells whether there was one."""
        self.marked: Callable[[str], object] = lambda _: None
        """Told which parameter of the chosen layer was marked."""

    def actions(self) -> tuple[Action, ...]:
        """All of them, for the window's list."""
        act = partial(Action, group="Network", section="search", enabled=self._some)
        return (
            act(
                id="search.parameter",
                text="Search this parameter",
                wording=lambda: "Search a parameter…" if self._some() else "Search this parameter",
                handler=self.ask_parameter,
                shortcut="Ctrl+Shift+R",
                icon="dice",
                enabled=lambda: True,
                phrase="Search this parameter",
            ),
            act(
                id="search.optional",
                text="Optional in a search",
                handler=self.toggle_optional,
                checked=self._all_optional,
                owner=self._canvas,
                phrase="Make the layer optional in a search",
            ),
            act(
                id="search.variant",
                text="Or another layer…",
                handler=self.ask_variant,
                owner=self._canvas,
                enabled=lambda: bool(self._one()),
                phrase="Let a search try another layer in its place…",
            ),
        )

    # Parameters

    def ask_parameter(self) -> None:
        """Mark the field that has the keyboard, or else show the parameters of the chosen layer, each on or off."""
        if self.focused():
            return
        node = self._one()
        if node is None:
            self._tell("Choose one layer, or click into a field, to search a parameter of it.")
            return
        menu = QMenu(self._canvas)
        for parameter in self._parameters(node):
            entry = menu.addAction(parameter.title)
            entry.setCheckable(True)
            entry.setChecked(isinstance(node.parameters.get(parameter.name), Search))
            entry.setToolTip(parameter.help)
            entry.triggered.connect(lambda _=False, one=parameter: self.toggle(one))
        if menu.isEmpty():
            self._tell(f"“{node.id}” has no parameter to search.")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._below(node))

    def toggle(self, parameter: Parameter) -> None:
        """Search a parameter of the chosen layer, or search it no longer."""
        node = self._one()
        if node is None:
            return
        before = node.parameters.get(parameter.name, parameter.default)
        search = None if isinstance(before, Search) else offered(parameter, first_of(before))
        path, document = at(self._canvas.editing.network, node.id, parameter.name), self._canvas.document
        document.edit(word_of_mark(path, before, search), marked(document.project, path, search))
        if search is not None:
            self.marked(parameter.name)

    def _parameters(self, node: Node) -> Iterable[Parameter]:
        layers = self._canvas.editing.catalogue.layers
        for parameter in self._canvas.document.project.parameters_of(node, layers):
            if parameter.name not in NAMES and searchable(parameter):
                yield parameter

    # Structure

    def toggle_optional(self) -> None:
        """Let a search try the chosen layers both ways, or keep them."""
        canvas, on = self._canvas, not self._all_optional()
        names = [node.id for node in self._chosen()]
        what = names[0] if len(names) == 1 else f"{len(names)} layers"
        project = optional(canvas.document.project, canvas.editing.network, names, on=on)
        canvas.document.edit(f"Make {what} optional" if on else f"Keep {what}", project)

    def ask_variant(self) -> None:
        """Ask what else a search may put in the chosen layer's place: what takes the same, and gives something."""
        canvas, node = self._canvas, self._one()
        if node is None:
            return
        place = canvas.viewport().mapFromGlobal(self._below(node))
        entering = canvas.graph.incoming[node.id]
        if not entering:
            canvas.popup.ask(place, self.add_variant, instead=node.id)
            return
        wire = End(entering[0].source, entering[0].output, output=True)
        canvas.popup.ask(place, self.add_variant, wire=wire, instead=node.id)
        canvas.fits(wire, lambda fits: canvas.popup.narrow(wire, fits.kinds))

    def add_variant(self, kind: str) -> None:
        """Let a search put this kind in the chosen layer's place as well."""
        node, canvas = self._one(), self._canvas
        if node is None:
            return
        if kind.startswith(KEPT):
            self._tell("Bring the block into the project first: drag it onto the canvas.")
            return
        true, parameters, _ = made_of(kind)
        path = at(canvas.editing.network, node.id)
        made = Component(kind=true, parameters=parameters)
        canvas.document.edit(f"Or {made.title}", varied(canvas.document.project, path, made))
        canvas.setFocus()

    def _below(self, node: Node) -> QPoint:
        """A point of the screen just below the box of a node."""
        canvas = self._canvas
        box = canvas.network.bounds([node.id])
        return canvas.viewport().mapToGlobal(canvas.mapFromScene(box.bottomLeft()))

    def _chosen(self) -> tuple[Node, ...]:
        graph = self._canvas.graph
        return tuple(graph[name] for name in self._canvas.selection.nodes if graph[name].kind not in FIXED)

    def _one(self) -> Node | None:
        found = self._chosen()
        return found[0] if len(found) == 1 and len(self._canvas.selection.nodes) == 1 else None

    def _some(self) -> bool:
        return bool(self._chosen())

    def _all_optional(self) -> bool:
        return bool(self._chosen()) and all(node.optional for node in self._chosen())
