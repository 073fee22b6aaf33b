"""The Curves view of the Runs page: charts of many metrics and runs, looked at together."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from engine.events import Metrics
from engine.runs import RunFolder, append
from engine.spec import project_to_json
from studio.context import Studio
from studio.pages.runs.curves import Curves
from studio.pages.runs.curves.grid import balanced, packed
from studio.pages.runs.curves.layout import Layout, Panel
from studio.widgets.chart import Plot
from tests.studio.pages.conftest import epoch, finished, polled, started

Make = Callable[..., RunFolder]
Open = Callable[..., Curves]
ACCURACY, LOSS = "validation/accuracy", "step/loss"


@pytest.fixture
def open_view(studio: Studio, qtbot: QtBot) -> Open:
    """The view over some runs, with all of their curves read."""

    def make(*runs: RunFolder) -> Curves:
        view = Curves(studio, [one.id for one in runs].index)
        qtbot.addWidget(view)
        view.resize(1200, 700)
        view.show()
        qtbot.waitUntil(polled(studio, lambda: all(studio.live.summary(run.id).epoch for run in runs)))
        view.show_runs([run.id for run in runs])
        qtbot.waitUntil(polled(studio, view.settled))
        return view

    return make


def drawn(view: Curves) -> None:
    for tile in view.grid.tiles.values():
        tile.plot.draw()


def three(make_run: Make) -> list[RunFolder]:
    """Runs that end at accuracies 0.9, 0.8 and 0.7."""
    best = (0.9, 0.8, 0.7)
    return [
        make_run(started(epochs=2), *epoch(1, accuracy=0.5), *epoch(2, accuracy=one), finished(accuracy=one), name=name)
        for name, one in zip("abc", best, strict=True)
    ]


def test_that_the_watched_metric_stands_first_and_losses_beside_it(open_view: Open, make_run: Make) -> None:
    view = open_view(*three(make_run))

    assert [panel.metric for panel in view.layout_now.panels] == [
        ACCURACY,
        "validation/loss",
        LOSS,
        "train/accuracy",
    ]
    assert all(len(tile.plot.traces) == 3 for tile in view.grid.tiles.values())


def test_that_a_metric_found_by_search_gets_a_chart_and_loses_it_again(
    open_view: Open, make_run: Make, qtbot: QtBot
) -> None:
    view = open_view(*three(make_run))
    view.bar.charts_button.click()

    qtbot.keyClicks(view.picker.search, "rate")
    qtbot.keyClick(view.picker.search, Qt.Key.Key_Return)
    assert view.layout_now.panels[-1] == Panel(metric="step/learning_rate")
    qtbot.keyClick(view.picker.search, Qt.Key.Key_Return)

    assert "step/learning_rate" not in view.grid.tiles
    view.picker.close()


def test_that_charts_are_moved_pinned_and_made_large(open_view: Open, make_run: Make) -> None:
    view = open_view(*three(make_run))

    view.grid.moved.emit(ACCURACY, 2)
    assert [panel.metric for panel in view.layout_now.panels][:3] == ["validation/loss", LOSS, ACCURACY]
    view.grid.tiles["train/accuracy"].pin_button.click()
    view.grid.tiles[LOSS].size_button.click()

    assert view.layout_now.panels[0] == Panel(metric="train/accuracy", pinned=True)
    assert view.grid.tiles[LOSS].width() > view.grid.tiles[ACCURACY].width()


def test_that_one_slider_smooths_all_charts_over_the_same_steps(open_view: Open, make_run: Make) -> None:
    view = open_view(*three(make_run))

    view.bar.slider.setValue(15)
    drawn(view)

    spans = {
        metric: trace.smoothed.span if trace.smoothed else 1
        for metric, tile in view.grid.tiles.items()
        for trace in tile.plot.traces.values()
    }
    assert spans[LOSS] == 32
    assert spans[ACCURACY] == 3  # ten steps make an epoch


def test_that_curves_are_smoothed_by_themselves_and_those_scrolled_away_when_they_come_into_sight(
    open_view: Open, make_run: Make, qtbot: QtBot
) -> None:
    view = open_view(*three(make_run))
    view.resize(400, 300)
    view.change(
        lambda layout: layout.having([Panel(metric=LOSS), *(one for one in layout.panels if one.metric != LOSS)])
    )
    last = list(view.grid.tiles.values())[-1].plot
    drawn(view)

    view.change(lambda layout: replace(layout, smoothing=20))

    def behind(plot: Plot) -> int:
        return sum(trace.smoothed.behind for trace in plot.traces.values() if trace.smoothed)

    qtbot.waitUntil(lambda: not behind(view.grid.tiles[LOSS].plot))
    assert view.grid.tiles[LOSS].plot.traces
    bar = view.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: not behind(last))


def test_that_a_zoom_into_one_chart_is_one_into_all_unless_they_are_parted(open_view: Open, make_run: Make) -> None:
    view = open_view(*three(make_run))
    drawn(view)
    first, other = view.grid.tiles[LOSS].plot, view.grid.tiles[ACCURACY].plot

    first.stretched.emit((5.0, 12.0))
    drawn(view)
    assert other.seen()[0] == pytest.approx((5, 12))
    first.stretched.emit(None)
    view.bar.linked.click()
    first.stretched.emit((5.0, 12.0))
    drawn(view)

    assert other.seen()[0][1] > 19


def test_that_runs_of_one_setting_are_summed_up(open_view: Open, make_run: Make, studio: Studio) -> None:
    runs = three(make_run)
    project = studio.document.project
    for run, size in zip(runs, (16, 16, 32), strict=True):
        changed = project.having(training=project.training.having(batch_size=size))
        (run.path / "project.json").write_text(json.dumps(project_to_json(changed)))
    view = open_view(*runs)

    view.change(lambda layout: replace(layout, group_by="training.batch_size", spread="range"))
    drawn(view)

    bundles = view.grid.tiles[ACCURACY].plot.bundles
    assert [one.group.name for one in bundles.values()] == ["batch_size = 16", "batch_size = 32"]
    band = bundles["group/batch_size = 16"].band
    assert (band.low[-1], band.mean[-1], band.high[-1]) == pytest.approx((0.8, 0.85, 0.9))
    assert [entry.inside for entry in view.names.entries] == [False, True, True, False, True]


def test_that_a_click_on_a_name_lights_the_run_and_the_table_is_told(
    open_view: Open, make_run: Make, qtbot: QtBot
) -> None:
    runs = three(make_run)
    view = open_view(*runs)

    with qtbot.waitSignal(view.pointed) as pointed:
        view.names.clicked.emit(view.names.model().index(1, 0))

    assert pointed.args == [runs[1].id]
    assert {tile.plot.lit for tile in view.grid.tiles.values()} == {runs[1].id}
    view.names.clicked.emit(view.names.model().index(1, 0))
    assert view.lit == ""


def test_that_the_pointer_is_marked_on_the_other_charts(open_view: Open, make_run: Make) -> None:
    view = open_view(*three(make_run))
    drawn(view)
    plot = view.grid.tiles[ACCURACY].plot
    box = plot.box

    plot.scene().sigMouseMoved.emit(box.mapViewToScene(QPointF(10, 0.6)))

    assert view.grid.tiles[LOSS].plot.crosshair.across is not None
    assert not view.grid.tiles[LOSS].plot.readout.isVisible()


def test_that_a_run_that_goes_on_gets_charts_of_what_is_new(
    open_view: Open, make_run: Make, studio: Studio, qtbot: QtBot
) -> None:
    run = make_run(started(), *epoch(1, accuracy=0.5), name="going", owned=True)
    view = open_view(run)
    view.change(lambda layout: layout.having([Panel(metric=ACCURACY), Panel(metric="validation/f1")]))
    assert list(view.grid.tiles) == [ACCURACY]

    append(run.events, Metrics(epoch=2, step=20, values={ACCURACY: 0.6, "validation/f1": 0.3}))

    qtbot.waitUntil(polled(studio, lambda: "validation/f1" in view.grid.tiles))
    assert len(view.records[run.id].epochs[ACCURACY]) == 2


def test_that_a_layout_is_what_it_was_when_the_workspace_is_opened_again(open_view: Open, make_run: Make) -> None:
    runs = three(make_run)
    view = open_view(*runs)
    view.change(lambda layout: replace(layout, along="epoch", robust=True).with_panel(LOSS, log=True))
    view.saved.keep("Papers")
    view.change(lambda layout: replace(layout, along="time"))
    view.saved.write()

    again = open_view(*runs)

    assert again.layout_now.along == "time"
    assert again.grid.tiles[LOSS].plot.look.log
    assert again.saved.edited
    assert again.saved.open("Papers").along == "epoch"


def test_that_a_deleted_view_comes_back(open_view: Open, make_run: Make) -> None:
    view = open_view(*three(make_run))
    view.saved.keep("Papers")

    undo = view.saved.delete("Papers")
    assert not view.saved.names
    undo()

    assert list(view.saved.names) == ["Papers"]
    assert view.saved.name == "Papers"


@pytest.mark.parametrize("text", ["", "[]", '{"views": 3, "current": [1]}', '{"current": {"panels": [{"metric": 4}]}}'])
def test_that_broken_views_cost_only_what_was_remembered(
    open_view: Open, make_run: Make, studio: Studio, text: str
) -> None:
    (studio.workspace.path / "views.json").write_text(text)

    view = open_view(*three(make_run))

    assert len(view.grid.tiles) == 4


def test_that_a_layout_survives_being_written_down() -> None:
    layout = Layout(
        panels=(Panel(metric="a/ö", log=True, size="large", pinned=True), Panel(metric="b")),
        along="clock",
        smoothing=33,
        kind="gaussian",
        group_by="training.seed",
        linked=False,
    )
    assert Layout.from_json(json.loads(json.dumps(layout.to_json()))) == layout


def test_that_a_metric_has_one_chart() -> None:
    assert Layout().having([Panel(metric="a"), Panel(metric="b"), Panel(metric="a", log=True)]).panels == (
        Panel(metric="a", log=True),
        Panel(metric="b"),
    )


def test_that_no_two_charts_share_a_place_and_lines_are_filled() -> None:
    places = packed([False, True, False, False], 3)
    cells = [
        (one.column + across, one.line + down)
        for one in places
        for across in range(one.columns)
        for down in range(one.lines)
    ]
    assert len(cells) == len(set(cells)) == 7
    assert balanced([False] * 4, 3)[1:] == (2, 2)
