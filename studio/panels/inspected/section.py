"""A component of the project: chosen from a list by its kind, and a form made from its declaration."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QMenu, QVBoxLayout, QWidget

from engine.spec import Component, Declaration, Parameter, ParameterError, Problem, Search
from studio.panels.inspected.variants import Variants
from studio.theme import SPACE
from studio.widgets import Button, Form, KeyValues, Label, Line, SectionHeader, column
from studio.widgets.fields import write
from studio.widgets.fields.choice import WheelGuard

LABEL_WIDTH = 108


class Section(QWidget):
    """A titled part of the inspector with a line above it."""

    def __init__(self, title: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = column(self)
        box.addWidget(Line())
        inside = QWidget()
        self.body: QVBoxLayout = column(inside, margin=SPACE.l, gap=SPACE.s)
        self.header = SectionHeader(title, hint=hint)
        self.body.addWidget(self.header)
        box.addWidget(inside)


class Settings(QWidget):
    """A form that can change which parameters it is made of; those that nobody declares are only shown."""

    edited = Signal(str, object)
    switched = Signal(str, bool)
    """The switch beside a parameter was pressed."""
    marked = Signal(str, object)
    """A parameter is to have this `Search`, or none any more."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = column(self, gap=SPACE.s)
        self._parameters: tuple[Parameter, ...] | None = None
        self.form: Form | None = None
        self._loose = KeyValues()
        self._box.addWidget(self._loose)

    def show_settings(
        self, parameters: tuple[Parameter, ...], values: Mapping[str, Any], errors: Mapping[str, str]
    ) -> None:
        """Show these parameters with these values, and what is wrong beside them."""
        if parameters != self._parameters:
            self._rebuild(parameters)
        if self.form is not None:
            self.form.show_values(values)
            self.form.show_errors(errors)
        known = {parameter.name for parameter in parameters}
        loose = {name: write(value) for name, value in values.items() if name not in known}
        self._loose.show_values(loose)
        self._loose.setVisible(bool(loose))

    def show_dice(self, variables: Mapping[str, Search], *, without: Collection[str] = ()) -> None:
        """Let the parameters be marked for search, but for some; `variables` are those that there are, by name."""
        if self.form is not None:
            self.form.show_dice((name for name in self.form.editors if name not in without), variables)

    def _rebuild(self, parameters: tuple[Parameter, ...]) -> None:
        self._parameters = parameters
        if self.form is not None:
            self._box.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        if parameters:
            self.form = Form(parameters, label_width=LABEL_WIDTH)
            self.form.edited.connect(self.edited)
            self.form.switched.connect(self.switched)
            self.form.marked.connect(self.marked)
            self._box.insertWidget(0, self.form)


class ComponentSection(Section):
    """A component chosen by kind, such as the optimizer, and what a search may put in its place.

    Args:
        title: what it is.
        family: the declarations to choose from, by kind.
    """

    chosen = Signal(str)
    edited = Signal(str, object)
    marked = Signal(str, object)
    """A parameter is to have this `Search`, or none any more."""
    added = Signal(str)
    """A search may put this kind in its place as well."""
    turned = Signal()
    """Another of the variants is to be shown."""

    def __init__(self, title: str, family: Mapping[str, type[Declaration]], *, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self._family = family
        self.box = QComboBox()
        self.box.setAccessibleName(title)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.installEventFilter(WheelGuard(self.box))
        for kind, declaration in family.items():
            self.box.addItem(declaration.title(), kind)
            self.box.setItemData(self.box.count() - 1, declaration.summary(), Qt.ItemDataRole.ToolTipRole)
        self.box.activated.connect(self._activated)
        self.summary = Label("", "muted", wrap=True)
        self.variants = Variants()
        self.variants.chosen.connect(self.turned)
        self.also = Button(
            "Or also…", kind="link", icon="dice", tip=f"Let a search try another {title.lower()} as well"
        )
        self.also.clicked.connect(self._ask)
        self.also.hide()
        self.settings = Settings()
        self.settings.edited.connect(self.edited)
        self.settings.marked.connect(self.marked)
        for part in (self.variants, self.box, self.summary, self.settings):
            self.body.addWidget(part)
        self.body.addWidget(self.also, 0, Qt.AlignmentFlag.AlignLeft)

    def show_component(self, component: Component, errors: Mapping[str, str]) -> None:
        """Show this choice, or the one of its variants that was turned to."""
        candidates = component.candidates
        self.variants.show_titles(tuple(candidates))
        found = candidates[self.variants.shown] if self.variants.shown else component
        declaration = self._family.get(found.kind)
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self.box.findData(found.kind))
            self.box.setPlaceholderText("" if declaration else found.kind)
        unknown = f"No installed pack brings “{found.kind}”. Choose another, or install the pack."
        self.summary.setText(declaration.summary() if declaration else unknown)
        parameters = declaration.parameters() if declaration else ()
        told = errors if found is component else of_variant(errors, found, component)
        self.settings.show_settings(parameters, found.parameters, told)

    def show_dice(self, variables: Mapping[str, Search], *, varies: bool) -> None:
        """Let its parameters be marked for search, and where it `varies` other kinds be tried in its place."""
        self.settings.show_dice(variables)
        self.also.setVisible(varies and len(self._family) > 1)

    def _activated(self, place: int) -> None:
        self.chosen.emit(self.box.itemData(place))

    def _ask(self) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for kind, declaration in self._family.items():
            menu.addAction(declaration.title(), partial(self.added.emit, kind)).setToolTip(declaration.summary())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.also.mapToGlobal(self.also.rect().bottomLeft()))


def own_error(make: Callable[[], object]) -> dict[str, str]:
    """What a declaration says of its own parameters, at once and without asking anybody."""
    try:
        make()
    except ParameterError as error:
        return {error.parameter: str(error)} if error.parameter else {}
    return {}


def errors_at(problems: Iterable[Problem], fits: Callable[[Problem], bool]) -> dict[str, str]:
    """The problems at parameters, by parameter."""
    return {problem.parameter: problem.message for problem in problems if problem.parameter and fits(problem)}


def of_variant(errors: Mapping[str, str], variant: Component, own: Component) -> dict[str, str]:
    """Of the errors at a place those of a variant: at marks that only it has, for problems do not name a variant."""
    return {
        name: message
        for name, message in errors.items()
        if isinstance(variant.parameters.get(name), Search) and not isinstance(own.parameters.get(name), Search)
    }
