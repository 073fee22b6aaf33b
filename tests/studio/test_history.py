"""The history of a project: what Qt's own would do, with values for commands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QUndoCommand, QUndoStack

from engine.spec import Project
from studio.history import LONGEST, History

PROJECTS = [Project(name=str(number)) for number in range(6)]


class Command(QUndoCommand):
    """As Qt has it: merges with its like."""

    def __init__(self, key: int) -> None:
        super().__init__("Edit")
        self.key = key

    def id(self) -> int:
        return self.key or -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        return isinstance(other, Command)


KEYS = {"edit": 0, "one": 1, "other": 2}
"""Edits: one that stands alone, and two kinds that merge with their like."""


def do(history: History, deed: str) -> None:
    if deed in KEYS:
        history.add("Edit", PROJECTS[0], PROJECTS[1], key=deed if KEYS[deed] else "")
    elif deed == "undo" and history.undoes:
        history.back()
    elif deed == "redo" and history.redoes:
        history.forth()
    elif deed in {"set_clean", "clear"}:
        getattr(history, deed)()


def do_as_qt(stack: QUndoStack, deed: str) -> None:
    names = {"undo": "undo", "redo": "redo", "set_clean": "setClean", "clear": "clear"}
    stack.push(Command(KEYS[deed])) if deed in KEYS else getattr(stack, names[deed])()


@given(deeds=st.lists(st.sampled_from([*KEYS, "undo", "redo", "set_clean", "clear"]), max_size=30))
def test_that_a_history_does_what_qts_does(deeds: list[str]) -> None:
    ours, qts = History(), QUndoStack()
    for deed in deeds:
        do(ours, deed)
        do_as_qt(qts, deed)
        assert (ours.count, ours.index, ours.clean) == (qts.count(), qts.index(), qts.isClean())
        assert (ours.undoes is not None, ours.redoes is not None) == (qts.canUndo(), qts.canRedo())


def test_that_the_oldest_steps_are_forgotten_and_the_file_s_project_with_them() -> None:
    history = History()
    for _ in range(LONGEST + 1):
        history.add("Edit", PROJECTS[0], PROJECTS[1])
    assert history.count == LONGEST
    for _ in range(LONGEST):
        history.back()
    assert (history.undoes, history.clean) == (None, False)


def test_that_edits_of_one_key_that_are_more_than_a_second_apart_are_two_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    history, moments = History(), iter((0.0, 0.9, 1.8, 3.0))
    monkeypatch.setattr("studio.history.monotonic", lambda: next(moments))
    for _ in range(4):
        history.add("Edit", PROJECTS[0], PROJECTS[1], key="epochs")
    assert history.count == 2
