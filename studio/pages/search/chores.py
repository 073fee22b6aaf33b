"""What can be done with a study: pause, go on, extend, rename, delete, open it elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from engine.runs import StudyFolder
from engine.spec import ProjectError
from studio.declaring import Deed, Kind, declare
from studio.pages.search.dashboard import Dashboard
from studio.theme import SPACE
from studio.widgets.ask import Ask, Number

if TYPE_CHECKING:
    from studio.context import Studio
    from studio.studies import StudyModel

KEY = "search"
MOST = 1_000_000
MORE = ("rename", "reveal", "dashboard", "delete")
"""What stands in the menu of a study."""


class StudyChores(QObject):
    """Does things with the study that is looked at.

    Args:
        studio: the window's parts.
        model: the study.
        place: the widget within which the shortcuts work.
        rename: lets one write another name.
    """

    def __init__(self, studio: Studio, model: StudyModel, *, place: QWidget, rename: Callable[[], object]) -> None:
        super().__init__(place)
        self._studio, self._model, self._place = studio, model, place
        self.dashboard = Dashboard(studio, self)
        self._card: Ask | None = None
        declare(
            studio.actions,
            Kind(name="search", section="study", submenu="Search", owner=place),
            Deed("pause", "Pause search", self.pause, "", "pause", lambda: model.state == "running"),
            Deed("go_on", "Go on searching", self.go_on, "", "play", self._can_go_on),
            Deed("extend", "Extend the search…", self.ask_extent, "", "add", self._known),
            Deed("rename", "Rename the study", rename, "F2", "edit", self._known),
            Deed("reveal", "Reveal its folder", self.reveal, "", "folder", self._known),
            Deed("dashboard", "Open in optuna-dashboard", self._open_dashboard, "", "chart", self._has_dashboard),
            Deed("delete", "Delete the study", self.delete, "", "delete", self._deletable),
        )
        studio.actions["search.dashboard"].setToolTip(self.dashboard.tip)

    def pause(self) -> None:
        """Let what is trained wait at a checkpoint, and nothing begin."""
        self._model.order("pause")

    def go_on(self) -> None:
        """Go on where it was left, with workers for those that are missing."""
        self._model.order("resume", then=self._work)

    def ask_extent(self) -> None:
        """Ask how many more trials, or minutes."""
        if self._card is None:
            self._card = Ask("Extend the search", self._place.window())
            self._card.accepted.connect(self._extend)
        budget = self._model.budget
        trials = Number(key="trials", label="More trials", value=50 if budget.trials else 0, least=0, most=MOST)
        minutes = Number(key="minutes", label="More minutes", value=10 if budget.timeout else 0, least=0, most=MOST)
        self._card.ask((trials, minutes), button="Extend", says=self._meaning)
        window = self._place.window()
        self._card.open_at(self._place.mapTo(window, QPoint(self._place.width() - SPACE.m, SPACE.m)))

    def reveal(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder().path)))

    def name(self, title: str) -> None:
        """Call it otherwise."""
        try:
            self._folder().rename(title)
        except OSError as error:
            self._tell(f"It could not be renamed: {error.strerror}.", tone="error")
        self._model.ask()

    def delete(self) -> None:
        """Move the study to the trash; its runs stay until one says otherwise."""
        study, folder = self._model.study, self._folder()
        runs = [run for one in self._model.trials for run in one.runs]
        runs = [run for run in runs if (self._studio.workspace.runs / run).is_dir()]
        title = self._model.line.name if self._model.line else study
        if not self._move([(folder.path, self._studio.workspace.trash / study)]):
            return
        self._model.choose("")
        self._model.ask()

        def back() -> None:
            self._move([(self._studio.workspace.trash / study, folder.path)])
            self._model.ask()

        actions: dict[str, Callable[[], object]] = {"Undo": back}
        if runs:
            actions[f"Delete its {_runs(runs)} too"] = lambda: self._delete_runs(runs)
        self._tell(f"“{title}” was moved to the trash.", actions=actions)

    def _delete_runs(self, runs: Sequence[str]) -> None:
        home = self._studio.workspace
        moves = [(home.runs / run, home.trash / run) for run in runs]
        if self._move(moves):
            actions = {"Undo": lambda: self._move([(there, here) for here, there in moves])}
            self._tell(f"{_runs(runs)} moved to the trash.", actions=actions)

    def _move(self, moves: Sequence[tuple[object, object]]) -> bool:
        try:
            self._studio.workspace.trash.mkdir(exist_ok=True)
            for source, target in moves:
                shutil.move(str(source), str(target))
        except OSError as error:
            self._tell(f"Something could not be moved: {error.strerror or error}.", tone="error")
            return False
        self._studio.live.poll()
        return True

    def _extend(self, asked: Mapping[str, int]) -> None:
        if any(asked.values()):
            self._model.order(
                "extend", trials=asked["trials"], timeout=60.0 * asked["minutes"], then=self._go_on_extended
            )

    def _go_on_extended(self) -> None:
        if self._model.state != "paused":
            self._work()

    def _work(self) -> None:
        """See that as many workers are there as the study asks for."""
        folder = self._folder()
        try:
            workers = folder.project().study.workers
            self._studio.searcher.go_on(folder, device=self._studio.launcher.place, workers=workers)
        except (ValueError, ProjectError, OSError) as error:
            self._tell(str(error), tone="error")
        self._model.changed.emit()

    def _meaning(self, asked: Mapping[str, int]) -> str:
        parts = [f"{asked['trials']:,} more trials"] if asked["trials"] else []
        parts += [f"{asked['minutes']:,} more minutes"] if asked["minutes"] else []
        if not parts:
            return "Say how much more."
        rest = "" if self._model.state == "running" else " It goes on at once." if self._model.state != "paused" else ""
        return f"The study is given {' and '.join(parts)}.{rest}"

    def _open_dashboard(self) -> None:
        self.dashboard.open(self._folder())

    def _has_dashboard(self) -> bool:
        return self._known() and self.dashboard.installed

    def _known(self) -> bool:
        return bool(self._model.study)

    def _can_go_on(self) -> bool:
        return self._known() and self._model.state in ("paused", "interrupted", "new")

    def _deletable(self) -> bool:
        return self._known() and not self._folder().workers()

    def _folder(self) -> StudyFolder:
        return StudyFolder(self._studio.workspace.studies / self._model.study)

    def _tell(
        self, text: str, *, tone: str = "info", actions: Mapping[str, Callable[[], object]] | None = None
    ) -> None:
        self._studio.messages.post(text, tone=tone, key=KEY, actions=actions)


def _runs(runs: Sequence[str]) -> str:
    return "1 run" if len(runs) == 1 else f"{len(runs):,} runs"
