"""Shapes, costs and problems of the document as it is now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.spec import Problem, Project
from studio.searching import preferred

if TYPE_CHECKING:
    from pathlib import Path

    from studio.document import Document
    from studio.service import Service

DELAY = 15  # milliseconds: edits of one moment become one question


class Analysis(QObject):
    """Asks the service after every edit that could change the answer; the last answer stays until the next comes.

    Args:
        document: what to analyze.
        service: who knows.
    """

    changed = Signal()
    asked = Signal()
    """A question is on its way: what is known is of an older state until `changed`."""

    def __init__(self, document: Document, service: Service, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._service = service
        self.report: dict[str, Any] = {}
        self.problems: tuple[Problem, ...] = ()
        self._others: tuple[Problem, ...] = ()
        self.stale = True
        """Whether an edit is not answered yet."""
        self.reason = ""
        """Why there is no answer, when the service could not give one."""
        self._asked: tuple[Path | None, Project] | None = None
        self._way: tuple[str, tuple[str, ...]] = "", ()
        self._inside: dict[str, Any] = {}
        """The report of the block that is looked into, where it stands."""
        self._wished: tuple[str, str] | None = None
        self._imagined: dict[str, Any] = {}
        """The report of the project with what is wished for."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self._ask)
        document.changed.connect(self._edited)
        document.path_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Ask again, whatever was asked before: a file that the project reads may have changed."""
        self._asked = None
        self._timer.start()

    def add(self, problems: tuple[Problem, ...]) -> None:
        """Show what somebody else found wrong after the rest, in place of what they said last."""
        if problems != self._others:
            own = len(self.problems) - len(self._others)
            self._others, self.problems = problems, (*self.problems[:own], *problems)
            self.changed.emit()

    def close(self) -> None:
        """Ask no more, though the document may live on in another window."""
        self._document.changed.disconnect(self._edited)
        self._document.path_changed.disconnect(self.refresh)
        self._timer.stop()

    def facts(self, network: str, node: str) -> dict[str, Any]:
        """What is known of a node: outputs with shape and dtype, parameters, FLOPs, activation bytes."""
        return self.facts_in(network).get(node, {})

    def facts_in(self, network: str) -> Mapping[str, dict[str, Any]]:
        """What is known of the nodes of a network; not of all of them, perhaps."""
        inside = network in self._inside.get("networks", {})
        report = self._inside if inside else self._imagined or self.report
        found: Mapping[str, dict[str, Any]] = report.get("networks", {}).get(network, {}).get("nodes", {})
        return found

    def problems_in(self, network: str) -> tuple[Problem, ...]:
        """What is wrong in a network; in one that is looked into, what is wrong where its block stands."""
        inside = network in self._inside.get("networks", {})
        found = self._inside.get("problems") if inside else self._imagined.get("problems")
        every = self.problems if found is None else tuple(Problem.model_validate(one) for one in found)
        return tuple(one for one in every if one.network == network)

    def imagine(self, path: str, variant: str) -> None:
        """Have facts and problems of networks be those with one of the variants in a place; without one, as it is.

        `problems`, by which is judged whether it can be trained, stay those of the project itself.
        """
        wished = (path, variant) if variant else None
        if wished == self._wished:
            return
        shown, self._wished, self._imagined = bool(self._imagined), wished, {}
        if not self.stale:
            self._ask_imagined()
        if shown:
            self.changed.emit()

    def _ask_imagined(self) -> None:
        """Ask after the project itself was answered: the newer question of a kind would be the only one answered."""
        if self._wished is None:
            return
        try:
            project = preferred(self._document.project, *self._wished)
        except ValueError:  # an edit took it away
            self._wished = None
            return
        params = {**self._params(), "project": project}
        self._service.ask("analyze", params, then=partial(self._seen_imagined, self._wished), failed=lambda _: None)

    def _seen_imagined(self, wished: tuple[str, str], report: dict[str, Any]) -> None:
        if wished == self._wished:
            self._imagined = report
            self.changed.emit()

    def look_into(self, root: str, path: tuple[str, ...]) -> None:
        """Have the facts of the network at the end of a way be those of the blocks that one came through.

        A report alone tells of a network that is used several times only what it is where it is used first.
        """
        if (root, path) == self._way:
            return
        self._way, self._inside = (root, path), {}
        self._ask_inside()

    def _ask_inside(self) -> None:
        root, path = self._way
        if path:
            params = {"root": root, "path": list(path), **self._params()}
            self._service.ask("inside", params, then=partial(self._seen_inside, self._way), failed=lambda _: None)

    def _seen_inside(self, way: tuple[str, tuple[str, ...]], report: dict[str, Any]) -> None:
        if way == self._way:
            self._inside = report
            self.changed.emit()

    def _params(self) -> dict[str, Any]:
        return {"project": self._document.project, "folder": str(self._document.folder)}

    def fits(self, end: Mapping[str, Any], then: Callable[[dict[str, Any]], object]) -> None:
        """Ask where what flows at an end would fit, and have `then` called with the answer.

        The end is a `network`, a `node`, its `port`, and whether that is an `output`. The answer's `ports` say by node
        and port why not, its `kinds` name the kinds of layer that would take it; without `kinds` nobody knows.
        """
        self._service.ask("fits", {"end": dict(end), **self._params()}, then=then, failed=lambda _: None)

    @property
    def totals(self) -> dict[str, Any]:
        """Parameters, FLOPs and bytes of everything."""
        found: dict[str, Any] = self.report.get("totals", {})
        return found

    def _edited(self, before: Project, after: Project) -> None:
        if before is not after:
            self._timer.start()

    def _ask(self) -> None:
        path, project = self._document.path, self._document.project
        if self._asked is not None and self._asked[0] == path and project.trains_like(self._asked[1]):
            return  # boxes were moved, nothing else
        self._asked = path, project
        self.stale = True
        self.asked.emit()
        self._service.ask("analyze", self._params(), then=self._answered, failed=self._failed)

    def _answered(self, report: dict[str, Any]) -> None:
        self.report = report
        found = (Problem.model_validate(problem) for problem in report.get("problems", ()))
        self.problems = (*found, *self._others)
        self.stale, self.reason = False, ""
        self._imagined = {}
        self.changed.emit()
        self._ask_inside()
        self._ask_imagined()

    def _failed(self, sentence: str) -> None:
        self.stale, self.reason, self._asked = False, sentence, None
        self.changed.emit()
