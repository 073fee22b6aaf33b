"""The Data page, with a service that answers what the test tells it to."""

import base64
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter
from pytestqt.qtbot import QtBot

from engine.spec import Component, Problem
from studio.context import Studio
from studio.pages.data import Data
from tests.studio.pages.conftest import Asked


def png(color: str) -> str:
    """A picture of 4×4 pixels in one color, as the service sends it."""
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    buffer.close()
    return base64.b64encode(data.data()).decode()


PICTURES: dict[str, Any] = {
    "columns": [
        {"name": "image", "kind": "image", "shape": [3, 4, 4], "dtype": "float32", "classes": [], "unit": ""},
        {"name": "label", "kind": "label", "shape": [], "dtype": "int64", "classes": ["cat", "dog"], "unit": ""},
    ],
    "splits": {"train": 8, "validation": 1, "test": 1},
    "balance": {"train": {"cat": 6, "dog": 2}, "validation": {"cat": 1}, "test": {"dog": 1}},
    "histogram": {},
    "fields": [],
    "samples": [
        {"split": "train", "name": "a.png", "label": "cat", "png": png("#ff0000")},
        {"split": "test", "name": "b.png", "label": "dog", "png": png("#00ff00")},
    ],
    "notes": ["3 files skipped: broken.png, notes.txt and 1 more."],
}
TABLE: dict[str, Any] = {
    "columns": [
        {"name": "features", "kind": "features", "shape": [3], "dtype": "float32", "classes": [], "unit": ""},
        {"name": "target", "kind": "target", "shape": [1], "dtype": "float32", "classes": [], "unit": ""},
    ],
    "splits": {"train": 2, "validation": 1, "test": 1},
    "balance": {},
    "histogram": {"edges": [0.0, 1.0, 2.0], "counts": {"train": [1, 1], "validation": [1, 0], "test": [0, 1]}},
    "fields": [
        {"name": "age", "type": "number", "missing": 2, "min": 1.0, "mean": 20.5, "max": 40.0},
        {"name": "sex", "type": "category", "missing": 0, "different": 2, "values": {"male": 3, "female": 1}},
    ],
    "samples": [{"split": "train", "name": "line 2", "label": "1.5", "cells": {"age": "", "sex": "male"}}],
    "notes": [],
}


@pytest.fixture
def page(studio: Studio, qtbot: QtBot) -> Data:
    made = Data(studio)
    qtbot.addWidget(made)
    made.resize(1300, 900)
    made.show()
    made.activated()
    return made


def question(page: Data, qtbot: QtBot, *, number: int = 1) -> Asked:
    """The newest question, once so many were asked."""
    service: Any = page.studio.service
    qtbot.waitUntil(lambda: len(service.questions) == number)
    return service.questions[-1]  # type: ignore[no-any-return]


def test_that_the_page_asks_for_the_project_s_data_and_says_that_it_reads(page: Data, qtbot: QtBot) -> None:
    asked = question(page, qtbot)

    assert asked.method == "dataset"
    assert asked.params["project"]["dataset"]["kind"] == "Digits"
    assert page.content.state == "reading"
    assert not page.settled()


def test_that_the_answer_is_shown_as_sizes_balance_columns_and_pictures(page: Data, qtbot: QtBot) -> None:
    question(page, qtbot).then(PICTURES)

    assert page.settled()
    assert page.content.splits.splits == {"train": 8, "validation": 1, "test": 1}
    assert page.content.balance.classes["cat"] == {"train": 6, "validation": 1, "test": 0}
    assert page.content.columns.rows()[1] == ("label", "label", "int64", "", "2 classes: cat, dog")
    assert [tile.label for tile in page.content.samples.tiles] == ["cat", "dog"]
    assert page.content.notes.messages() == ("3 files skipped: broken.png, notes.txt and 1 more.",)


def test_that_samples_can_be_looked_at_by_split(page: Data, qtbot: QtBot) -> None:
    question(page, qtbot).then(PICTURES)

    qtbot.mouseClick(page.content.samples.buttons["test"], Qt.MouseButton.LeftButton)

    assert [tile.label for tile in page.content.samples.tiles] == ["dog"]


def test_that_a_picture_keeps_its_pixels_when_it_is_made_larger(page: Data, qtbot: QtBot) -> None:
    question(page, qtbot).then(PICTURES)

    shown = page.content.samples.tiles[0].grab().toImage()

    assert shown.pixelColor(48, 48).name() == "#ff0000"
    assert shown.pixelColor(4, 4).name() == "#ff0000"


def test_that_a_table_is_described_field_by_field(page: Data, qtbot: QtBot) -> None:
    question(page, qtbot).then(TABLE)

    assert page.content.columns.rows()[0] == ("age", "number", "", "2", "1 … 40, mean 20.5")
    assert page.content.columns.rows()[1] == ("sex", "category", "", "–", "2 values: male, female")
    assert page.content.histogram.isVisible()
    assert not page.content.balance.isVisible()


def test_that_a_missing_cell_is_called_missing(page: Data, qtbot: QtBot) -> None:
    question(page, qtbot).then(TABLE)

    table = page.content.samples.table
    cells = [table.item(0, place).text() for place in range(table.columnCount())]

    assert cells == ["train", "missing", "male", "1.5"]


def test_that_data_that_cannot_be_read_says_why(page: Data, qtbot: QtBot) -> None:
    question(page, qtbot).failed("The folder 'cats' holds no images.")

    assert page.content.state == "failed"
    assert page.settled()


def test_that_a_problem_stands_at_the_field_that_causes_it(page: Data, studio: Studio) -> None:
    studio.document.replace(studio.document.project.having(dataset=Component(kind="ImageFolder")))
    analysis: Any = studio.analysis

    analysis.tell(
        Problem(message="There is no such folder.", section="dataset", parameter="path"),
        Problem(message="The test split is empty.", section="split", parameter="test"),
        Problem(message="The file is broken.", section="dataset"),
    )

    assert page.choosing.form.editors["path"].error() == "There is no such folder."
    assert page.choosing.split_form.editors["test"].error() == "The test split is empty."
    assert page.choosing.trouble.text() == "The file is broken."


def test_that_choosing_a_dataset_is_an_edit_that_can_be_undone(page: Data, studio: Studio, qtbot: QtBot) -> None:
    question(page, qtbot)
    page.choosing.box.setCurrentIndex(page.choosing.box.findData("CSV"))
    page.choosing.box.activated.emit(page.choosing.box.currentIndex())

    assert studio.document.project.dataset == Component(kind="CSV")
    assert question(page, qtbot, number=2).params["project"]["dataset"]["kind"] == "CSV"
    studio.document.undo()
    assert studio.document.project.dataset == Component(kind="Digits")
    assert page.choosing.box.currentData() == "Digits"


def test_that_a_parameter_of_the_dataset_is_edited_in_its_field(page: Data, studio: Studio) -> None:
    page.choose("ImageFolder")

    page.choosing.form.edited.emit("path", "photos")

    assert studio.document.project.dataset.parameters["path"] == "photos"


def test_that_scrubbing_the_split_is_one_edit(page: Data, studio: Studio) -> None:
    for value in (0.2, 0.25, 0.3):
        page.choosing.split_form.edited.emit("validation", value)

    assert studio.document.project.split.validation == 0.3
    assert studio.document.history.count == 1


def test_that_edits_of_a_moment_are_one_question(page: Data, qtbot: QtBot) -> None:
    question(page, qtbot)
    for value in (0.2, 0.25, 0.3):
        page.choosing.split_form.edited.emit("validation", value)

    assert question(page, qtbot, number=2).params["project"]["split"]["validation"] == 0.3


def test_that_what_is_shown_stays_until_there_is_news(page: Data, qtbot: QtBot) -> None:
    question(page, qtbot).then(PICTURES)
    page.choosing.split_form.edited.emit("validation", 0.3)
    question(page, qtbot, number=2)

    assert page.content.state == "shown"
    assert page.busy.isVisible()


def test_that_a_project_without_data_offers_examples(page: Data, studio: Studio, qtbot: QtBot) -> None:
    question(page, qtbot)
    studio.document.replace(studio.document.project.having(dataset=None))
    page.choose("Wine")

    assert studio.document.project.dataset == Component(kind="Wine")


def test_that_a_dataset_of_a_missing_pack_is_named_and_kept(page: Data, studio: Studio) -> None:
    strange = Component(kind="Genomes", parameters={"path": "x"})

    studio.document.replace(studio.document.project.having(dataset=strange))

    assert page.choosing.form is None
    assert page.choosing.box.placeholderText() == "Genomes (not installed)"
    assert studio.document.project.dataset == strange
