"""A component of the project: chosen from a list by its kind, and a form made from its declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from engine.spec import Component, Declaration, Parameter, ParameterError, Problem
from studio.theme import SPACE
from studio.widgets import Form, KeyValues, Label, Line, SectionHeader, column
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
            self._box.insertWidget(0, self.form)


class ComponentSection(Section):
    """A component chosen by kind, such as the optimizer.

    Args:
        title: what it is.
        family: the declarations to choose from, by kind.
    """

    chosen = Signal(str)
    edited = Signal(str, object)

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
        self.settings = Settings()
        self.settings.edited.connect(self.edited)
        for part in (self.box, self.summary, self.settings):
            self.body.addWidget(part)

    def show_component(self, component: Component, errors: Mapping[str, str]) -> None:
        """Show this choice."""
        declaration = self._family.get(component.kind)
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self.box.findData(component.kind))
            self.box.setPlaceholderText("" if declaration else component.kind)
        unknown = f"No installed pack brings “{component.kind}”. Choose another, or install the pack."
        self.summary.setText(declaration.summary() if declaration else unknown)
        parameters = declaration.parameters() if declaration else ()
        self.settings.show_settings(parameters, component.parameters, errors)

    def _activated(self, place: int) -> None:
        self.chosen.emit(self.box.itemData(place))


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
