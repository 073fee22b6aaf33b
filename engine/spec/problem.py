"""Problems: what is wrong, where it stands, and what would mend it."""

from __future__ import annotations

from typing import Literal

from engine.spec.value import Frozen, FrozenDict, Value


class Mend(Value):
    """A one-click repair: a sentence for the button and the settings it would write (path to value)."""

    text: str
    settings: Frozen = FrozenDict()


class Problem(Value):
    """A sentence in the user's words, anchored at what caused it.

    `network`, `node`, `port` and `parameter` narrow the place; all None means the project as a whole.
    `section` names the part outside the networks: "dataset", "split", "task" or "training".
    """

    message: str
    severity: Literal["error", "warning"] = "error"
    network: str | None = None
    node: str | None = None
    port: str | None = None
    parameter: str | None = None
    section: str | None = None
    mend: Mend | None = None
