"""A part of what the service can be asked: some methods that belong together, with what they remember."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from engine.runs import Workspace
from engine.spec import Catalogue

Answer: TypeAlias = dict[str, Any] | list[Any]
Methods: TypeAlias = Mapping[str, tuple[Callable[..., Answer], str]]
"""By name: the function, and what it does, for a sentence about its failure."""


class Part:
    """Made with the service; libraries are loaded by the first question that needs them.

    Its questions are answered in the thread of their lane (`engine.service.server.LANES`), so whatever two lanes share
    has to stand that.

    Args:
        workspace: whose runs are asked about.
        catalogue: what layers, datasets and tasks there are.
    """

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        self.workspace = workspace
        self.catalogue = catalogue

    @property
    def methods(self) -> Methods:
        """What can be asked."""
        raise NotImplementedError
