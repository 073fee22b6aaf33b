"""The small datasets that come with scikit-learn: nothing to download, trained in seconds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.spec import Dataset

if TYPE_CHECKING:
    from engine.data import Source


class Digits(Dataset):
    """1,797 handwritten digits of 8 × 8 pixels: which digit is it?"""

    category = "Images"
    synonyms = ("mnist", "handwriting")

    def open(self, folder: Path, cache: Path | None = None) -> Source:
        from plugins.tabular._bundled import digits

        return digits()


class BreastCancer(Dataset):
    """569 biopsies described by 30 numbers: is the tumor malignant or benign?"""

    category = "Tables"
    label = "Breast cancer"

    def open(self, folder: Path, cache: Path | None = None) -> Source:
        from plugins.tabular._bundled import breast_cancer

        return breast_cancer()


class Wine(Dataset):
    """178 wines described by 13 chemical measurements: which of three growers made it?"""

    category = "Tables"

    def open(self, folder: Path, cache: Path | None = None) -> Source:
        from plugins.tabular._bundled import wine

        return wine()


class Diabetes(Dataset):
    """442 patients described by 10 measurements: how far will their diabetes have progressed in a year?"""

    category = "Tables"

    def open(self, folder: Path, cache: Path | None = None) -> Source:
        from plugins.tabular._bundled import diabetes

        return diabetes()
