"""IDX files, the format of MNIST and its relatives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.spec import Dataset, field

if TYPE_CHECKING:
    from engine.data import Source


class IDX(Dataset):
    """Images and labels in IDX files, packed with gzip or not, as MNIST and Fashion-MNIST are published."""

    category = "Files"
    label = "IDX files"
    synonyms = ("mnist", "fashion", "ubyte")

    path: str = field("", path="folder", help="The folder with the four files; relative to the project.")
    train_images: str = field(
        "", path="file", help="Training images, where the name is not the usual one.", advanced=True
    )
    train_labels: str = field(
        "", path="file", help="Training labels, where the name is not the usual one.", advanced=True
    )
    test_images: str = field("", path="file", help="Test images, where the name is not the usual one.", advanced=True)
    test_labels: str = field("", path="file", help="Test labels, where the name is not the usual one.", advanced=True)

    def open(self, folder: Path, cache: Path | None = None) -> Source:
        from plugins.vision._idx import read_idx

        return read_idx(self, folder)
