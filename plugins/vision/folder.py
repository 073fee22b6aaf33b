"""Images in folders, a folder for each class."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from engine.spec import Dataset, field

if TYPE_CHECKING:
    from engine.data import Source


class ImageFolder(Dataset):
    """Photos or drawings, a folder for each class; train, validation and test folders around those are kept."""

    category = "Files"
    label = "Image folder"
    synonyms = ("pictures", "photos", "png", "jpg", "classification")

    path: str = field("", path="folder", help="The folder that holds the class folders; relative to the project.")
    size: int = field(
        0,
        min=0,
        max=1024,
        unit="px",
        help="Width and height that every image is brought to; 0 takes the images' own, at most 64.",
    )
    mode: Literal["auto", "gray", "color"] = field(
        "auto", help="Gray has one channel, color three; auto is gray where all images are."
    )
    fit: Literal["crop", "pad", "stretch"] = field(
        "crop",
        help="How an image that is not square is made so: cut its middle out, fill up with black, or distort it.",
    )

    def open(self, folder: Path, cache: Path | None = None) -> Source:
        from plugins.vision._folder import read_folder

        return read_folder(self, folder, cache)
