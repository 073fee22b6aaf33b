"""From a point of a curve to where it came from, and charts as pictures and data."""

import base64
import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.data.previews import png
from engine.events import Sampled
from engine.runs import RunFolder
from studio.context import Studio
from studio.pages.runs.curves import Curves
from studio.pages.runs.curves.shelf import PLAIN
from studio.theme import LIGHT
from tests.studio.pages.conftest import Asked, epoch, polled, started

Make = Callable[..., RunFolder]
LOSS = "step/loss"


@pytest.fixture
def run(make_run: Make) -> RunFolder:
    norm = Sampled(step=12, values={"gradient_norm": 2.5})
    return make_run(started(epochs=2), *epoch(1, accuracy=0.5), *epoch(2, accuracy=0.9), norm)


@pytest.fixture
def view(studio: Studio, run: RunFolder, qtbot: QtBot) -> Curves:
    made = Curves(studio, lambda _: 2)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    qtbot.waitUntil(polled(studio, lambda: studio.live.summary(run.id).epoch))
    made.show_runs([run.id])
    qtbot.waitUntil(polled(studio, made.settled))
    for tile in made.grid.tiles.values():
        tile.plot.draw()
    return made


def click_at(view: Curves, metric: str, step: float, value: float) -> None:
    """Click where a point of a chart is."""
    plot = view.grid.tiles[metric].plot
    box = plot.box
    plot.pointer.over(box.mapFromScene(box.mapViewToScene(QPointF(step, value))))
    plot.pointer.click()


def question(studio: Studio) -> Asked:
    service: Any = studio.service
    found: Asked = service.questions[-1]
    return found


def shown(view: Curves) -> dict[str, str]:
    values = view.asking.card.values
    return {name: label.text() for name, label in values._shown.items()}


def test_that_a_click_on_a_point_says_what_is_known_of_it_and_asks_for_its_batch(
    view: Curves, run: RunFolder, studio: Studio
) -> None:
    click_at(view, LOSS, 11, 0.5)

    said = shown(view)
    assert (said["Step"], said["Epoch"], said["Learning rate"]) == ("11", "2", "0.002")
    assert said["Gradient norm"] == "2.500 at step 12"
    assert question(studio).params == {"run": run.id, "step": 11}
    assert view.lit == run.id


def test_that_a_real_click_on_a_point_opens_its_card_and_a_real_drag_zooms_all_charts(
    view: Curves, studio: Studio, qtbot: QtBot
) -> None:
    plot, other = view.grid.tiles[LOSS].plot, view.grid.tiles["validation/accuracy"].plot
    box = plot.box

    def at(step: float, value: float) -> QPoint:
        return QPoint(plot.mapFromScene(box.mapViewToScene(QPointF(step, value))))

    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=at(11, 0.5))
    assert question(studio).params["step"] == 11
    view.asking.card.close_card()

    corners = at(5, 0.52), at(15, 0.48)
    qtbot.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=corners[0])
    for part in (0.3, 0.7, 1.0):
        held_to(plot.viewport(), corners[0] + (corners[1] - corners[0]) * part)
    qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=corners[1])

    qtbot.waitUntil(lambda: abs(other.seen()[0][0] - 5) < 1 and abs(other.seen()[0][1] - 15) < 1)


def held_to(widget: QWidget, place: QPoint) -> None:
    """Move the mouse with its left button down, which Qt's own test functions do not."""
    held, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    where = QPointF(place), QPointF(widget.mapToGlobal(place))
    event = QMouseEvent(QEvent.Type.MouseMove, *where, none, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


def test_that_pictures_checkpoints_and_changed_data_are_shown(view: Curves, studio: Studio) -> None:
    click_at(view, LOSS, 11, 0.5)
    last = {"step": 20, "epoch": 2, "path": "checkpoints/last", "best": False}
    pixel = base64.b64encode(png(np.zeros((1, 8, 8), np.uint8))).decode()
    batch = [{"name": str(at), "label": "seven", "png": pixel} for at in range(3)]

    question(studio).then({"before": None, "after": last, "batch": batch, "size": 200, "trouble": "It changed."})

    card = view.asking.card
    assert card.batch_title.text() == "Its batch: 200 samples, 3 of them shown"
    assert len(card.pictures.samples) == 3
    assert card.after.text() == "Checkpoint after: step 20, epoch 2 (last)"
    assert not card.before.isVisible()
    assert card.trouble.text() == "It changed."


def test_that_rows_are_shown_of_a_table(view: Curves, studio: Studio) -> None:
    click_at(view, LOSS, 11, 0.5)

    question(studio).then({"batch": [{"name": "4", "label": "Adelie", "cells": {"island": "Dream"}}], "size": 1})

    rows = view.asking.card.rows
    assert [rows.item(0, place).text() for place in range(2)] == ["Adelie", "Dream"]


def test_that_an_answer_about_another_point_is_not_shown(view: Curves, studio: Studio) -> None:
    click_at(view, LOSS, 11, 0.5)
    first = question(studio)
    click_at(view, LOSS, 4, 0.5)

    first.then({"batch": [], "size": 77})

    assert "77" not in view.asking.card.batch_title.text()


def test_that_a_click_beside_all_curves_or_escape_closes_the_card(view: Curves, qtbot: QtBot) -> None:
    card = view.asking.card
    click_at(view, "validation/accuracy", 10, 0.9)
    assert not card.isVisible()
    click_at(view, LOSS, 11, 0.5)
    assert card.isVisible()

    qtbot.keyClick(card, Qt.Key.Key_Escape)

    assert not card.isVisible()


def test_that_the_keys_walk_along_a_curve_and_return_asks(view: Curves, studio: Studio, qtbot: QtBot) -> None:
    plot = view.grid.tiles[LOSS].plot
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(plot, key)
    assert plot.readout.lines[0] == "Step 19"

    qtbot.keyClick(plot, Qt.Key.Key_Return)

    assert question(studio).params["step"] == 19


def test_that_all_points_are_written_with_their_epoch_and_time(view: Curves, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "points.csv"

    view.deeds.write_data([LOSS, "validation/accuracy"], path)

    qtbot.waitUntil(path.exists)
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert [row["metric"] for row in rows] == [LOSS] * 20 + ["validation/accuracy"] * 2
    assert {name: rows[-1][name] for name in ("step", "epoch", "value")} == {"step": "20", "epoch": "2", "value": "0.9"}


def test_that_a_file_that_cannot_be_written_is_said(view: Curves, studio: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(studio.messages.posted) as posted:
        view.deeds.write_data([LOSS], tmp_path / "nowhere" / "points.csv")
    assert posted.args[0].tone == "error"

    with qtbot.waitSignal(studio.messages.posted) as posted:
        view.deeds.write_picture(tmp_path / "nowhere" / "chart.png")
    assert posted.args[0].tone == "error"


def test_that_a_chart_is_copied_as_data_and_as_a_picture(view: Curves, studio: Studio) -> None:
    view.meant = LOSS
    studio.actions.trigger("curves.copy_data")
    assert len(QGuiApplication.clipboard().text().splitlines()) == 21

    studio.actions.trigger("curves.copy")

    assert not QGuiApplication.clipboard().image().isNull()


def test_that_a_saved_picture_has_the_curve_in_colors_for_paper(view: Curves, tmp_path: Path) -> None:
    view.meant = "validation/accuracy"

    view.deeds.write_picture(tmp_path / "chart.png")

    picture = QImage(str(tmp_path / "chart.png"))
    shades = {picture.pixelColor(x, y).name() for x in range(200, 1800, 3) for y in range(100, 1000, 3)}
    assert LIGHT.series[2] in shades
    assert picture.pixelColor(2, 2).name() == "#ffffff"


def test_that_an_svg_has_title_axis_and_legend_as_words(view: Curves, tmp_path: Path) -> None:
    view.meant = LOSS

    view.deeds.write_picture(tmp_path / "chart.svg")

    words = [one.text for one in ET.parse(tmp_path / "chart.svg").iter() if one.text and one.text.strip()]
    assert {"loss by step", "Step"} <= set(words)
    assert any(word.startswith("a run ·") for word in words)


def test_that_a_chart_is_moved_and_removed_by_its_menu(view: Curves, studio: Studio) -> None:
    view.meant = LOSS
    names = [panel.metric for panel in view.layout_now.panels]

    studio.actions.trigger("curves.left")
    moved = [panel.metric for panel in view.layout_now.panels]
    studio.actions.trigger("curves.remove")

    assert moved.index(LOSS) == names.index(LOSS) - 1
    assert LOSS not in view.grid.tiles


def test_that_a_view_is_kept_opened_and_deleted_from_its_menu(view: Curves, studio: Studio, qtbot: QtBot) -> None:
    shelf, button = view.shelf, view.bar.views_button
    assert button.text() == PLAIN
    shelf.field.setText("Papers")
    shelf.field.returnPressed.emit()
    assert button.text() == "Papers"
    view.bar.slider.setValue(30)
    assert button.text() == "Papers •"
    shelf.open("Papers")
    assert (button.text(), view.bar.slider.value()) == ("Papers", 10)

    with qtbot.waitSignal(studio.messages.posted) as posted:
        shelf.delete("Papers")
    assert button.text() == PLAIN
    posted.args[0].actions["Undo"]()

    assert button.text() == "Papers"


def test_that_nothing_is_asked_about_a_run_that_has_no_folder(view: Curves, studio: Studio) -> None:
    service: Any = studio.service
    (studio.workspace.runs / next(iter(view.records))).rename(studio.workspace.path / "elsewhere")
    before = len(service.questions)

    click_at(view, LOSS, 11, 0.5)

    assert len(service.questions) == before
    assert "another tool" in view.asking.card.trouble.text()
