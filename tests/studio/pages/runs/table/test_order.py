"""In which order runs and groups stand, how they are summed, and how a layout changes: without a window."""

from dataclasses import dataclass, field
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from engine.runs import Notes, Summary
from studio.pages.runs.table.arrangement import Arrangement
from studio.pages.runs.table.columns import column_of
from studio.pages.runs.table.differing import Differing
from studio.pages.runs.table.facts import disk
from studio.pages.runs.table.layout import Layout
from studio.pages.runs.table.order import Group, sorted_runs
from studio.pages.runs.table.row import Column, Row
from studio.pages.runs.table.sparkline import best_place, pieces, points
from studio.pages.runs.table.sums import measured, summed
from studio.widgets.painted import stretches

KEYS = st.one_of(st.none(), st.floats(allow_nan=False), st.text(max_size=3))


@dataclass
class Told:
    """A run whose best accuracy and learning rate are given."""

    id: str
    best: float | None
    rate: float
    state: str = "finished"
    notes: Notes = field(default_factory=Notes)

    @property
    def summary(self) -> Summary:
        watch = "validation/accuracy"
        return Summary(name=self.id, watch=watch, started=1.0, best={} if self.best is None else {watch: self.best})

    @property
    def parameters(self) -> dict[str, float]:
        return {"training.optimizer.lr": self.rate, "training.seed": 1}


def told(**runs: tuple[float | None, float]) -> dict[str, Told]:
    return {run: Told(run, best, rate) for run, (best, rate) in runs.items()}


def known(key: str) -> Column:
    column = column_of(key)
    assert column is not None
    return column


BEST, RATE = known("best"), known("parameter:training.optimizer.lr")


def arranged(runs: dict[str, Told]) -> Arrangement:
    made = Arrangement(lambda run: Row(runs[run]))
    made.take(runs)
    made.sort(BEST, down=True)
    return made


@settings(max_examples=60)
@given(st.dictionaries(st.text(max_size=2), KEYS, max_size=8), st.booleans())
def test_that_what_is_not_known_stands_last_whichever_way_and_nothing_is_lost(
    keys: dict[str, float | str | None], down: bool
) -> None:
    found = sorted_runs(keys, keys, down=down)

    unknown = [keys[run] is None for run in found]
    numbers = [key for run in found if isinstance(key := keys[run], float)]
    assert sorted(found) == sorted(keys)
    assert unknown == sorted(unknown)
    assert numbers == sorted(numbers, reverse=down)


def test_that_groups_stand_by_their_mean_and_runs_within_by_their_own_value() -> None:
    made = arranged(told(a=(0.5, 0.1), b=(0.9, 0.1), c=(0.8, 0.2), d=(None, 0.2)))
    made.group(RATE)
    low, high = Group(RATE.key, "0.1"), Group(RATE.key, "0.2")

    assert made.lines() == [high, low]
    made.open([low], opened=True)
    assert made.lines() == [high, low, "b", "a"]
    assert made.members[high] == ["c", "d"]
    assert made.shown == ["c", "d", "b", "a"]


def test_that_news_that_change_no_place_arrange_nothing_anew() -> None:
    runs = told(a=(0.5, 0.1), b=(0.9, 0.1))
    made = arranged(runs)
    made.lines()

    assert not made.forget("a")
    runs["a"].best = 0.95
    assert made.forget("a")
    assert made.lines() == ["a", "b"]


def test_that_a_group_says_mean_and_interval_or_the_word_that_its_runs_share() -> None:
    rows = [Row(run) for run in told(a=(0.8, 0.1), b=(0.9, 0.1), c=(None, 0.2)).values()]

    assert summed(BEST, rows) == "0.85 ± 0.64"  # t of one degree of freedom is 12.706, times 0.05
    assert summed(BEST, rows[:1]) == "0.8000"
    assert summed(BEST, rows[2:]) == ""
    assert summed(RATE, rows) == "2 values"
    assert summed(RATE, rows[:2]) == "0.1"
    assert summed(known("state"), rows) == "3 finished"


@pytest.mark.parametrize(
    ("middle", "half", "said"),
    [(0.8512, 0.0123, "0.851 ± 0.012"), (1234.5, 66.0, "1,234 ± 66"), (5.0, 0.0, "5.000 ± 0"), (1.0, inf, "1.000 ± –")],
)
def test_that_a_mean_has_the_digits_that_its_interval_warrants(middle: float, half: float, said: str) -> None:
    assert measured(middle, half) == said


COLUMNS = st.lists(st.sampled_from(["name", "state", "best", "last", "note", "parameter:training.seed"]), max_size=9)


@settings(max_examples=60)
@given(COLUMNS, st.integers(-3, 9), st.sampled_from(["name", "state", "note"]), st.integers(0, 8), st.booleans())
def test_that_a_layout_always_begins_with_the_name_and_survives_being_kept(
    columns: list[str], pinned: int, key: str, place: int, pin: bool
) -> None:
    setup = Layout.from_json({"columns": columns, "pinned": pinned})

    changed = setup.showing(key).pinning(key, pinned=pin).moved(key, place).widened(key, 10_000).hiding("last")

    assert changed.columns[0] == "name"
    assert len(set(changed.columns)) == len(changed.columns)
    assert 1 <= changed.pinned <= len(changed.columns)
    assert changed.is_pinned(key) is (pin or key == "name")
    assert "last" not in changed.columns
    assert Layout.from_json(changed.to_json()) == changed


@pytest.mark.parametrize("broken", [None, [], {"columns": 3, "widths": [], "sort": "nothing", "pinned": "x"}])
def test_that_a_broken_layout_is_the_usual_one(broken: object) -> None:
    assert Layout.from_json(broken) == Layout()


def test_that_a_metric_named_as_nobody_would_is_a_column_like_any_other() -> None:
    column = known("best:validation/a:b=c d")

    assert column.title == "Best a:b=c d"
    assert column_of("best:") is None
    assert column_of("nothing:x") is None


def test_that_settings_in_which_runs_differ_are_found_missing_ones_included() -> None:
    settings = {"a": {"x": 1, "y": 2, "z": 3}, "b": {"x": 1, "y": 5}, "c": {"x": 1, "y": 2, "z": 3, "w": 0}}
    differing = Differing(lambda run: settings[run])

    for _ in differing.steps(settings):
        pass

    assert differing.keys == ["parameter:y", "parameter:z", "parameter:w"]


@settings(max_examples=60)
@given(st.lists(st.one_of(st.floats(), st.sampled_from([nan, inf])), max_size=70))
def test_that_a_trend_lies_within_its_room_and_leaves_gaps_where_there_is_no_number(trend: list[float]) -> None:
    room = QRectF(3, 4, 60, 20)

    placed = points(trend, room)

    assert len(placed) == len(trend)
    assert all(room.adjusted(-1, -1, 1, 1).contains(point) for piece in pieces(placed) for point in piece)
    best = best_place(trend, "max")
    assert best is None or trend[best] == max(value for value in trend if abs(value) < inf)


@given(st.sets(st.integers(0, 30)))
def test_that_stretches_are_the_places_they_were_made_of(places: set[int]) -> None:
    found = list(stretches(sorted(places)))

    assert [place for first, last in found for place in range(first, last + 1)] == sorted(places)


@pytest.mark.parametrize(("size", "said"), [(0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (3.2e9, "3.2 GB")])
def test_that_bytes_are_said_in_their_unit(size: float, said: str) -> None:
    assert disk(size) == said
