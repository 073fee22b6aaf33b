"""Problems: what is wrong, where it stands, and what would mend it."""

from __future__ import annotations

from typing import Literal

from engine.spec.graph import Link, Node
from engine.spec.remedy import Remedy
from engine.spec.value import Frozen, FrozenDict, Value


class Mend(Value):
    """A one-click repair: a sentence for the button, and the edit that it stands for (see `mended`)."""

    text: str
    settings: Frozen = FrozenDict()
    """What is written, by path."""
    network: str = "model"
    """Where the rest of it happens."""
    replaced: tuple[Node, ...] = ()
    """Nodes that take the place of those of the same ids, where these stand."""
    nodes: tuple[Node, ...] = ()
    """Nodes that are added."""
    cut: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()
    """Links that are added; one that ends where a cut one ended takes its rank."""


class Problem(Value):
    """A sentence in the user's words, anchored at what caused it.

    `network`, `node`, `port` and `parameter` narrow the place; all None means the project as a whole.
    `section` names the part outside the networks: "dataset", "split", "task", "training" or "study".
    """

    message: str
    severity: Literal["error", "warning"] = "error"
    network: str | None = None
    node: str | None = None
    port: str | None = None
    parameter: str | None = None
    section: str | None = None
    cause: str = ""
    """What kind of mistake it is, in a word for programs."""
    mend: Mend | None = None
    remedies: tuple[Remedy, ...] = ()
    """What a task knows of a way out; the analysis makes a mend of it."""
