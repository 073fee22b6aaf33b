"""What was asked for on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from studio.shell.script import Shot
from studio.theme import Mode

THEMES: tuple[Mode, ...] = ("system", "dark", "light")


@dataclass(frozen=True, kw_only=True)
class Options:
    """What was asked for on the command line."""

    file: Path | None = None
    workspace: Path | None = None
    theme: Mode | None = None
    size: tuple[int, int] | None = None
    page: str | None = None
    train: bool = False
    shots: tuple[Shot, ...] = ()
    quits: bool = False
    offscreen: bool = False
    device: str | None = None

    @property
    def scripted(self) -> bool:
        """Whether no person is expected: nothing of the person's own is read or remembered then."""
        return self.quits or bool(self.shots)


def parse(arguments: Sequence[str], *, pages: tuple[str, ...]) -> Options:
    """Options from the command line."""
    parser = argparse.ArgumentParser(prog="netloom", description="The Netloom window.")
    parser.add_argument("file", nargs="?", type=Path, help="project to open")
    parser.add_argument("--workspace", type=Path, help="folder of the runs")
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--size", type=_size, metavar="WxH")
    parser.add_argument("--page", choices=pages, help="page to begin with")
    parser.add_argument("--device", help="where runs are trained: auto, cpu, cuda:0, mps")
    parser.add_argument("--offscreen", action="store_true", help="use no screen")
    parser.add_argument("--train", action="store_true", help="start a run at once")
    parser.add_argument("--shot", choices=pages, help="take a picture of this page and end")
    parser.add_argument("--out", type=Path, default=Path("shot.png"), help="where the picture goes")
    parser.add_argument("--shots", type=Path, metavar="DIR", help="take pictures of all pages, after the run if any")
    parser.add_argument("--quit-when-done", action="store_true")
    given = parser.parse_args(arguments)
    return Options(
        file=given.file,
        workspace=given.workspace,
        theme=given.theme,
        size=given.size,
        page=given.page,
        train=given.train,
        device=given.device,
        offscreen=given.offscreen,
        quits=given.quit_when_done or given.shot is not None,
        shots=_shots(given, pages),
    )


def _shots(given: argparse.Namespace, pages: tuple[str, ...]) -> tuple[Shot, ...]:
    theme = given.theme if given.theme in {"dark", "light"} else "dark"
    if given.shot:
        return (Shot(page=given.shot, theme=theme, path=given.out),)
    if given.shots:
        pairs = product(("dark", "light"), pages)
        return tuple(Shot(page=page, theme=name, path=given.shots / f"{page}-{name}.png") for name, page in pairs)
    return ()


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    return int(width), int(height)
