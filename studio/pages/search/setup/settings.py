"""The form of a study's settings: every change is an edit of the open project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from engine.spec import Component, Objective, Project
from studio.pages.search.setup.fields import BUDGET, LIMITS, STORAGE, Field
from studio.pages.search.setup.objectives import ObjectivesSection
from studio.panels.inspected.section import ComponentSection, Section, Settings, errors_at
from studio.searching.settings import PARTS, PASSWORD, goal_of, metric_of, metrics_of, troubles, without_password
from studio.widgets import Label, Scroll

if TYPE_CHECKING:
    from studio.context import Studio


class StudySettings(Scroll):
    """Objectives, sampler, pruner, budget, limits and storage.

    Args:
        studio: the window's parts; its document is edited.
    """

    def __init__(self, studio: Studio) -> None:
        super().__init__(margin=0, gap=0)
        self._studio = studio
        self._refused: dict[str, str] = {}
        catalogue = studio.catalogue
        self.objectives = ObjectivesSection()
        self.budget, self.limits, self.storage = Settings(), Settings(), Settings()
        self.sampler = ComponentSection("Sampler", catalogue.samplers)
        self.pruner = ComponentSection("Pruner", catalogue.pruners)
        self._errors = {name: Label("", "error", wrap=True) for name in PARTS}
        self._notes = {name: Label("", "caption", wrap=True) for name in PARTS}
        self._lay_out()
        self._connect()
        studio.document.changed.connect(self.refresh)
        studio.analysis.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the open project's study as it is now."""
        project, catalogue = self._studio.document.project, self._studio.catalogue
        found = troubles(project, catalogue)
        wrong = found.errors
        self._show_objectives(project, wrong.get("objectives", ""))
        for name, section in (("sampler", self.sampler), ("pruner", self.pruner)):
            here = {one.rpartition(".")[2]: words for one, words in wrong.items() if one.startswith(f"{name}.")}
            section.show_component(getattr(project.study, name), here)
            for labels, words in ((self._errors, wrong), (self._notes, found.notes)):
                labels[name].setText(words.get(name, ""))
                labels[name].setVisible(name in words)
        told = errors_at(self._studio.analysis.problems, lambda one: one.section in ("study", "limits"))
        for settings, fields in self._forms():
            here = {one.parameter.name: self._refused[one.path] for one in fields if one.path in self._refused}
            values = {one.parameter.name: one.shown(_at(project, one.path)) for one in fields}
            settings.show_settings(tuple(one.parameter for one in fields), values, told | here)
        if self.budget.form is not None:
            self.budget.form.show_notes({"trials": found.notes.get(TRIALS, "")})

    def _forms(self) -> Sequence[tuple[Settings, Sequence[Field]]]:
        return (self.budget, BUDGET), (self.limits, LIMITS), (self.storage, STORAGE)

    def _show_objectives(self, project: Project, error: str) -> None:
        catalogue, objectives = self._studio.catalogue, project.study.objectives
        goals = [goal_of(one, project, catalogue) for one in objectives]
        seen = {name for run in self._studio.live.runs[:SEEN] for name in self._studio.live.summary(run).best}
        offered = metrics_of(project, catalogue)
        others = (*offered, *sorted(seen - {*offered, metric_of(Objective(), project, catalogue)}))
        watched = metric_of(Objective(), project, catalogue)
        self.objectives.show_objectives(objectives, goals, watched=watched, others=others, error=error)

    def _set(self, fields: Sequence[Field], name: str, value: Any) -> None:
        one = next(field for field in fields if field.parameter.name == name)
        value = one.written(value)
        note = ""
        if one.path == "study.storage" and (kept := without_password(value)) != value:
            value, note = kept, PASSWORD
        self._edit(one.path, value, f"Change {one.parameter.title.lower()} of the study")
        if self.storage.form is not None:
            self.storage.form.show_notes({"storage": note})

    def _edit(self, path: str, value: Any, text: str, *, merge: bool = True) -> None:
        document = self._studio.document
        try:
            project = document.project.set(path, value)
        except ValueError as error:
            self._refused = {path: str(error)}
            self.refresh()
            return
        self._refused = {}
        document.edit(text, project, merge_key=path if merge else None)
        self.refresh()  # also where nothing changed: the field may show what was typed

    def _judge_by(self, found: Sequence[tuple[str, str]]) -> None:
        project, catalogue = self._studio.document.project, self._studio.catalogue
        objectives = tuple(
            Objective(metric=metric, goal="" if goal == goal_of(Objective(metric=metric), project, catalogue) else goal)  # type: ignore[arg-type]
            for metric, goal in found
        )
        before = project.study.objectives
        metrics = [one.metric for one in objectives] != [one.metric for one in before]
        if metrics and len(objectives) == len(before):  # another metric has its own better way
            pairs = zip(objectives, before, strict=True)
            objectives = tuple(one if one.metric == old.metric else one.having(goal="") for one, old in pairs)
        self._edit("study.objectives", objectives, "Change the objectives", merge=False)

    def _add_objective(self) -> None:
        """Weigh what there is against the number of parameters; trials can then not be ended early."""
        document = self._studio.document
        study = document.project.study
        known = {one.metric for one in study.objectives}
        metric = next((one for one in ("parameters", "flops", "seconds", "memory") if one not in known), "step_seconds")
        changed = study.having(objectives=(*study.objectives, Objective(metric=metric, goal="min")))
        if "Never" in self._studio.catalogue.pruners:
            changed = changed.having(pruner=Component(kind="Never"))
        document.edit("Add an objective", document.project.having(study=changed))

    def _choose(self, name: str, kind: str) -> None:
        self._edit(f"study.{name}", Component(kind=kind), f"Choose the {name}", merge=False)

    def _connect(self) -> None:
        self.objectives.edited.connect(self._judge_by)
        self.objectives.added.connect(self._add_objective)
        for name, section in (("sampler", self.sampler), ("pruner", self.pruner)):
            section.chosen.connect(lambda kind, name=name: self._choose(name, kind))
            section.edited.connect(
                lambda one, value, name=name: self._edit(f"study.{name}.{one}", value, f"Change the {name}")
            )
        for settings, fields in self._forms():
            settings.edited.connect(lambda name, value, fields=fields: self._set(fields, name, value))

    def _lay_out(self) -> None:
        for name, section in (("sampler", self.sampler), ("pruner", self.pruner)):
            section.body.addWidget(self._errors[name])
            section.body.addWidget(self._notes[name])
        parts: tuple[QWidget, ...] = (
            self.objectives,
            _section("Budget", self.budget),
            self.sampler,
            self.pruner,
            _section("Limits", self.limits, hint="checked before a trial trains"),
            _section("Storage", self.storage, hint="empty is a file in the workspace"),
        )
        for part in parts:
            self.body.addWidget(part)
        self.body.addStretch(1)


TRIALS = "study.trials"
SEEN = 50
"""Runs whose metrics are offered as objectives."""


def _section(title: str, settings: Settings, *, hint: str = "") -> Section:
    made = Section(title, hint=hint)
    made.body.addWidget(settings)
    return made


def _at(project: Project, path: str) -> Any:
    owner: Any = project
    for part in path.split("."):
        owner = getattr(owner, part)
    return owner
