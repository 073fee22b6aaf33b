"""The table of runs, worked with as a person does: keys, headers, panels, and what is written on runs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from engine.runs import Notes, RunFolder
from studio.context import Studio
from studio.followed_folder import FollowedFolder
from studio.messages import Message
from studio.pages.runs import Runs
from studio.pages.runs.table.order import Group
from tests.studio.pages.conftest import epoch, finished, polled, started

RATE = "parameter:training.optimizer.lr"
Make = Callable[..., RunFolder]


@pytest.fixture
def runs(studio: Studio, make_run: Make) -> dict[str, RunFolder]:
    """Four finished runs, of which two share each learning rate."""
    made = {}
    for name, rate, accuracy in (("a", 0.1, 0.5), ("b", 0.1, 0.7), ("c", 0.2, 0.9), ("d", 0.2, 0.8)):
        studio.document.replace(studio.document.project.set("training.optimizer.lr", rate))
        made[name] = make_run(started(epochs=1), *epoch(1, accuracy=accuracy), finished(accuracy=accuracy), name=name)
    return made


@pytest.fixture
def page(studio: Studio, runs: dict[str, RunFolder], qtbot: QtBot) -> Runs:
    return opened(studio, qtbot)


@pytest.fixture
def told(studio: Studio) -> list[Message]:
    """What was told, in order."""
    found: list[Message] = []
    studio.messages.posted.connect(found.append)
    return found


def opened(studio: Studio, qtbot: QtBot) -> Runs:
    for _ in range(20):
        studio.live.poll()
    made = Runs(studio)
    qtbot.addWidget(made)
    made.resize(1300, 900)
    made.show()
    made.activated()
    qtbot.waitUntil(lambda: made.gathered.whole)
    return made


def names(page: Runs) -> list[str]:
    """What the lines are called, from top to bottom."""
    return [line.value if isinstance(line, Group) else page.model.row(line).name for line in page.model.lines]


def filtered(page: Runs, qtbot: QtBot, text: str) -> None:
    page.search.line.clear()
    qtbot.keyClicks(page.search.line, text)
    page.search.ask()


def answer(studio: Studio, method: str, result: Any) -> dict[str, Any]:
    """Answer the last question of a method as the service would; return what was asked."""
    service: Any = studio.service
    asked = [one for one in service.questions if one.method == method][-1]
    asked.then(result)
    params: dict[str, Any] = asked.params
    return params


def test_that_an_expression_leaves_the_runs_of_which_it_holds(page: Runs, qtbot: QtBot) -> None:
    filtered(page, qtbot, "accuracy > 0.6 and lr = 0.2 or name = a")

    assert sorted(names(page)) == ["a", "c", "d"]
    assert page.count.text().startswith("3 of 4 runs")


def test_that_a_wrong_expression_is_told_at_the_field_and_the_table_stays_as_it_was(page: Runs, qtbot: QtBot) -> None:
    filtered(page, qtbot, "accuracy > 0.6")

    filtered(page, qtbot, "accuracy > 0.6 and")

    assert len(names(page)) == 3
    assert page.search.trouble.isVisible()
    assert "follow “and”. (At character 16.)" in page.search.trouble.text()
    filtered(page, qtbot, "accuracy > 0.8")
    assert not page.search.trouble.isVisible()
    assert names(page) == ["c"]


def test_that_a_name_that_no_run_has_is_refused_with_the_one_that_was_meant(page: Runs, qtbot: QtBot) -> None:
    filtered(page, qtbot, "acuracy > 0.6")

    assert len(names(page)) == 4
    assert "Is accuracy meant?" in page.search.trouble.text()


def test_that_settings_that_become_known_later_can_be_asked_for_then(
    studio: Studio, runs: dict[str, RunFolder], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(FollowedFolder, "parameters", {})
        page = opened(studio, qtbot)
    assert RATE not in page.gathered.keys

    for run in runs.values():
        studio.live.summary_changed.emit(run.id)
    page.model.tell()
    qtbot.waitUntil(lambda: page.gathered.whole)

    filtered(page, qtbot, "lr = 0.2")
    assert sorted(names(page)) == ["c", "d"]


def test_that_tab_takes_what_is_offered_while_a_filter_is_typed(page: Runs, qtbot: QtBot) -> None:
    for typed in ("optimizer.l", "=", "and na", "!= c"):
        qtbot.keyClicks(page.search.line, typed)
        qtbot.keyClick(page.search.line, Qt.Key.Key_Tab)
    page.search.ask()

    assert page.search.text().split() == ["training.optimizer.lr", "=0.1", "and", "name", "!=", "c"]
    assert sorted(names(page)) == ["a", "b"]


def test_that_a_filter_that_nothing_fits_offers_to_be_cleared(page: Runs, qtbot: QtBot) -> None:
    filtered(page, qtbot, "tag:nothing")
    assert page.nothing.isVisible()

    qtbot.mouseClick(page.nothing.button, Qt.MouseButton.LeftButton)

    assert len(names(page)) == 4
    assert page.table.isVisible()


def test_that_a_kept_filter_is_offered_in_the_empty_line_also_later(page: Runs, studio: Studio, qtbot: QtBot) -> None:
    filtered(page, qtbot, "accuracy > 0.8")
    page.search.keep_action.trigger()

    again = opened(studio, qtbot)
    qtbot.keyClick(again.search.line, Qt.Key.Key_Down)
    qtbot.keyClick(again.search.line, Qt.Key.Key_Tab)
    again.search.ask()

    assert names(again) == ["c"]
    again.search.keep_action.trigger()
    again.search.set_text("")
    qtbot.keyClick(again.search.line, Qt.Key.Key_Down)
    qtbot.keyClick(again.search.line, Qt.Key.Key_Tab)
    assert "0.8" not in again.search.text()


def test_that_runs_fold_under_the_value_of_a_setting_and_right_opens_a_group(page: Runs, qtbot: QtBot) -> None:
    page.table.sort_by("best", down=True)

    page.table.group_by(RATE)

    assert names(page) == ["0.2", "0.1"]
    place = [column.key for column in page.model.columns].index("best")
    assert page.model.index(0, place).data() == "0.85 ± 0.64"
    page.table.halves.select(page.model.lines[:1])
    qtbot.keyClick(page.table.view, Qt.Key.Key_Right)
    assert names(page) == ["0.2", "c", "d", "0.1"]
    qtbot.keyClick(page.table.view, Qt.Key.Key_Left)
    assert names(page) == ["0.2", "0.1"]


def test_that_a_selected_group_stands_for_its_runs(page: Runs, runs: dict[str, RunFolder]) -> None:
    page.table.group_by(RATE)

    page.table.halves.select([line for line in page.model.lines if isinstance(line, Group) and line.value == "0.1"])

    assert set(page.selected()) == {runs["a"].id, runs["b"].id}


def test_that_the_list_of_groups_is_opened_by_a_key_and_chosen_by_typing(
    page: Runs, studio: Studio, qtbot: QtBot
) -> None:
    studio.actions.trigger("runs.group_by")
    qtbot.keyClicks(page.setting_up.groups.search, "optimizer.lr")
    qtbot.keyClick(page.setting_up.groups.search, Qt.Key.Key_Return)

    assert page.table.setup.group == RATE
    assert page.bar.grouped.isVisible()
    studio.actions.trigger("runs.ungroup")
    assert len(names(page)) == 4


def test_that_space_stars_and_ctrl_z_takes_it_back(page: Runs, runs: dict[str, RunFolder], qtbot: QtBot) -> None:
    page.select(runs["a"].id, runs["b"].id)

    page.studio.actions.trigger("runs.star")
    assert [runs[name].notes().starred for name in "abc"] == [True, True, False]
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(page.table.view, Qt.Key.Key_Z, control)
    assert not runs["a"].notes().starred
    qtbot.keyClick(page.table.view, Qt.Key.Key_Z, control | shift)
    assert runs["b"].notes().starred


def test_that_the_table_keeps_ctrl_z_from_undoing_an_edit_that_nobody_sees(
    page: Runs, studio: Studio, qtbot: QtBot
) -> None:
    studio.document.edit("Rename", studio.document.project.having(name="precious"))
    page.table.setFocus()

    qtbot.keyClick(page.table.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert studio.document.project.name == "precious"


def test_that_f2_names_a_run_and_escape_leaves_its_name(page: Runs, runs: dict[str, RunFolder], qtbot: QtBot) -> None:
    page.select(runs["a"].id)
    page.studio.actions.trigger("runs.rename")
    qtbot.keyClicks(page.marks.name_line, "the winner")
    qtbot.keyClick(page.marks.name_line, Qt.Key.Key_Return)
    page.studio.actions.trigger("runs.rename")
    qtbot.keyClicks(page.marks.name_line, "no")
    qtbot.keyClick(page.marks.name_line, Qt.Key.Key_Escape)

    assert runs["a"].notes().name == "the winner"
    page.model.tell()
    assert "the winner" in names(page)


def test_that_tags_of_many_runs_are_edited_at_once_and_those_of_single_ones_stay(
    page: Runs, studio: Studio, runs: dict[str, RunFolder], qtbot: QtBot
) -> None:
    studio.live.note(runs["a"].id, Notes(tags=("mine", "old")))
    studio.live.note(runs["b"].id, Notes(tags=("old",)))
    page.select(runs["a"].id, runs["b"].id)

    studio.actions.trigger("runs.tags")
    assert page.marks.writing.line.text() == "old"
    qtbot.keyClicks(page.marks.writing.line, "new,  very new")
    qtbot.keyClick(page.marks.writing.line, Qt.Key.Key_Return)

    assert runs["a"].notes().tags == ("mine", "new", "very new")
    assert runs["b"].notes().tags == ("new", "very new")


def test_that_a_note_has_lines_and_is_searched(page: Runs, runs: dict[str, RunFolder], qtbot: QtBot) -> None:
    page.select(runs["c"].id)
    page.studio.actions.trigger("runs.note")
    qtbot.keyClicks(page.marks.writing.page, "Promising")
    qtbot.keyClick(page.marks.writing.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert runs["c"].notes().text == "Promising"
    page.model.tell()
    filtered(page, qtbot, "promis")
    assert names(page) == ["c"]


def test_that_a_chosen_color_is_kept_and_others_make_way_for_it(page: Runs, runs: dict[str, RunFolder]) -> None:
    page.select(*(run.id for run in runs.values()))

    page.marks.color_menu([runs["a"].id]).actions()[page.model.color(runs["b"].id)].trigger()
    page.model.tell()

    assert runs["a"].notes().color == page.model.color(runs["a"].id)
    assert len({page.model.color(run.id) for run in runs.values()}) == 4


def test_that_notes_that_cannot_be_written_are_told_and_not_pretended(
    page: Runs, studio: Studio, runs: dict[str, RunFolder], told: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(RunFolder, "note", refuse)
    page.select(runs["a"].id)

    studio.actions.trigger("runs.star")

    assert "No space left" in told[-1].text
    assert not studio.live.notes(runs["a"].id).starred
    assert not page.marks.noting.undoable()


def test_that_a_column_is_found_by_typing_shown_pinned_and_remembered(page: Runs, studio: Studio, qtbot: QtBot) -> None:
    chooser = page.setting_up.columns
    studio.actions.trigger("runs.columns")
    qtbot.keyClicks(chooser.search, "optimizer.lr")
    qtbot.keyClick(chooser.search, Qt.Key.Key_Return)
    assert page.table.setup.columns[-1] == RATE

    qtbot.keyClick(chooser.search, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    assert page.table.setup.columns[:2] == ("name", RATE)
    assert not page.table.halves.still.isColumnHidden(1)
    assert page.table.view.isColumnHidden(1)
    assert opened(studio, qtbot).table.setup == page.table.setup


def test_that_only_settings_that_differ_are_shown(page: Runs, studio: Studio) -> None:
    page.table.change(lambda setup: setup.showing("parameter:training.seed"))

    studio.actions.trigger("runs.differ")

    assert [key for key in page.table.setup.columns if key.startswith("parameter:")] == [RATE]


def test_that_the_selection_survives_other_columns_and_another_order(page: Runs, runs: dict[str, RunFolder]) -> None:
    page.select(runs["a"].id, runs["c"].id)

    page.table.change(lambda setup: setup.hiding("state").showing("disk"))
    page.table.sort_by("best", down=True)

    assert page.selected() == [runs["c"].id, runs["a"].id]


def test_that_a_run_that_is_filtered_out_is_no_longer_looked_at(
    page: Runs, runs: dict[str, RunFolder], qtbot: QtBot
) -> None:
    page.select(runs["a"].id, runs["c"].id)

    filtered(page, qtbot, "accuracy > 0.8")

    assert page.selected() == [runs["c"].id]
    assert page.count.text() == "1 of 4 runs, 1 selected"


def test_that_a_heading_sorts_and_pressed_again_turns_the_order_round(page: Runs, qtbot: QtBot) -> None:
    header = page.table.view.horizontalHeader()
    best = [column.key for column in page.model.columns].index("best")
    place = QPoint(header.sectionViewportPosition(best) + 20, header.height() // 2)

    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(page) == ["c", "d", "b", "a"]
    assert page.model.headerData(best, Qt.Orientation.Horizontal) == "↓ Best"
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(page) == ["a", "b", "d", "c"]


def test_that_the_star_in_a_row_is_pressed_without_selecting_it(
    page: Runs, runs: dict[str, RunFolder], qtbot: QtBot
) -> None:
    page.select(runs["a"].id)
    line = page.model.lines.index(runs["d"].id)
    cell = page.table.halves.still.visualRect(page.model.index(line, 0))

    qtbot.mouseClick(
        page.table.halves.still.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(cell.right() - 14, cell.center().y())
    )

    assert runs["d"].notes().starred
    assert page.selected() == [runs["a"].id]


def test_that_the_trash_says_what_it_takes_and_is_emptied_only_when_that_is_wanted(
    page: Runs, studio: Studio, told: list[Message]
) -> None:
    studio.actions.trigger("runs.purge")
    answer(studio, "trash", {"runs": ["x", "y"], "bytes": 3_200_000})
    assert told[-1].text.startswith("2 deleted runs take 3.2 MB,")

    told[-1].actions["Empty the trash"]()
    asked = answer(studio, "purge", {"runs": ["x"], "freed": 3e6, "kept": {"y": "it is being trained"}})
    forgotten = answer(studio, "forget_runs", {"forgotten": 1, "left": 0, "freed": 1_500_000})

    assert asked == {"runs": ["x", "y"]}
    assert forgotten == {"runs": ["x"]}
    assert told[-1].text == "The trash was emptied: 4.5 MB freed. “y” stayed, since it is being trained."


def test_that_mlflow_that_does_not_forget_is_told_and_can_be_asked_again(
    page: Runs, studio: Studio, told: list[Message]
) -> None:
    service: Any = studio.service
    studio.actions.trigger("runs.purge")
    answer(studio, "trash", {"runs": ["x"], "bytes": 1})
    told[-1].actions["Empty the trash"]()
    answer(studio, "purge", {"runs": ["x"], "freed": 1e6, "kept": {}})

    service.questions[-1].failed("The server does not answer.")

    assert "MLflow still has them: The server does not answer." in told[-1].text
    told[-1].actions["Try again"]()
    answer(studio, "forget_runs", {"forgotten": 1, "left": 0, "freed": 0})
    assert told[-1].tone == "success"


def test_that_undo_after_the_trash_was_emptied_says_so(
    page: Runs, studio: Studio, runs: dict[str, RunFolder], told: list[Message], qtbot: QtBot
) -> None:
    page.select(runs["a"].id)
    studio.actions.trigger("runs.delete")
    qtbot.waitUntil(polled(studio, lambda: "a" not in names(page)))
    undo = told[-1].actions["Undo"]
    (studio.workspace.trash / runs["a"].id).rename(studio.workspace.path / "elsewhere")

    undo()

    assert "no longer in the trash" in told[-1].text


def test_that_the_shown_rows_are_handed_over_in_their_order_to_be_written(
    page: Runs, studio: Studio, qtbot: QtBot, tmp_path: Path, told: list[Message]
) -> None:
    page.table.sort_by("best", down=True)
    page.table.change(lambda setup: setup.showing(RATE, "best:validation/loss"))
    filtered(page, qtbot, "accuracy > 0.6")

    page.exporting.write(tmp_path / "runs.parquet")

    service: Any = studio.service
    qtbot.waitUntil(lambda: any(one.method == "write_table" for one in service.questions))
    asked = answer(studio, "write_table", {"rows": 3, "bytes": 100})
    places = [
        asked["columns"].index(title) for title in ("Name", "Best", "training.optimizer.lr", "best validation/loss")
    ]
    assert [[row[place] for place in places] for row in asked["rows"]] == [
        ["c", 0.9, 0.2, 0.5],
        ["d", 0.8, 0.2, 0.5],
        ["b", 0.7, 0.1, 0.5],
    ]
    assert told[-1].text.startswith("3 runs written")


def test_that_disk_usage_is_counted_while_its_column_is_shown(
    page: Runs, studio: Studio, runs: dict[str, RunFolder]
) -> None:
    service: Any = studio.service
    assert not any(one.method == "disk_usage" for one in service.questions)

    page.table.change(lambda setup: setup.showing("disk"))
    answer(studio, "disk_usage", {run.id: 1500 * place for place, run in enumerate(runs.values(), 1)})

    place = page.table.setup.columns.index("disk")
    assert {page.model.index(at, place).data() for at in range(4)} == {"1.5 kB", "3.0 kB", "4.5 kB", "6.0 kB"}
