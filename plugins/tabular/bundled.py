"""The small datasets that come with scikit-learn: nothing to download, trained in seconds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.spec import Dataset

if TYPE_CHECKING:
    from engine.data import Source


class Digits(Dataset):
    """Which digit a handwriting of 8 × 8 pixels shows; 1,797 of them."""

    category = "Images"
    synonyms = ("mnist", "handwriting")

    def open(self, folder: Path, cache: Path | None = None) -> Source:
        from plugins.tabular._bundled import digits

        return digits()


class BreastCancer(Dataset):
    """Whether a tumor is malignant, by 30 measurements of its cells; 569 biopsies."""

    category = "Tables"
    label = "Breast cancer"

    def open(self, folder: Path, cache: Path | None = None) -> Source:
        from plugins.tabular._bundled import breast_cancer

        return breast_cancer()


class Wine(Dataset):
    """Which of three growers made a wine, by 13 chemical measurements; 178 wines."""

    category = "Tables"

    def open(self, folder: Path, cache: Path | None = None) -> Source:
        from plugins.tabular._bundled import wine

        return wine()


class Diabetes(Dataset):
    """How far diabetes progresses within a year, by 10 measurements; 442 patients."""

    category = "Tables"

    def open(self, folder: Path, cache: Path | None = None) -> Source:
        from plugins.tabular._bundled import diabetes

        return diabetes()
