"""The project: what is learned and how it is trained."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QWidget

from engine.spec import (
    Catalogue,
    Component,
    Optimizer,
    Problem,
    Schedule,
    Search,
    Task,
    Training,
    get,
    parameters_of,
)
from engine.spec.quantities import bytes_text, count_text
from studio.panels.inspected.section import ComponentSection, Section, Settings, errors_at, own_error
from studio.searching import mark_key, marked, preferred, revaried, unvaried, variables, varied, word_of_mark
from studio.theme import SPACE
from studio.widgets import KeyValues, Label, column

if TYPE_CHECKING:
    from studio.analysis import Analysis
    from studio.document import Document

FIXED = ("seed", "deterministic", "checkpoint_every")
"""Settings of the training that change nothing of what is learned, but for chance; a study has seeds of its own."""


class ProjectPanel(QWidget):
    """Task, training, optimizer and schedule, each setting an edit of the document by its path.

    Args:
        document: what is edited.
        catalogue: what there is to choose from.
        analysis: totals and problems.
    """

    def __init__(self, document: Document, catalogue: Catalogue, analysis: Analysis) -> None:
        super().__init__()
        self._document = document
        self._catalogue = catalogue
        self._analysis = analysis
        self._refused: dict[str, str] = {}
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the project")
        self.training = Settings()
        self.task = ComponentSection("Task", catalogue.tasks)
        self.optimizer = ComponentSection("Optimizer", catalogue.optimizers)
        self.schedule = ComponentSection("Learning rate", catalogue.schedules)
        self._totals = KeyValues()
        self._lay_out()
        self.name.editingFinished.connect(self._rename)
        self.training.edited.connect(lambda name, value: self._set(f"training.{name}", value))
        self.training.marked.connect(lambda name, search: self._mark(f"training.{name}", search))
        for path, section in self._sections():
            self._connect(path, section)

    def _connect(self, path: str, section: ComponentSection) -> None:
        def place(name: str) -> str:
            variant = section.variants.shown
            return f"{path}[{variant}].{name}" if variant else f"{path}.{name}"

        section.chosen.connect(lambda kind: self._choose(path, kind, section.variants.shown))
        section.edited.connect(lambda name, value: self._set(place(name), value))
        section.marked.connect(lambda name, search: self._mark(place(name), search))
        section.added.connect(lambda kind: self._vary(path, kind))
        section.turned.connect(self.refresh)
        section.variants.removed.connect(lambda title: self._unvary(path, title))
        section.variants.preferred.connect(lambda title: self._prefer(path, title))

    def _sections(self) -> tuple[tuple[str, ComponentSection], ...]:
        return ("task", self.task), ("training.optimizer", self.optimizer), ("training.schedule", self.schedule)

    def _lay_out(self) -> None:
        box = column(self)
        top = QWidget()
        inside = column(top, margin=SPACE.l, gap=SPACE.m)
        inside.addWidget(Label("Project", "title"))
        inside.addWidget(self.name)
        inside.addWidget(self._totals)
        training = Section("Training")
        training.body.addWidget(self.training)
        for part in (top, self.task, training, self.optimizer, self.schedule):
            box.addWidget(part)

    def refresh(self) -> None:
        """Show the document as it is now."""
        project, problems = self._document.project, self._analysis.problems
        if not self.name.hasFocus():
            self.name.setText(project.name)
        errors = errors_at(problems, lambda problem: problem.section == "training")
        values = {name: getattr(project.training, name) for name in Training.model_fields}
        values = {name: value for name, value in values.items() if name != "marks"} | dict(project.training.marks)
        self.training.show_settings(parameters_of(Training), _plain(values), errors | self._refused_at("training"))
        self._show_component(self.task, "task", project.task, Task)
        self._show_component(self.optimizer, "training.optimizer", project.training.optimizer, Optimizer)
        self._show_component(self.schedule, "training.schedule", project.training.schedule, Schedule)
        self._show_dice(variables(project))
        self._show_totals()

    def _show_dice(self, known: dict[str, Search]) -> None:
        self.training.show_dice(known, without=FIXED)
        for path, section in self._sections():
            section.show_dice(known, varies=path != "task")

    def _show_component(self, section: ComponentSection, path: str, component: Component, family: Any) -> None:
        def here(problem: Problem) -> bool:
            part, _, name = path.rpartition(".")
            inside = bool(part) and problem.section == part and problem.parameter not in Training.model_fields
            return inside or problem.section in (path, name)

        errors = errors_at(self._analysis.problems, here) | self._refused_at(path)
        section.show_component(component, errors | own_error(lambda: self._catalogue.make(family, component)))

    def _show_totals(self) -> None:
        totals: dict[str, Any] = self._analysis.report.get("totals") or {}
        rows: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
            ("Parameters", "parameters", lambda count: f"{count:,}"),
            ("FLOPs", "flops", lambda count: f"{count_text(count)} per sample"),
            ("Memory", "activation_bytes", lambda count: f"{bytes_text(count)} per sample"),
        )
        shown = {name: words(totals[key]) for name, key, words in rows if totals.get(key) is not None}
        self._totals.show_values(shown)
        self._totals.setVisible(bool(shown))

    # Editing

    def _set(self, path: str, value: Any) -> None:
        """Write one setting; what cannot be written stands at the field, and the document stays as it was."""
        try:
            project = self._document.project.set(path, value)
        except ValueError as error:
            self._refused = {path: str(error)}
            self.refresh()
            return
        self._refused = {}
        self._document.edit(f"Change {path.rpartition('.')[2]}", project, merge_key=path)

    def _mark(self, path: str, search: Search | None) -> None:
        """Search a setting, or search it no longer."""
        before = get(self._document.project, path)
        try:
            project = marked(self._document.project, path, search)
        except ValueError as error:
            self._refused = {path: str(error)}
            self.refresh()
            return
        self._refused = {}
        self._document.edit(word_of_mark(path, before, search), project, merge_key=mark_key(path, before, search))

    def _choose(self, path: str, kind: str, variant: str) -> None:
        project, made = self._document.project, Component(kind=kind)
        if variant:
            self._document.edit(f"Try {self._called(kind)}", revaried(project, path, variant, made))
            return
        variants = get(project, path).variants
        self._document.edit(f"Choose {self._called(kind)}", project.set(path, made.having(variants=variants)))

    def _vary(self, path: str, kind: str) -> None:
        project = varied(self._document.project, path, Component(kind=kind))
        section = dict(self._sections())[path]
        section.variants.shown = [*get(project, path).candidates][-1]  # its settings are what one wants to see next
        self._document.edit(f"Also try {self._called(kind)}", project)

    def _unvary(self, path: str, title: str) -> None:
        self._document.edit(f"Do not try {title}", unvaried(self._document.project, path, title))

    def _prefer(self, path: str, title: str) -> None:
        self._document.edit(f"Prefer {title}", preferred(self._document.project, path, title))

    def _called(self, kind: str) -> str:
        known = self._catalogue.tasks | self._catalogue.optimizers | self._catalogue.schedules  # type: ignore[operator]
        return known[kind].title() if kind in known else kind

    def _rename(self) -> None:
        name = self.name.text().strip()
        if name and name != self._document.project.name:
            self._document.edit("Rename the project", self._document.project.having(name=name))

    def _refused_at(self, path: str) -> dict[str, str]:
        return {
            place.rpartition(".")[2]: sentence
            for place, sentence in self._refused.items()
            if place.rpartition(".")[0] == path
        }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not isinstance(value, Component)}
