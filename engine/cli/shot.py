"""`netloom shot`: a picture of a page of the real window, without a screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from engine.api import load
from engine.cli.saying import console, errors
from engine.cli.unseen import run_window

PAGES = ("design", "data", "train", "runs", "search")
THEMES = ("dark", "light")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What is wanted."""

    page: str
    theme: str
    size: str
    out: Path

    def check(self) -> None:
        """Raise ValueError, saying what there is, where something wanted is not."""
        if self.page not in PAGES:
            raise ValueError(f"There is no page '{self.page}'. There are: {', '.join(PAGES)}.")
        if self.theme not in THEMES:
            raise ValueError(f"There is no theme '{self.theme}'. There are: {', '.join(THEMES)}.")
        if not re.fullmatch(r"[1-9]\d{2,3}x[1-9]\d{2,3}", self.size):
            raise ValueError(f"'{self.size}' is not a size; write it as in 1600x1000.")
        if not self.out.absolute().parent.is_dir():
            raise ValueError(f"There is no folder '{self.out.absolute().parent}' to put the picture into.")

    def options(self) -> list[str]:
        """As the window's command line wants it."""
        return ["--shot", self.page, "--theme", self.theme, "--size", self.size, "--out", str(self.out.absolute())]


def take_shot(file: Path, picture: Picture, *, workspace: Path | None = None) -> int:
    """Take the picture; return the exit status."""
    load(file)
    picture.check()
    place = ["--workspace", str(workspace.absolute())] if workspace else []
    status, said = run_window([str(file.absolute()), *place, *picture.options()])
    if status or not picture.out.is_file():
        errors.print(f"The picture could not be taken. {said}")
        return 1
    console.print(str(picture.out), markup=False)
    return 0
