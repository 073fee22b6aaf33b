"""The page that shows the data of the project as the engine reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedLayout, QWidget

from engine.spec import Component, Dataset, Project, Search, get, project_to_json
from studio.pages.data.choosing import Choosing
from studio.pages.data.content import Content
from studio.pages.page import Page
from studio.searching import mark_key, marked, variables, word_of_mark
from studio.theme import SPACE
from studio.widgets import Button, EmptyState, Progress, Split, Surface, column, row

if TYPE_CHECKING:
    from studio.context import Studio

DELAY = 150
"""Milliseconds from an edit to the question about it, so that a scrubbed number asks once."""


class Data(Page):
    """Choose a dataset at the left; what is in it appears at the right."""

    title = "Data"
    icon = "data"

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.choosing = Choosing(studio.catalogue.datasets)
        self.content = Content()
        self.busy = Progress()
        self._asked = ""  # the question that was asked last, answered or not
        self._waiting = False
        self._timer = QTimer(self, singleShot=True, interval=DELAY)
        self._timer.timeout.connect(self._ask)
        self._lay_out()
        self._connect()
        self._show_choice()

    def activated(self) -> None:
        self._show_choice()
        self._timer.start(0)

    def settled(self) -> bool:
        return not self._waiting and not self._timer.isActive()

    def _connect(self) -> None:
        document = self.studio.document
        document.changed.connect(self._edited)
        document.path_changed.connect(self._forget)
        self.studio.analysis.changed.connect(self._show_problems)
        self.choosing.chosen.connect(self.choose)
        self.choosing.edited.connect(self._edit)
        self.choosing.marked.connect(self._mark)
        self.choosing.split_edited.connect(self._edit_split)

    # what a person does

    def choose(self, kind: str) -> None:
        """Learn from another dataset."""
        project = self.studio.document.project
        if project.dataset is None or project.dataset.kind != kind:
            title = self.studio.catalogue.datasets[kind].title()
            self.studio.document.edit(f"Choose {title}", project.having(dataset=Component(kind=kind)))

    def _edit(self, name: str, value: Any) -> None:
        project = self.studio.document.project
        if project.dataset is not None:
            changed = project.having(dataset=project.dataset.set(**{name: value}))
            self.studio.document.edit(f"Set {name} of the dataset", changed, merge_key=f"dataset.{name}")

    def _mark(self, name: str, search: Search | None) -> None:
        """Search a parameter of the dataset, or search it no longer."""
        project, path = self.studio.document.project, f"dataset.{name}"
        before = get(project, path)
        try:
            changed = marked(project, path, search)
        except ValueError as error:
            self.studio.messages.post(str(error), tone="warning", key="dataset")
            return
        key = mark_key(path, before, search)
        self.studio.document.edit(word_of_mark(path, before, search), changed, merge_key=key)

    def _edit_split(self, name: str, value: Any) -> None:
        project = self.studio.document.project
        changed = project.having(split=project.split.having(**{name: value}))
        self.studio.document.edit(f"Set {name} of the split", changed, merge_key=f"split.{name}")

    # what is shown

    def _edited(self, before: Project, after: Project) -> None:
        if (before.dataset, before.split) != (after.dataset, after.split):
            self._show_choice()
            if self.isVisible():
                self._timer.start(DELAY)

    def _show_choice(self) -> None:
        project = self.studio.document.project
        self.choosing.show_choice(project.dataset, project.split)
        self.choosing.show_variables(variables(project))
        self._stack.setCurrentIndex(int(project.dataset is not None))
        self._show_problems()

    def _show_problems(self) -> None:
        self.choosing.show_errors(self.studio.analysis.problems)

    def _forget(self) -> None:
        """The project lies in another folder now: its relative paths lead elsewhere."""
        self._asked = ""
        if self.isVisible():
            self._timer.start(DELAY)

    def _ask(self) -> None:
        project, folder = self.studio.document.project, str(self.studio.document.folder)
        asked = f"{folder} {project.dataset!r} {project.split!r}"
        if project.dataset is None or asked == self._asked:
            return
        self._asked = asked
        self._set_waiting(waiting=True)
        params = {"project": project_to_json(project), "folder": folder}
        self.studio.service.ask("dataset", params, then=self._answered, failed=self._failed)

    def _answered(self, preview: dict[str, Any]) -> None:
        self._set_waiting(waiting=False)
        self.content.show_preview(preview)

    def _failed(self, sentence: str) -> None:
        self._set_waiting(waiting=False)
        self._asked = ""  # looked at again when the page is: the files may have been mended meanwhile
        self.content.show_failure(sentence)

    def _set_waiting(self, *, waiting: bool) -> None:
        self._waiting = waiting
        if waiting:
            self.busy.set_busy()
            self.content.show_reading()
        else:
            self.busy.set_fraction(0)
        self.busy.setVisible(waiting)

    # the layout

    def _lay_out(self) -> None:
        right = Surface("window")
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty())
        self._stack.addWidget(self.content)
        box = column(right)
        box.addWidget(self.busy)
        box.addLayout(self._stack, 1)
        self.busy.hide()
        self.choosing.setMinimumWidth(260)
        areas = Split("data", memory=self.studio.settings, sizes=(340, 1100)).fill(self.choosing, right, stretch=1)
        column(self).addWidget(areas)

    def _empty(self) -> QWidget:
        """A hint, and a button for every dataset that needs no files."""
        place = QWidget()
        hint = EmptyState(
            "data",
            "What should be learned from?",
            "Choose a dataset at the left: a folder of pictures, a table, or one of these that come along.",
        )
        buttons = row(gap=SPACE.s)
        for dataset in self.studio.catalogue.datasets.values():
            if not dataset.parameters():
                buttons.addWidget(self._example(dataset))
        box = column(place, margin=SPACE.xl)
        box.addStretch(1)
        box.addWidget(hint)
        line = row()
        line.addStretch(1)
        line.addLayout(buttons)
        line.addStretch(1)
        box.addLayout(line)
        box.addStretch(2)
        return place

    def _example(self, dataset: type[Dataset]) -> Button:
        button = Button(dataset.title(), tip=dataset.summary())
        button.clicked.connect(lambda: self.choose(dataset.kind()))
        return button
