"""The line at the bottom: problems, totals of the network, the workspace, and whether the engine answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from engine.spec.quantities import bytes_text, count_text
from studio import icons
from studio.theme import SPACE, colors_of
from studio.widgets import Elided, Label, Surface, row, tag

if TYPE_CHECKING:
    from studio.context import Studio

HEIGHT = 28
UNCHECKED = {
    "starting": "Starting the engine…",
    "ready": "Checking…",
    "restarting": "Restarting the engine…",
    "failed": "Not checked: the engine is not available",
    "closed": "",
}


def at_home(path: Path) -> str:
    """A path as a person writes it: from "~" where it lies in their home."""
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if home in path.parents else str(path)


class StatusLine(Surface):
    """Shows what is known of the document as it is now.

    Args:
        studio: the window's parts; a click on the problems does its action `view.problems` where there is one.
    """

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__("status", parent=parent)
        self._studio = studio
        self.setFixedHeight(HEIGHT)
        self.problems = tag(QPushButton(), kind="status")
        self.problems.setIconSize(QSize(14, 14))
        self.problems.setCursor(Qt.CursorShape.PointingHandCursor)
        self.problems.clicked.connect(self._show_problems)
        self.totals = Label("", "caption")
        workspace = Elided(at_home(studio.workspace.path), "caption", middle=True)
        workspace.setMinimumWidth(160)
        workspace.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = row(self, gap=SPACE.l)
        line.setContentsMargins(SPACE.s, 0, SPACE.m, 0)
        line.addWidget(self.problems)
        line.addWidget(self.totals)
        self._line = line
        line.addWidget(workspace, 1)
        studio.analysis.changed.connect(self.refresh)
        studio.service.state_changed.connect(self.refresh)
        studio.theme.changed.connect(self.refresh)
        self.refresh()

    def add(self, item: QWidget) -> None:
        """Put something more behind the totals."""
        self._line.insertWidget(self._line.count() - 1, item)

    def refresh(self) -> None:
        """Show what is so now."""
        analysis, service = self._studio.analysis, self._studio.service
        errors = sum(problem.severity == "error" for problem in analysis.problems)
        warnings = len(analysis.problems) - errors
        checked = bool(analysis.report) and service.state == "ready"
        self.problems.setText(_counted(errors, warnings) if checked else UNCHECKED[service.state])
        self.problems.setToolTip(analysis.reason)
        tone = "info" if not checked else "error" if errors else "warning" if warnings else "success"
        self.problems.setIcon(icons.icon(tone, colors_of(self).tone(tone)[0]))
        self.totals.setText(" · ".join(self._totals()))

    def _totals(self) -> list[str]:
        totals = self._studio.analysis.totals
        words = []
        if (parameters := totals.get("parameters")) is not None:
            words.append(f"{count_text(parameters)} parameters")
        if (flops := totals.get("flops")) is not None:
            words.append(f"{count_text(flops)}FLOPs per sample" if flops >= 1000 else f"{flops} FLOPs per sample")
        if (memory := totals.get("activation_bytes")) is not None:
            words.append(f"{bytes_text(memory)} activations per sample")
        return words

    def _show_problems(self) -> None:
        self._studio.actions.trigger("page.design")
        if "view.problems" in self._studio.actions:
            self._studio.actions.trigger("view.problems")


def _counted(errors: int, warnings: int) -> str:
    words = [
        f"{count} {name}{'s' if count > 1 else ''}"
        for count, name in ((errors, "problem"), (warnings, "warning"))
        if count
    ]
    return ", ".join(words) or "No problems"
