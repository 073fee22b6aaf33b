"""What a run answers is what it was measured by, and is kept whole."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.data import divide, open_source
from engine.predict import Answers, Predicting, PredictionError, open_trained
from engine.predict.answers import read_answers, write_answers
from engine.predict.trained import CHANGED
from engine.runs import RunFolder, Workspace
from engine.spec import Catalogue, Split

CATALOGUE = Catalogue.load()


def ask(run: RunFolder, split: str = "validation", *, seconds: float = 60) -> Answers:
    source = open_source(run.project(), CATALOGUE, folder=run.path)
    work = Predicting(open_trained(run, split, source, CATALOGUE), split)
    while not work.advance(seconds):
        pass
    return work.answers()


@pytest.mark.parametrize("split", ["validation", "test"])
def test_that_answers_are_as_good_as_the_run_said(strong: RunFolder, split: str) -> None:
    found, summary = ask(strong, split), strong.summary()
    said = summary.best if split == "validation" else summary.last
    assert found.right.mean() == pytest.approx(said[f"{split}/accuracy"])
    assert found.values["error"].mean() == pytest.approx(said[f"{split}/loss"], rel=1e-4)


def test_that_numbers_are_in_their_own_unit(table: RunFolder) -> None:
    found, said = ask(table), table.summary().best
    truth, answer = found.values["truth"], found.values["answer"]
    assert truth.shape == (len(found), 1)
    assert 20 < truth.mean() < 400
    assert np.sqrt(np.square(answer - truth).mean()) == pytest.approx(said["validation/rmse"], rel=1e-4)
    assert found.values["error"] == pytest.approx(np.abs(answer - truth)[:, 0], rel=1e-3)


def test_that_rows_are_those_of_the_run_s_own_split(elsewhere: RunFolder) -> None:
    source = open_source(elsewhere.project(), CATALOGUE, folder=elsewhere.path)
    rows = divide(source, Split(seed=1))["validation"]
    assert np.array_equal(ask(elsewhere).rows, rows)


def test_that_slices_of_work_answer_the_same(strong: RunFolder) -> None:
    whole, sliced = ask(strong), ask(strong, seconds=0)
    assert all(np.array_equal(whole.values[name], sliced.values[name]) for name in whole.values)


def test_that_answers_are_read_as_they_were_kept(strong: RunFolder, tmp_path: Path) -> None:
    found = replace(ask(strong), notes=(CHANGED,))
    write_answers(tmp_path / "a" / "one.safetensors", found)
    again = read_answers(tmp_path / "a" / "one.safetensors")
    assert again is not None
    assert replace(again, rows=found.rows, values=found.values) == found
    assert np.array_equal(again.rows, found.rows)
    assert all(np.array_equal(again.values[name], one) for name, one in found.values.items())


@pytest.mark.parametrize("content", [b"", b"\x00" * 64, b"{}"])
def test_that_a_broken_file_of_answers_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broken").write_bytes(content)
    assert read_answers(tmp_path / "broken") is None
    assert read_answers(tmp_path / "missing") is None


def test_that_data_that_changed_since_is_said(strong: RunFolder) -> None:
    source = open_source(strong.project(), CATALOGUE, folder=strong.path)
    other = replace(source, fingerprint="another")
    assert open_trained(strong, "test", other, CATALOGUE).notes == (CHANGED,)


def test_that_a_run_without_weights_is_refused_in_words(space: Workspace, strong: RunFolder) -> None:
    fresh = Workspace(space.path.parent / "fresh").prepare().new_run(strong.project())
    source = open_source(strong.project(), CATALOGUE, folder=strong.path)
    with pytest.raises(PredictionError, match="no checkpoint yet"):
        open_trained(fresh, "test", source, CATALOGUE)


def test_that_weights_that_cannot_be_read_are_refused_in_words(space: Workspace, strong: RunFolder) -> None:
    torn = Workspace(space.path.parent / "torn").prepare().new_run(strong.project())
    torn.checkpoints.mkdir()
    (torn.checkpoints / "best.safetensors").write_bytes(b"torn")
    torn.write_json("statistics.json", strong.read_json("statistics.json"))
    source = open_source(strong.project(), CATALOGUE, folder=strong.path)
    with pytest.raises(PredictionError, match="weights of “strong” cannot be read"):
        open_trained(torn, "test", source, CATALOGUE)
