"""CSV tables: what is guessed, what is skipped, and what is said of broken ones."""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from engine.data import Features, Source, divide, facts_of, prepare
from engine.spec import DataError, Facts, Split
from plugins.tabular.table import CSV
from tests.contracts import DatasetContract

FLOWERS = "petal,color,kind\n" + "".join(
    f"{at % 7 + at / 10},{('red', 'blue', 'NA')[at % 3]},{('rose', 'tulip')[at % 2]}\n" for at in range(40)
)


def opened(folder: Path, text: str | bytes, **settings: Any) -> Source:
    path = folder / "table.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CSV(path="table.csv", **settings).open(folder)


def refused(folder: Path, text: str | bytes, **settings: Any) -> DataError:
    with pytest.raises(DataError) as refusal:
        opened(folder, text, **settings)
    return refusal.value


def facts(source: Source) -> Facts:
    return facts_of(source, {"train": np.arange(len(source))})


def inputs(source: Source) -> list[str]:
    found: list[str] = facts(source).column("features").about["inputs"]
    return found


def values(source: Source, name: str = "features") -> Any:
    return source.columns[name].values


def numbers(rows: int = 30) -> str:
    return "a,b,y\n" + "".join(f"{at},{at * at},{at / 3}\n" for at in range(rows))


class TestCSV(DatasetContract):
    declares = CSV

    def parameters(self, folder: Path) -> Mapping[str, Any]:
        (folder / "flowers.csv").write_text(FLOWERS)
        return {"path": "flowers.csv"}


class TestCSVWithNumbers(DatasetContract):
    declares = CSV

    def parameters(self, folder: Path) -> Mapping[str, Any]:
        (folder / "numbers.csv").write_text(numbers())
        return {"path": "numbers.csv"}


# ------------------------------------------------------------------------------------------------- lines and cells


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", " "])
def test_that_the_delimiter_is_found(tmp_path: Path, mark: str) -> None:
    assert inputs(opened(tmp_path, numbers().replace(",", mark)))[:2] == ["a", "b"]


def test_that_a_comma_inside_quotes_is_no_delimiter(tmp_path: Path) -> None:
    text = "place;size;y\n" + "".join(f'"Bonn, {"AB"[at % 2]}";{at}.5;{at}.25\n' for at in range(20))
    assert inputs(opened(tmp_path, text)) == ["place = Bonn, A", "place = Bonn, B", "size"]


def test_that_decimal_commas_are_numbers(tmp_path: Path) -> None:
    text = "a;y\n" + "".join(f"{at},5;{at},25\n" for at in range(20))
    source = opened(tmp_path, text)
    np.testing.assert_allclose(values(source)[:, 0], np.arange(20) + 0.5)
    np.testing.assert_allclose(values(source, "target"), np.arange(20) + 0.25)


def test_that_a_table_without_names_gets_some(tmp_path: Path) -> None:
    source = opened(tmp_path, numbers().partition("\n")[2])
    assert len(source) == 30
    assert inputs(source) == ["column_1", "column_2"]
    assert any("no line of names" in note for note in source.notes)


def test_that_names_of_texts_only_are_seen_as_names(tmp_path: Path) -> None:
    source = opened(tmp_path, "color,kind\n" + "red,rose\nblue,tulip\n" * 20)
    assert len(source) == 40
    assert inputs(source) == ["color = blue", "color = red"]


def test_that_the_header_can_be_said(tmp_path: Path) -> None:
    text = "1990,1991,2000\n" + "".join(f"{at * 2}.5,{at}.5,{at}.25\n" for at in range(20))
    assert inputs(opened(tmp_path, text, header="yes")) == ["1990", "1991"]
    assert inputs(opened(tmp_path, text, header="no")) == ["column_1", "column_2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_that_umlauts_survive_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    text = "größe,ort\n" + "".join(f"{at}.5,{('Köln', 'Genève')[at % 2]}\n" for at in range(20))
    source = opened(tmp_path, text.encode(encoding))
    assert inputs(source) == ["größe"]
    assert facts(source).column("label").classes == ("Genève", "Köln")
    assert ("Latin-1" in " ".join(source.notes)) == (encoding == "latin-1")


@pytest.mark.parametrize("marker", ["", "NA", "?", "nan", "NaN", "null", "N/A", "  "])
def test_that_missing_numbers_become_the_median_and_are_marked(tmp_path: Path, marker: str) -> None:
    text = "a,b,y\n" + "".join(f"{marker if at == 3 else at}, {at * at},{at}.5\n" for at in range(11))
    source = opened(tmp_path, text)
    assert inputs(source) == ["a", "a is missing", "b"]
    measured = facts(source).statistics["features"]["fields"][0]
    assert measured["missing"] == 1
    assert measured["median"] == 5.5
    assert inputs(opened(tmp_path, text, indicators=False)) == ["a", "b"]


def test_that_blanks_around_cells_do_not_count(tmp_path: Path) -> None:
    source = opened(tmp_path, "a, b, kind\n" + "  1.5 , red ,  yes\n 2.5, blue , no \n" * 15)
    assert inputs(source) == ["a", "b = blue", "b = red"]
    assert facts(source).column("label").classes == ("no", "yes")


def test_that_rows_of_another_length_are_skipped_counted_and_named(tmp_path: Path) -> None:
    lines = numbers().splitlines()
    lines[5] += ",7"
    lines[9] = "1"
    source = opened(tmp_path, "\n".join(lines))
    assert len(source) == 28
    assert "Skipped 2 rows of 'table.csv' that do not have 3 cells (line 6, 10)." in source.notes
    assert source.names[4] == "line 7"


def test_that_a_table_with_many_ragged_rows_is_refused_naming_a_line(tmp_path: Path) -> None:
    lines = numbers().splitlines()
    lines[3:12] = ["1,2"] * 9
    error = refused(tmp_path, "\n".join(lines), delimiter=",")
    assert "line 4: 2 cells, where most lines have 3; so it is with 9 of 31 lines" in str(error)


def test_that_a_wrong_delimiter_is_said_with_the_right_one(tmp_path: Path) -> None:
    error = refused(tmp_path, numbers(), delimiter=";")
    assert str(error) == "With the delimiter ';', 'table.csv' has a single column. Its lines look separated by ','."
    assert error.parameter == "delimiter"


def test_that_a_quotation_mark_that_never_closes_is_said(tmp_path: Path) -> None:
    lines = numbers(40_000).splitlines()
    lines[2] = '"1,2,3'
    assert "line" in str(refused(tmp_path, "\n".join(lines), delimiter=","))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("\n \n", "is empty"),
        ("a,b\n", "nothing below"),
        ("just words\n" * 3, ""),
        (b"PK\x03\x04\x00\x00", "not a text file"),
        (b"\xff\xfea\x00\xd8", "broken"),
    ],
)
def test_that_a_file_that_is_no_table_is_said(tmp_path: Path, text: str | bytes, said: str) -> None:
    assert said in str(refused(tmp_path, text))


def test_that_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no file .*nowhere\.csv") as refusal:
        CSV(path="nowhere.csv").open(tmp_path)
    assert refusal.value.parameter == "path"


# ------------------------------------------------------------------------------------------------------ columns


def test_that_columns_that_tell_nothing_are_left_out_and_named(tmp_path: Path) -> None:
    text = "id,same,empty,name,a,y\n" + "".join(f"{at + 1},x,,person {at},{at % 5},{at}.5\n" for at in range(100))
    source = opened(tmp_path, text)
    assert inputs(source) == ["a"]
    assert source.notes == (
        "Left out 'id': it only numbers the rows.",
        "Left out 'same': it never varies.",
        "Left out 'empty': it is empty.",
        "Left out 'name': text with 100 different values.",
    )


@pytest.mark.parametrize("name", ["", "id", "Index", "Unnamed: 0", "row_id"])
def test_that_row_numbers_are_known_by_their_name(tmp_path: Path, name: str) -> None:
    assert inputs(opened(tmp_path, numbers().replace("a", name, 1))) == ["b"]
    assert inputs(opened(tmp_path, numbers().replace("a", "week", 1))) == ["week", "b"]


def test_that_the_user_may_leave_columns_out(tmp_path: Path) -> None:
    assert inputs(opened(tmp_path, FLOWERS, ignore=" color ")) == ["petal"]
    assert refused(tmp_path, FLOWERS, ignore="colour").parameter == "ignore"


def test_that_a_few_words_among_numbers_count_as_missing_and_are_named(tmp_path: Path) -> None:
    text = "a,y\n" + "".join(f"{'broken' if at == 7 else at * 3},{at}.5\n" for at in range(50))
    source = opened(tmp_path, text)
    assert source.notes == ("'a' holds numbers; 'broken' count as missing.",)
    assert np.isnan(values(source)[7, 0])


def test_that_infinity_is_not_a_number_to_learn_from(tmp_path: Path) -> None:
    text = "a,y\n" + "".join(f"{'inf' if at == 7 else at * 3},{at}.5\n" for at in range(50))
    data = prepare(opened(tmp_path, text), Split())
    assert all(np.isfinite(list(one.values())[:3]).all() for one in data.facts.statistics["features"]["fields"])


# ------------------------------------------------------------------------------------------------------- target


def test_that_the_last_column_is_predicted_unless_said_otherwise(tmp_path: Path) -> None:
    assert facts(opened(tmp_path, FLOWERS)).column("label").classes == ("rose", "tulip")
    assert inputs(opened(tmp_path, FLOWERS, target="petal"))[-2:] == ["kind = rose", "kind = tulip"]


def test_that_an_unknown_target_is_said_with_the_columns_there_are(tmp_path: Path) -> None:
    error = refused(tmp_path, FLOWERS, target="price")
    assert str(error) == "The table has no column 'price' to predict. It has: petal, color, kind."
    assert error.parameter == "target"


def test_that_a_few_whole_numbers_are_classes_in_their_order(tmp_path: Path) -> None:
    text = "a,y\n" + "".join(f"{at}.5,{at % 11}\n" for at in range(44))
    assert facts(opened(tmp_path, text)).column("label").classes == tuple(map(str, range(11)))
    assert "target" in opened(tmp_path, text, target_type="number").columns


def test_that_words_are_refused_as_numbers_to_predict(tmp_path: Path) -> None:
    error = refused(tmp_path, FLOWERS, target_type="number")
    assert "The target 'kind' is not a number everywhere: it says 'rose'." in str(error)
    assert error.parameter == "target"


def test_that_a_single_class_is_refused(tmp_path: Path) -> None:
    error = refused(tmp_path, FLOWERS.replace("tulip", "rose"))
    assert "every sample is of class 'rose'" in str(error)
    assert error.parameter == "target"


def test_that_free_text_is_refused_as_classes(tmp_path: Path) -> None:
    text = "a,name\n" + "".join(f"{at}.5,person {at}\n" for at in range(50))
    assert "50 different texts in 50 rows" in str(refused(tmp_path, text))


def test_that_rows_without_an_answer_are_left_out_and_counted(tmp_path: Path) -> None:
    source = opened(tmp_path, FLOWERS.replace("rose", "?", 3))
    assert len(source) == 37
    assert "Left out 3 rows without 'kind'." in source.notes


def test_that_a_target_alone_is_refused(tmp_path: Path) -> None:
    text = "same,kind\n" + "x,rose\nx,tulip\n" * 10
    assert "No column is left to predict 'kind' from" in str(refused(tmp_path, text))


# ---------------------------------------------------------------------------------------------------- test table


def test_that_a_test_table_is_the_test_split(tmp_path: Path) -> None:
    (tmp_path / "test.csv").write_text("kind,petal,color\nrose,1.5,red\ntulip.,2.5,green\nlily,1,red\n")
    source = opened(tmp_path, FLOWERS, test="test.csv")
    rows = divide(source, Split(validation=0.25))
    np.testing.assert_array_equal(values(source)[rows["test"], 0], [1.5, 2.5])
    np.testing.assert_array_equal(values(source, "label")[rows["test"]], [0, 1])
    assert len(rows["train"]) == 30
    assert "Left out 1 test rows of classes that training rows do not have." in source.notes


def test_that_a_category_seen_only_in_test_is_no_input(tmp_path: Path) -> None:
    (tmp_path / "test.csv").write_text("petal,color,kind\n1.5,green,rose\n")
    data = prepare(opened(tmp_path, FLOWERS, test="test.csv"), Split())
    assert not any("green" in one for one in data.facts.column("features").about["inputs"])


def test_that_a_test_table_with_other_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "test.csv").write_text("petal,colour,kind\n1.5,red,rose\n2.5,red,rose\n")
    error = refused(tmp_path, FLOWERS, test="test.csv")
    assert str(error) == "The test table lacks columns that the table has: 'color'."
    assert error.parameter == "test"


# ------------------------------------------------------------------------------------------------- whatever comes

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@settings(deadline=None)
@given(rows=st.lists(st.tuples(st.floats(-1e6, 1e6), CELL, st.sampled_from("xyz")), min_size=5, max_size=40))
def test_that_what_was_written_is_read(rows: list[tuple[float, str, str]], tmp_path_factory: Any) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([("number", "text", "kind"), *rows])
    try:
        source = opened(tmp_path_factory.mktemp("csv"), file.getvalue(), delimiter=",", header="yes")
    except DataError:
        assume(False)
    assert len(source) == len(rows)
    codes = sorted({kind for *_, kind in rows})
    assert [codes[code] for code in values(source, "label")] == [kind for *_, kind in rows]
    encoder = source.columns["features"].encoder
    assert isinstance(encoder, Features)
    for at, field in enumerate(encoder.fields):
        if field.name == "number":
            np.testing.assert_allclose(values(source)[:, at], [number for number, *_ in rows])


@settings(deadline=None)
@given(raw=st.binary(max_size=200))
@example(raw=b"|")
def test_that_any_bytes_end_in_a_table_or_a_sentence(raw: bytes, tmp_path_factory: Any) -> None:
    said = ""
    try:
        source = opened(tmp_path_factory.mktemp("csv"), raw)
    except DataError as error:
        said = str(error)
    assert said.endswith(".") or len(source) > 1


# --------------------------------------------------------------------------------------------------------- real


def test_that_penguins_open_with_gaps_and_categories(shared_data: Callable[[str], Path]) -> None:
    source = CSV(path=str(shared_data("palmer_penguins") / "penguins.csv"), target="species").open(Path())
    assert facts(source).column("label").classes == ("Adelie", "Chinstrap", "Gentoo")
    fields = facts(source).column("features").about["fields"]
    assert {one["name"]: one["missing"] for one in fields} == {
        "island": 0,
        "bill_length_mm": 2,
        "bill_depth_mm": 2,
        "flipper_length_mm": 2,
        "body_mass_g": 2,
        "sex": 11,
        "year": 0,
    }


def test_that_the_adult_census_opens_with_its_own_test_table(shared_data: Callable[[str], Path]) -> None:
    place = shared_data("adult_census")
    source = CSV(path=str(place / "adult-train.csv"), test=str(place / "adult-test.csv")).open(Path())
    assert {name: len(rows) for name, rows in source.splits.items()} == {"train": 32_561, "test": 16_281}
    assert facts(source).column("label").classes == ("<=50K", ">50K")
    assert "column_2 = (missing)" in inputs(source)
    share = values(source, "label")[source.splits["test"]].mean()
    assert share == pytest.approx(0.2362, abs=1e-3)


def test_that_california_housing_is_numbers_to_predict(shared_data: Callable[[str], Path]) -> None:
    path = shared_data("california_housing") / "housing.csv"
    source = CSV(path=str(path), target="median_house_value").open(Path())
    assert len(source) == 20_640
    assert facts(source).statistics["target"]["max"] == 500_001
    assert "total_bedrooms is missing" in inputs(source)
    assert sum("ocean_proximity" in one for one in inputs(source)) == 5
