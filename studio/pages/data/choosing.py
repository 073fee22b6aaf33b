"""The left of the Data page: which dataset, its parameters, and how it is split."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from engine.spec import Component, Dataset, Problem, Search, Split, parameters_of
from studio.theme import SPACE
from studio.widgets import Card, Form, Label, Scroll


class Choosing(Scroll):
    """Forms made from what the datasets declare. They show a project's choice and say what a person changed in it.

    Args:
        datasets: the declared datasets by kind.
    """

    chosen = Signal(str)
    """The kind of another dataset."""
    edited = Signal(str, object)
    """A parameter of the dataset, and its new value."""
    marked = Signal(str, object)
    """A parameter of the dataset is to have this `Search`, or none any more."""
    split_edited = Signal(str, object)
    """A setting of the split, and its new value."""

    def __init__(self, datasets: Mapping[str, type[Dataset]]) -> None:
        super().__init__(margin=SPACE.m)
        self._datasets = datasets
        self._kind: str | None = None
        self.form: Form | None = None
        self.box = QComboBox()
        self.box.setAccessibleName("Dataset")
        self.box.setMaxVisibleItems(24)
        self._fill_box()
        self.box.activated.connect(lambda _: self.chosen.emit(self.box.currentData()))
        self._summary = Label("", "muted", wrap=True)
        self.trouble = Label("", "error", wrap=True)
        self.card = Card("Dataset")
        for widget in (self.box, self._summary, self.trouble):
            self.card.body.addWidget(widget)
        self.split_form = Form(parameters_of(Split), label_width=84)
        self.split_form.edited.connect(self.split_edited)
        self.split_card = Card("Split", hint="seeded, so it is the same every time")
        self.split_card.body.addWidget(self.split_form)
        for card in (self.card, self.split_card):
            self.body.addWidget(card)
        self.body.addStretch(1)
        self.show_errors(())

    def show_choice(self, dataset: Component | None, split: Split) -> None:
        """Show what a project has chosen."""
        kind = None if dataset is None else dataset.kind
        if kind != self._kind or (kind is not None and self.form is None and kind in self._datasets):
            self._make_form(kind)
        if self.form is not None and dataset is not None:
            self.form.show_values(dataset.parameters)
        self.split_form.show_values({name: getattr(split, name) for name in type(split).model_fields})

    def show_variables(self, variables: Mapping[str, Search]) -> None:
        """Let parameters of the dataset be marked for search, in variables of their own or in these."""
        if self.form is not None:
            self.form.show_dice(tuple(self.form.editors), variables)

    def show_errors(self, problems: tuple[Problem, ...]) -> None:
        """Show each problem of data and split at the field that causes it, and the rest below the dataset."""
        mine = [problem for problem in problems if problem.section in {"dataset", "split"}]
        for section, form in (("dataset", self.form), ("split", self.split_form)):
            if form is not None:
                form.show_errors(
                    {
                        problem.parameter: problem.message
                        for problem in mine
                        if problem.section == section and problem.parameter in form.editors
                    }
                )
        fields = {*self.split_form.editors, *(self.form.editors if self.form else ())}
        rest = [problem.message for problem in mine if problem.parameter not in fields]
        self.trouble.setText("\n".join(rest))
        self.trouble.setVisible(bool(rest))

    def _fill_box(self) -> None:
        self.box.setPlaceholderText("Choose a dataset")
        by_category: dict[str, list[type[Dataset]]] = {}
        for dataset in self._datasets.values():
            by_category.setdefault(dataset.category or "Other", []).append(dataset)
        for category, datasets in by_category.items():
            if self.box.count():
                self.box.insertSeparator(self.box.count())
            for dataset in sorted(datasets, key=lambda one: one.title()):
                self.box.addItem(dataset.title(), dataset.kind())
                self.box.setItemData(self.box.count() - 1, f"{category}: {dataset.summary()}", TIP)
        self.box.setCurrentIndex(-1)

    def _make_form(self, kind: str | None) -> None:
        self._kind = kind
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        declared = self._datasets.get(kind or "")
        self.box.setCurrentIndex(self.box.findData(kind) if declared else -1)
        self.box.setPlaceholderText("Choose a dataset" if kind is None else f"{kind} (not installed)")
        unknown = f"No installed pack brings a dataset called “{kind}”. It is kept as it is; choose another to go on."
        none = "Everything starts with data: choose a dataset, or point at your own files."
        self._summary.setText(declared.summary() if declared else unknown if kind else none)
        if declared is not None and declared.parameters():
            self.form = Form(declared.parameters(), label_width=84)
            self.form.edited.connect(self.edited)
            self.form.marked.connect(self.marked)
            self.card.body.insertWidget(self.card.body.indexOf(self.trouble), self.form)


TIP = 3  # Qt.ItemDataRole.ToolTipRole, which setItemData takes as a number
