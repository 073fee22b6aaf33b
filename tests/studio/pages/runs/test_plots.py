"""The Plots tab: all runs by what differs between them; what is brushed is selected in the table."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from engine.runs import RunFolder, Summary
from engine.spec import Catalogue, usual
from studio.context import Studio
from studio.pages.runs import Runs
from studio.pages.runs.plots import Plots
from studio.pages.runs.plots.properties import Seen, first_axes, properties
from studio.widgets.parallel import Brushes
from tests.studio.pages.conftest import epoch, finished, started

Make = Callable[..., RunFolder]


@pytest.fixture
def page(studio: Studio, make_run: Make, qtbot: QtBot) -> Runs:
    """Five runs with learning rates and accuracies that rise together."""
    for at in range(5):
        project = studio.document.project.set("training.epochs", at + 1).set("training.batch_size", 2**at)
        studio.document.replace(project)
        make_run(started(), *epoch(1, accuracy=at / 10), finished(accuracy=at / 10), name=f"run {at}")
    for _ in range(30):
        studio.live.poll()
    made = Runs(studio)
    qtbot.addWidget(made)
    made.resize(1300, 900)
    made.show()
    made.views.bring(Plots)
    qtbot.waitUntil(lambda: made.views.settled() and bool(plots(made).parallel.dimensions))
    return made


def plots(page: Runs) -> Plots:
    found = page.views.view(Plots)
    assert isinstance(found, Plots)
    return found


def names(page: Runs) -> list[str]:
    return sorted(page.studio.live.summary(run).name for run in page.selected())


def test_that_axes_are_the_settings_that_differ_and_the_watched_metric_at_the_end(page: Runs) -> None:
    keys = [one.key for one in plots(page).parallel.dimensions]
    assert set(keys[:-2]) == {"setting/training.epochs", "setting/training.batch_size"}
    assert keys[-1] == "best/validation/accuracy"
    assert plots(page).head.choice("color") == "best/validation/accuracy"


def test_that_what_is_brushed_is_selected_in_the_table(page: Runs, qtbot: QtBot) -> None:
    plots(page).parallel.set_brushes(Brushes({"best/validation/accuracy": ((0.7, 1.0),)}))
    qtbot.waitUntil(lambda: names(page) == ["run 3", "run 4"])
    assert plots(page).head.count.text() == "5 runs, 2 selected"
    plots(page).head.clear.click()
    assert names(page) == []
    assert not plots(page).parallel.brushes


def test_that_only_runs_are_plotted_that_the_filter_leaves(page: Runs, qtbot: QtBot) -> None:
    page.activated()
    qtbot.waitUntil(lambda: page.gathered.whole)
    page.search.set_text("accuracy > 0.15")
    assert len(plots(page).parallel.dimensions[0].values) == 3
    assert plots(page).head.count.text() == "3 of 5 runs"
    page.search.set_text("accuracy > 0.35")
    assert plots(page).empty.isVisible()
    assert plots(page).head.count.text() == "1 of 5 runs"
    page.search.set_text("")
    assert plots(page).parallel.isVisible()
    assert plots(page).head.count.text() == "5 runs"


def test_that_a_brush_chooses_anew_when_other_runs_are_listed(page: Runs, qtbot: QtBot) -> None:
    page.activated()
    qtbot.waitUntil(lambda: page.gathered.whole)
    page.search.set_text("accuracy > 0.15")
    plots(page).parallel.set_brushes(Brushes({"best/validation/accuracy": ((0.5, 1.0),)}))
    qtbot.waitUntil(lambda: names(page) == ["run 3", "run 4"])
    page.search.set_text("")
    qtbot.waitUntil(lambda: names(page) == ["run 2", "run 3", "run 4"])  # 0.2 is the middle of the axis now
    assert plots(page).head.count.text() == "5 runs, 3 selected"


def test_that_a_setting_that_nobody_wrote_stands_at_its_default(studio: Studio, make_run: Make, qtbot: QtBot) -> None:
    plain = make_run(started(), *epoch(1, accuracy=0.1)).id
    studio.document.replace(studio.document.project.set("training.optimizer.lr", 0.5))
    written = make_run(started(), *epoch(1, accuracy=0.2)).id
    for _ in range(30):
        studio.live.poll()
    catalogue = Catalogue.load(["plugins.core"])
    view = Plots(replace(studio, catalogue=catalogue), lambda _: 0)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(lambda: bool(view.parallel.dimensions))
    default = usual(catalogue.optimizers["Adam"])["lr"]
    values = {run: view.gathering.known(None)[run]["setting/training.optimizer.lr"] for run in (plain, written)}
    assert values == {plain: default, written: 0.5}


def test_that_points_that_are_framed_are_selected_and_stand_out(page: Runs) -> None:
    view = plots(page)
    view.head.kind._buttons["scatter"].click()
    assert view.scatter.isVisible()
    view.scatter.chosen.emit(range_of(view, "run 1", "run 2"))
    assert names(page) == ["run 1", "run 2"]
    assert len(view.scatter._marked) == 2


def range_of(view: Plots, *wanted: str) -> Any:
    import numpy as np

    live = view.studio.live
    return np.array([at for at, run in enumerate(view._runs) if live.summary(run).name in wanted])


def test_that_the_choice_of_axes_is_remembered(page: Runs, studio: Studio, qtbot: QtBot) -> None:
    plots(page).head._put("best/train/accuracy", on=True)
    plots(page).head._put("setting/training.epochs", on=False)
    again = Plots(studio, lambda _: 0)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: bool(again.parallel.dimensions))
    keys = [one.key for one in again.parallel.dimensions]
    assert keys == [one.key for one in plots(page).parallel.dimensions]
    assert "setting/training.epochs" not in keys


def test_that_a_hidden_plot_gathers_nothing(page: Runs) -> None:
    view = plots(page)
    page.views.bar.setCurrentIndex(0)
    view.gathering._heard(view._runs[0])
    assert not view.gathering._later.isActive()
    assert not view.gathering.busy


def test_that_odd_values_have_no_place_on_an_axis(tmp_path: Path) -> None:
    summary = Summary(best={"validation/loss": float("nan")}, last={"test/loss": float("inf")})
    found = properties(summary, {"a": [1, 2], "b": "x" * 200, "c": 0.1}, state="failed")
    assert found["best/validation/loss"] is found["last/test/loss"] is None
    assert "setting/a" not in found
    assert "setting/b" not in found
    assert found["setting/c"] == 0.1


def test_that_what_all_runs_have_the_same_is_not_offered() -> None:
    rows: list[dict[str, Any]] = [{"setting/p": 0.5, "setting/q": 1}, {"setting/p": None, "setting/q": 2}]
    assert Seen(rows).offered() == ["setting/q"]


def test_that_too_many_words_are_offered_but_no_first_axis() -> None:
    seen = Seen({"setting/path": f"file {at}", "setting/q": at, "best/loss": at} for at in range(50))
    assert seen.offered() == ["setting/path", "setting/q", "best/loss"]
    assert first_axes(seen, "loss") == ["setting/q", "best/loss"]
