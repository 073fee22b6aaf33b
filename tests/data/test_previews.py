"""What a person sees of a dataset."""

import base64
import io

import numpy as np
from PIL import Image

from engine.data import Field, Source, features_column, label_column, preview
from engine.spec import Split
from tests.data.making import labeled, numbered, pictured

SPLIT = Split(validation=0.25, test=0.25)


def table() -> Source:
    values = np.array([[1.0, 0], [2.5, 1], [np.nan, np.nan], [4.0, 1]] * 10)
    fields = [Field("age"), Field("color", "category", ("red", "blue"))]
    return Source(
        columns={
            "features": features_column(values, fields),
            "label": label_column(np.arange(40) % 2, ["no", "yes"]),
        },
        stratify="label",
        names=[f"line {at + 2}" for at in range(40)],
        notes=("Something was skipped.",),
        fingerprint="made up",
    )


def test_that_class_balance_is_counted_for_each_split() -> None:
    shown = preview(labeled((np.arange(80) % 4 == 0).astype(int)), SPLIT)
    assert shown["splits"] == {"train": 40, "validation": 20, "test": 20}
    assert shown["balance"]["test"] == {"class 0": 15, "class 1": 5}


def test_that_numbers_to_predict_are_shown_as_a_histogram() -> None:
    shown = preview(numbered(100), SPLIT)
    assert shown["balance"] == {}
    assert sum(shown["histogram"]["counts"]["train"]) == 50
    assert len(shown["histogram"]["edges"]) == len(shown["histogram"]["counts"]["train"]) + 1


def test_that_image_samples_are_the_real_pixels() -> None:
    source = pictured(40)
    for one in preview(source, SPLIT, count=9)["samples"]:
        seen = np.asarray(Image.open(io.BytesIO(base64.b64decode(one["png"]))))
        np.testing.assert_array_equal(seen, source.columns["image"].values[int(one["name"])].transpose(1, 2, 0))
        assert one["label"] == "ab"[int(one["name"]) % 2]


def test_that_table_samples_are_cells_as_they_were_written() -> None:
    shown = preview(table(), SPLIT, count=40)
    cells = {one["name"]: one["cells"] for one in shown["samples"]}
    assert cells["line 2"] == {"age": "1", "color": "red"}
    assert cells["line 3"] == {"age": "2.5", "color": "blue"}
    assert cells["line 4"] == {"age": "", "color": ""}


def test_that_fields_tell_of_the_training_split_alone() -> None:
    source = table()
    source.columns["features"].values[:, 0] = np.arange(40)
    age, color = preview(source, SPLIT)["fields"]
    assert (age["name"], age["type"], age["missing"]) == ("age", "number", 0)
    assert 0 <= age["min"] < age["mean"] < age["max"] <= 39
    assert color["different"] == 2
    assert sum(color["values"].values()) + color["missing"] == 20


def test_that_columns_are_described_as_the_network_sees_them() -> None:
    columns = {one["name"]: one for one in preview(table(), SPLIT)["columns"]}
    assert columns["features"]["shape"] == [5]
    assert columns["label"]["classes"] == ["no", "yes"]
    assert preview(table(), SPLIT)["notes"] == ["Something was skipped."]
