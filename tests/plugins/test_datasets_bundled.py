"""The datasets that come with scikit-learn."""

from pathlib import Path

import numpy as np
import pytest

from engine.data import prepare
from engine.spec import Split
from plugins.tabular.bundled import BreastCancer, Diabetes, Digits, Wine
from tests.contracts import DatasetContract


class TestDigits(DatasetContract):
    declares = Digits

    def test_that_it_is_images_of_ten_classes(self, tmp_path: Path) -> None:
        facts = prepare(Digits().open(tmp_path), Split()).facts
        assert facts.column("image").shape == (1, 8, 8)
        assert facts.column("label").classes == tuple("0123456789")
        assert sum(facts.sizes.values()) == 1797


class TestBreastCancer(DatasetContract):
    declares = BreastCancer


class TestWine(DatasetContract):
    declares = Wine


class TestDiabetes(DatasetContract):
    declares = Diabetes

    def test_that_its_target_is_kept_in_its_own_unit(self, tmp_path: Path) -> None:
        statistics = prepare(Diabetes().open(tmp_path), Split()).facts.statistics["target"]
        assert (statistics["min"], statistics["max"]) == pytest.approx((25, 346), abs=10)

    def test_that_sex_is_a_category(self, tmp_path: Path) -> None:
        inputs = prepare(Diabetes().open(tmp_path), Split()).facts.column("features").about["inputs"]
        assert {"sex = 1", "sex = 2"} <= set(inputs)
        assert np.count_nonzero(["=" in one for one in inputs]) == 2
