"""The Seeds view: groups of runs that differ in the seed, their intervals and the test of two."""

from __future__ import annotations

from collections.abc import Callable
from math import nan
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from engine.events import Created
from engine.runs import RunFolder, append, compare, spread
from studio.context import Studio
from studio.messages import Message
from studio.pages.runs import Runs
from studio.pages.runs.seeds import SeedsView
from studio.pages.runs.seeds.geometry import scale_over, spread_apart
from studio.pages.runs.seeds.words import spread_text, verdict
from tests.studio.pages.conftest import epoch, finished, polled, started

Seeded = Callable[..., RunFolder]


@pytest.fixture
def seeded(studio: Studio) -> Seeded:
    """A run with a seed that came to an accuracy: `seeded(3, 0.9, group="a")`; without an accuracy it waits."""

    def make(seed: int, accuracy: float | None = None, *, group: str = "", name: str = "") -> RunFolder:
        project = studio.document.project.set("training.seed", seed)
        run = studio.workspace.new_run(project, group=group)
        run.events.unlink()
        append(run.events, Created(name=name or group, group=group, time=1000.0 + seed))
        if accuracy is not None:
            append(run.events, started(epochs=1), *epoch(1, accuracy=accuracy), finished(accuracy=accuracy))
        return run

    return make


@pytest.fixture
def view(studio: Studio, qtbot: QtBot) -> SeedsView:
    made = SeedsView(studio, lambda run: 0)
    qtbot.addWidget(made)
    made.resize(1200, 600)
    made.show()
    return made


def look(view: SeedsView, *runs: RunFolder) -> None:
    for _ in range(30):
        view.studio.live.poll()
    view.show_runs([run.id for run in runs])


def test_that_two_groups_are_compared_by_welchs_test(view: SeedsView, seeded: Seeded) -> None:
    good = [seeded(seed, value, group="good") for seed, value in enumerate((0.90, 0.91, 0.92, 0.90, 0.93))]
    poor = [seeded(seed, value, group="poor") for seed, value in enumerate((0.80, 0.81, 0.79, 0.82, 0.80))]

    look(view, *good, *poor)

    assert {group.name: len(group.members) for group in view.groups} == {"good": 5, "poor": 5}
    expected = compare((0.90, 0.91, 0.92, 0.90, 0.93), (0.80, 0.81, 0.79, 0.82, 0.80))
    assert view.panel.found is not None
    assert abs(view.panel.found.t) == pytest.approx(expected.t)
    assert view.panel.badge.text() == "differs"
    assert not view.panel.figures.isHidden()
    assert view.panel.caution.isVisible()


def test_that_groups_differ_in_color_and_those_that_can_be_compared_are(view: SeedsView, seeded: Seeded) -> None:
    lone = seeded(0, 0.5, group="lone")
    pairs = [seeded(seed, 0.8 + 0.01 * seed, group=name) for name in ("a", "b") for seed in range(2)]

    look(view, lone)
    look(view, lone, *pairs)

    assert len({view._color_of(group) for group in view.groups}) == 3
    assert {view.panel.one.currentData(), view.panel.other.currentData()} == {"a", "b"}
    assert view.panel.found is not None
    assert view.panel.lacking.isHidden()


def test_that_one_run_brings_in_the_others_of_its_group(view: SeedsView, seeded: Seeded) -> None:
    first, *_ = (seeded(seed, 0.9, group="g") for seed in range(3))
    look(view, first)
    [group] = view.groups
    assert [one.seed for one in group.members] == [0, 1, 2]


def test_that_runs_with_the_same_settings_are_a_group_without_being_told(view: SeedsView, seeded: Seeded) -> None:
    runs = [seeded(seed, 0.9, name="loose") for seed in range(2)]
    look(view, *runs)
    assert [len(group.members) for group in view.groups] == [2]


def test_that_a_repeated_seed_counts_once(view: SeedsView, seeded: Seeded) -> None:
    runs = [seeded(seed, value, group="g") for seed, value in ((0, 0.8), (0, 0.9), (1, 0.7))]
    look(view, *runs)
    [group] = view.groups
    assert (len(group.members), group.repeats, group.spread("test/accuracy").n) == (2, 1, 2)


def test_that_one_seed_is_said_to_be_too_few_and_more_can_be_run(
    view: SeedsView, seeded: Seeded, studio: Studio, qtbot: QtBot
) -> None:
    run = seeded(4, 0.9, group="lone")
    look(view, run)
    assert view.panel.found is None
    assert "one finished seed" in view.panel.lacking.text()
    assert view.panel.badge.isHidden()

    view.panel.count.setValue(2)
    qtbot.mouseClick(view.panel.more, Qt.MouseButton.LeftButton)

    made = studio.workspace.waiting()
    assert [one.project().training.seed for one in made] == [5, 6]
    assert {one.summary().group for one in made} == {"lone"}
    qtbot.waitUntil(polled(studio, lambda: len(view.groups[0].lively) == 2))
    assert view.panel.coming.text() == "1 of 3 seeds done"

    qtbot.mouseClick(view.panel.stop, Qt.MouseButton.LeftButton)
    assert studio.workspace.waiting() == []


def test_that_the_selected_run_is_run_over_more_seeds_and_those_are_shown(
    studio: Studio, seeded: Seeded, qtbot: QtBot
) -> None:
    runs = [seeded(seed, 0.9, group="g") for seed in (3, 5)]
    for _ in range(30):
        studio.live.poll()
    page = Runs(studio)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    posted: list[Message] = []
    studio.messages.posted.connect(posted.append)
    page.select(*(run.id for run in runs))
    assert not studio.actions["runs.seeds"].isEnabled()
    page.select(runs[0].id)
    studio.actions.trigger("runs.seeds")
    card = page.more_seeds.card
    assert card is not None
    assert card.fields["first"].value() == 6
    card.fields["first"].setValue(4)
    card.fields["count"].setValue(2)
    assert "in its group “g”. Seeds that it has already are left out." in card.sentence.text()
    card.go.click()
    waiting = studio.workspace.waiting()
    assert [one.project().training.seed for one in waiting] == [4, 6]
    assert {one.summary().group for one in waiting} == {"g"}
    qtbot.waitUntil(polled(studio, lambda: len(studio.live.runs) == 4))
    posted[-1].actions["Show them"]()
    assert set(page.selected()) == {runs[0].id, *(one.id for one in waiting)}
    assert page.views.kind is SeedsView


def test_that_a_group_whose_project_is_gone_says_so(
    view: SeedsView, seeded: Seeded, studio: Studio, qtbot: QtBot
) -> None:
    run = seeded(4, 0.9, group="lone")
    look(view, run)
    (run.path / "project.json").unlink()
    with qtbot.waitSignal(studio.messages.posted):
        qtbot.mouseClick(view.panel.more, Qt.MouseButton.LeftButton)
    assert studio.workspace.waiting() == []


def test_that_the_mouse_reads_every_seed_and_a_click_chooses_a_metric(
    view: SeedsView, seeded: Seeded, qtbot: QtBot
) -> None:
    runs = [seeded(seed, value, group="g") for seed, value in enumerate((0.8, 0.9))]
    look(view, *runs)
    dots = [dot for dot in view.plot.dots() if dot.metric == "test/accuracy"]
    assert [view.plot.read(dot.place.toPoint()).partition("\n")[0] for dot in dots] == ["seed 0: 0.8", "seed 1: 0.9"]

    with qtbot.waitSignal(view.pointed) as told:
        qtbot.mouseClick(view.plot, Qt.MouseButton.LeftButton, pos=dots[1].place.toPoint())

    assert told.args == [runs[1].id]
    assert view.panel.title.text() == "test/accuracy"
    assert view.plot.read(QPoint(2, 2)) == ""


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ((0.1, 0.5, 0.9), (0.2, 0.5, 0.8), "With 3 seeds each, a difference of this size would often arise by chance"),
        ((1.0, 1.1, 1.2), (2.0, 2.1, 2.2), "still uncertain"),
        ((1.0, 1.1, 1.2, 1.0, 1.1), (9.0, 9.1, 9.2, 9.1, 9.0), "less than once in a thousand"),
        ((1.0, 1.0), (2.0, 2.0), "no spread to test"),
    ],
)
def test_that_the_sentence_says_how_far_a_difference_can_be_believed(one: Any, other: Any, words: str) -> None:
    assert words in verdict(compare(one, other), "loss")


def test_that_a_mean_is_written_to_the_digits_that_its_interval_allows() -> None:
    assert spread_text(spread([0.97123, 0.97456, 0.96987])) == "0.9719 ± 0.0060"
    assert (spread_text(spread([0.5])), spread_text(spread([nan])), spread_text(spread([1, 1]))) == (
        "0.5",
        "no number",
        "1 ± 0",
    )


def test_that_a_scale_holds_its_values_and_dots_do_not_cover_each_other() -> None:
    scale = scale_over([0.2, 0.4, nan], left=100, right=300)
    assert 100 < scale.place(0.2) < scale.place(0.4) < 300
    assert all(scale.low <= tick <= scale.high for tick in scale.ticks())
    assert scale_over([1.0, 1.0], left=0, right=100).place(1.0) == pytest.approx(50)
    assert spread_apart([10, 11, 40, 12], width=9) == [0, 1, 0, -1]
