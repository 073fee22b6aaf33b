"""Choosing: one of several, yes or no, a file or a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QWidget

from engine.spec import Search
from studio import icons
from studio.widgets.fields.editor import Editor, TextEditor
from studio.widgets.fields.words import MIXED, write


class WheelGuard(QObject):
    """Lets the wheel scroll the form where the control below the pointer has not the focus."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        stray = event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus()
        if stray:
            event.ignore()
        return stray


class ChoiceEditor(Editor):
    """One of the parameter's choices, or none where it may be left out."""

    def control(self) -> QWidget:
        self.box = QComboBox()
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Else the longest choice would make the whole form wider than its panel.
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(3)
        self.box.installEventFilter(WheelGuard(self.box))
        self._choices = ((None,) if self.parameter.optional else ()) + self.parameter.choices
        for choice in self._choices:
            self.box.addItem("none" if choice is None else write(choice), choice)
        self.box.activated.connect(self._take)
        return self.box

    def show_value(self, value: Any) -> None:
        known = value is not MIXED and value in self._choices
        self.box.setCurrentIndex(self._choices.index(value) if known else -1)
        self.box.setPlaceholderText(
            "" if known else "mixed" if value is MIXED else write(value)
        )  # a value from a file that is no choice stays visible

    def _take(self, place: int) -> None:
        self._said = ""
        self.commit(self._choices[place])


class BoolEditor(Editor):
    """On or off."""

    def control(self) -> QWidget:
        self.box = QCheckBox()
        self.box.clicked.connect(self._take)
        return self.box

    def show_value(self, value: Any) -> None:
        if isinstance(value, Search) or value is MIXED:
            self.box.setCheckState(Qt.CheckState.PartiallyChecked)
            self.box.setToolTip("mixed" if value is MIXED else "")
        else:
            self.box.setTristate(False)
            self.box.setChecked(bool(value))

    def _take(self, on: bool) -> None:  # Qt calls it
        self._said = ""
        self.commit(on)


class PathEditor(TextEditor):
    """A file or a folder, typed or chosen."""

    def make_line(self) -> QLineEdit:
        line = QLineEdit()
        browse = line.addAction(icons.icon("folder"), QLineEdit.ActionPosition.TrailingPosition)
        browse.setToolTip(f"Choose a {self.parameter.path or 'file'}")
        browse.triggered.connect(self._browse)
        return line

    def _browse(self) -> None:
        dialog = QFileDialog(self, f"Choose a {self.parameter.path or 'file'}")
        folder = self.parameter.path == "folder"
        dialog.setFileMode(QFileDialog.FileMode.Directory if folder else QFileDialog.FileMode.ExistingFile)
        if self._value and Path(str(self._value)).parent.is_dir():
            dialog.setDirectory(str(Path(str(self._value)).parent))
        dialog.fileSelected.connect(self._chosen)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _chosen(self, name: str) -> None:
        self.line.setText(name)
        self.take()
