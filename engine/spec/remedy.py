"""Remedies: what a layer or a task knows of how to have it right, without knowing the network around it."""

from __future__ import annotations

from engine.spec.declaration import Component
from engine.spec.value import Frozen, FrozenDict, Value


class Remedy(Value):
    """One way out of a refusal. The analysis tries it, and offers as a mend what it found to help.

    Of a layer, `settings` are its own parameters. Of a task, they belong to the nearest layer before the Output that
    has them all; without settings the Output itself is meant.
    """

    text: str = ""
    """What the button says; empty has it said by what is done."""
    settings: Frozen = FrozenDict()
    kind: str = ""
    """Another kind of layer to put in its place."""
    before: tuple[Component, ...] = ()
    """Layers to put before it, one after the other."""
    port: str = ""
    """The input that they are put before; empty is the first."""
    place: int = 0
    """Which of the links at a port that takes many."""


class InputError(ValueError):
    """What arrives does not fit the layer, in a sentence for whoever drew it.

    Args:
        message: the sentence.
        port: the input that is wrong; none means the first.
        remedies: ways out, the best first.
    """

    def __init__(self, message: str, *, port: str | None = None, remedies: tuple[Remedy, ...] = ()) -> None:
        super().__init__(message)
        self.port = port
        self.remedies = remedies
