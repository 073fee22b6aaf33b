"""What can be done with runs: show, open, resume, stop, reveal, copy, delete; declared as actions."""

from __future__ import annotations

from collections.abc import Callable, Set
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from engine.runs import RunFolder, WorkspaceError
from engine.spec import ProjectError
from studio.anchoring import anchored
from studio.declaring import Deed, Kind, declare
from studio.pages.runs.table.trash import Trash
from studio.states import LIVELY, RESUMABLE

if TYPE_CHECKING:
    from studio.context import Studio


class Chores(QObject):
    """Does things with the selected runs.

    Args:
        studio: the window's parts.
        place: the widget within which the shortcuts work.
        selected: the ids of the selected runs now.
    """

    def __init__(self, studio: Studio, place: QWidget, selected: Callable[[], list[str]]) -> None:
        super().__init__(place)
        self._studio, self._selected = studio, selected
        self.trash = Trash(studio, self)
        self.actions = declare(
            studio.actions,
            Kind(name="runs", section="selected runs", owner=place),
            Deed("show", "Show on the Train page", self.show_run, "Return", "train", self._single),
            Deed("open", "Open its project", self.open_project, icon="external", enabled=self._single),
            Deed("resume", "Resume from checkpoint", self.resume, icon="refresh", enabled=lambda: self._any(RESUMABLE)),
            Deed("stop", "Stop", self.stop, icon="stop", enabled=lambda: self._any(LIVELY)),
            Deed("reveal", "Reveal folder", self.reveal, icon="folder", enabled=self._single),
            Deed("copy", "Copy id", self.copy, "Ctrl+C", "copy", lambda: bool(selected())),
        ) | declare(
            studio.actions,
            Kind(name="runs", section="deleting runs", owner=place),
            Deed("delete", "Delete", self.delete, "Del", "delete", self._deletable),
            Deed("purge", "Empty the trash…", self.trash.offer),
        )

    def show_run(self) -> None:
        self._studio.live.show(self._selected()[0])
        self._studio.actions.trigger("page.train")

    def open_project(self) -> None:
        """Open the project as it was when the run was made, in a tab of its own; its paths still lead to the data."""
        run = self._folder(self._selected()[0])
        try:
            start = Path(str(run.request().get("folder") or run.path))
            project = anchored(run.project(), self._studio.catalogue, start)
        except ProjectError as error:
            self._studio.messages.post(str(error), tone="error", key="runs")
            return
        self._studio.document.sheets.open(project, origin=run.id)
        if "page.design" in self._studio.actions:
            self._studio.actions.trigger("page.design")

    def resume(self) -> None:
        for run in self._in(RESUMABLE):
            try:
                self._studio.launcher.resume(run)
            except (WorkspaceError, OSError) as error:
                self._studio.messages.post(str(error), tone="error", key="runs")

    def stop(self) -> None:
        for run in self._in(LIVELY):
            self._studio.launcher.stop(run)

    def reveal(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder(self._selected()[0]).path)))

    def copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._selected()))

    def delete(self) -> None:
        """Move the runs that are not under way into the trash."""
        runs = [run for run in self._ours() if self._studio.live.state(run) not in LIVELY]
        self.trash.take(runs)

    def _folder(self, run: str) -> RunFolder:
        return RunFolder(self._studio.workspace.runs / run)

    def _in(self, states: Set[str]) -> list[str]:
        return [run for run in self._ours() if self._studio.live.state(run) in states]

    def _ours(self) -> list[str]:
        """The selected runs that have a folder; what another tool told MLflow can only be looked at."""
        return [run for run in self._selected() if not self._studio.live.foreign(run)]

    def _single(self) -> bool:
        return len(self._selected()) == len(self._ours()) == 1

    def _any(self, states: Set[str]) -> bool:
        return bool(self._in(states))

    def _deletable(self) -> bool:
        return bool(self._ours()) and not self._any(LIVELY)
