"""Deleting runs: first into the trash, from where they come back; for good when the trash is emptied."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from studio.pages.runs.table.facts import disk

if TYPE_CHECKING:
    from studio.context import Studio

NOTHING: Mapping[str, int] = MappingProxyType({})
KEY = "runs"
"""Of the messages: each takes the place of the one before."""


class Trash(QObject):
    """Moves run folders into the workspace's trash and back, and empties it.

    Args:
        studio: the window's parts.
    """

    def __init__(self, studio: Studio, parent: QObject) -> None:
        super().__init__(parent)
        self._studio = studio
        self._folder = studio.workspace.trash

    def take(self, runs: Sequence[str]) -> None:
        """Move runs into the trash, with an Undo."""
        moved: list[str] = []
        ours = [run for run in runs if (self._studio.workspace.runs / run).exists()]
        try:
            self._folder.mkdir(exist_ok=True)
            for run in ours:
                _move(self._studio.workspace.runs / run, self._folder / run)
                moved.append(run)
        except OSError as error:
            self._tell(f"“{ours[len(moved)]}” could not be deleted: {error.strerror}.", tone="error")
        if not ours:
            self._tell("Another tool wrote this into MLflow, so it can only be deleted there.", tone="warning")
        if moved:
            what = f"“{moved[0]}” was" if len(moved) == 1 else f"{len(moved):,} runs were"
            actions = {"Undo": lambda: self._put_back(moved), "Empty the trash…": self.offer}
            self._tell(f"{what} moved to the trash.", actions=actions)
        self._studio.live.poll()

    def offer(self) -> None:
        """Say how much emptying the trash would free, and offer it."""
        self._studio.service.ask("trash", {}, then=self._offer, failed=self._failed)

    def _put_back(self, runs: Sequence[str]) -> None:
        gone = [run for run in runs if not (self._folder / run).exists()]
        try:
            for run in runs:
                if run not in gone:
                    _move(self._folder / run, self._studio.workspace.runs / run)
        except OSError as error:
            self._tell(f"“{run}” could not be put back: {error.strerror}.", tone="error")
        if gone:
            self._tell(f"{_counted(len(gone))} no longer in the trash: it was emptied meanwhile.", tone="warning")
        self._studio.live.poll()

    def _offer(self, answer: dict[str, Any]) -> None:
        runs = [str(run) for run in answer["runs"]]
        if not runs:
            self._tell("The trash is empty.")
            return
        takes = "run takes" if len(runs) == 1 else "runs take"
        text = (
            f"{len(runs):,} deleted {takes} {disk(answer['bytes'])}, without what MLflow keeps of them. "
            "Emptied, they are gone for good, from MLflow too."
        )
        self._tell(text, tone="warning", actions={"Empty the trash": lambda: self._purge(runs)})

    def _purge(self, runs: Sequence[str]) -> None:
        self._tell("The trash is being emptied.")
        self._studio.service.ask("purge", {"runs": list(runs)}, then=self._purged, failed=self._failed)

    def _purged(self, answer: dict[str, Any]) -> None:
        """Have MLflow forget what is gone: its rows, its artifacts and its models."""
        if not answer["runs"]:
            self._tell_purged(answer)
            return
        self._studio.service.ask(
            "forget_runs",
            {"runs": answer["runs"]},
            then=lambda forgotten: self._tell_purged(answer, forgotten),
            failed=lambda reason: self._tell_purged(answer, remembered=reason),
        )

    def _tell_purged(
        self, answer: dict[str, Any], forgotten: Mapping[str, int] = NOTHING, *, remembered: str = ""
    ) -> None:
        """Tell what was freed here and in MLflow, what stayed and why, and whether MLflow still has something."""
        left = int(forgotten.get("left", 0))
        said = [f"The trash was emptied: {disk(answer['freed'] + forgotten.get('freed', 0))} freed."]
        for run, reason in list(answer["kept"].items())[:1]:
            more = f", and {len(answer['kept']) - 1:,} more stayed" if len(answer["kept"]) > 1 else ""
            said.append(f"“{run}” stayed, since {reason}{more}.")
        if left:
            said.append(f"MLflow's server marked {left:,} as deleted; its own “mlflow gc” clears them.")
        if remembered:
            said.append(f"MLflow still has them: {remembered}")
        actions = {"Try again": lambda: self._purged(answer)} if remembered else {}
        self._tell(" ".join(said), tone="warning" if len(said) > 1 else "success", actions=actions)

    def _failed(self, reason: str) -> None:
        self._tell(reason, tone="error")

    def _tell(self, text: str, *, tone: str = "info", actions: dict[str, Any] | None = None) -> None:
        self._studio.messages.post(text, tone=tone, key=KEY, actions=actions)


def _move(source: Path, target: Path) -> None:
    if target.exists():
        raise FileExistsError(17, "something of that name is there already")
    shutil.move(source, target)


def _counted(count: int) -> str:
    return "one run is" if count == 1 else f"{count:,} runs are"
