"""Leaving the loop between two steps, before the last epoch."""

from __future__ import annotations

from engine.events import Outcome


class Halt(Exception):  # noqa: N818 - an order that was obeyed is no error
    """The run, or this attempt at it, ends here; the message says why, in the user's words."""

    outcome: Outcome = "failed"
    keeps = False
    """Whether a checkpoint of this very step is worth having."""


class Stopped(Halt):
    """Somebody asked for the end."""

    outcome: Outcome = "stopped"
    keeps = True


class Pruned(Halt):
    """A search has seen enough: other trials were better by then."""

    outcome: Outcome = "pruned"
    keeps = True


class Interrupted(Halt):
    """The process has to end, and the run should go on later."""

    outcome: Outcome = "interrupted"
    keeps = True


class Diverged(Halt):
    """The weights are spoiled: nothing of now is worth keeping."""
