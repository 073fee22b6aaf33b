"""What was done to a project, step by step: since projects are values, a history is a list of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic

from PySide6.QtCore import QObject, Signal

from engine.spec import Project

MERGE_SECONDS = 1.0
"""Edits with one key that follow each other so closely are one step."""
LONGEST = 1000
"""Steps that can be undone; older ones are forgotten."""
GONE = -1
"""Where the file's project stands once no step leads there any more."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Step:
    """From one project to the next.

    Args:
        text: what undo calls it.
        before: the project that was.
        after: the project that is.
        key: steps of one key may become one; empty for a step that stands alone.
        moment: seconds, when it was made.
    """

    text: str
    before: Project
    after: Project
    key: str = ""
    moment: float = 0.0


class History(QObject):
    """The steps of one project, and how far one has gone back.

    Qt has a stack of commands for that. Its commands are objects of Python that belong to C++, and a collection of
    circular garbage that meets both at once frees them twice; a list of values needs none of it.
    """

    clean_changed = Signal(bool)
    """Whether the project is what its file has."""
    moved = Signal()
    """What can be undone or made again is another."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []
        self._at = 0
        self._clean = 0

    @property
    def count(self) -> int:
        """How many steps there are, those that were undone with them."""
        return len(self._steps)

    @property
    def index(self) -> int:
        """How many of them were made and not undone."""
        return self._at

    @property
    def clean(self) -> bool:
        """Whether the project is what its file has."""
        return self._at == self._clean

    @property
    def undoes(self) -> Step | None:
        """The step that would be undone."""
        return self._steps[self._at - 1] if self._at else None

    @property
    def redoes(self) -> Step | None:
        """The step that would be made again."""
        return self._steps[self._at] if self._at < len(self._steps) else None

    def add(self, text: str, before: Project, after: Project, *, key: str = "") -> None:
        """A step was made; what had been undone is forgotten."""
        was_clean, step = self.clean, Step(text=text, before=before, after=after, key=key, moment=monotonic())
        if self._clean > self._at:
            self._clean = GONE
        del self._steps[self._at :]
        if self._continues(step):
            self._steps[-1] = replace(self._steps[-1], after=after, moment=step.moment)
        else:
            self._steps.append(step)
        if len(self._steps) > LONGEST:
            del self._steps[0]
            self._clean = max(self._clean - 1, GONE)
        self._at = len(self._steps)
        self._tell(was_clean)

    def back(self) -> None:
        """The last step was undone."""
        self._go(self._at - 1)

    def forth(self) -> None:
        """It was made again."""
        self._go(self._at + 1)

    def set_clean(self) -> None:
        """The file has the project as it is."""
        was_clean, self._clean = self.clean, self._at
        if not was_clean:
            self.clean_changed.emit(True)

    def clear(self) -> None:
        """Forget all steps; the project is taken for what its file has."""
        was_clean = self.clean
        self._steps, self._at, self._clean = [], 0, 0
        self._tell(was_clean)

    def _continues(self, step: Step) -> bool:
        """Whether a step goes on with the last one, which is not what the file has."""
        if not self._steps or not step.key or self._clean == self._at:
            return False
        last = self._steps[-1]
        return last.key == step.key and step.moment - last.moment <= MERGE_SECONDS

    def _go(self, to: int) -> None:
        assert 0 <= to <= len(self._steps), "there is no step that way"
        was_clean, self._at = self.clean, to
        self._tell(was_clean)

    def _tell(self, was_clean: bool) -> None:
        self.moved.emit()
        if self.clean != was_clean:
            self.clean_changed.emit(self.clean)
