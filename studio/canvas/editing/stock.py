"""What can be put on the canvas besides kinds of layer: the project's networks as blocks, and the user's own blocks.

Both go by names that look like kinds, so that a search, a palette and a ghost need not know the difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.spec import Block, Project
from studio.blocks import MAIN
from studio.canvas.search.finding import Entry

if TYPE_CHECKING:
    from studio.library import Library

OWN, KEPT = "Block:", "Kept:"


def block_kind(network: str) -> str:
    """What a block of one of the project's networks goes by."""
    return f"{OWN}{network}"


def made_of(kind: str) -> tuple[str, dict[str, str], str]:
    """What a node of this kind is made of: its true kind, its parameters, and the stem of its id."""
    if kind.startswith(OWN):
        return Block.kind(), {"network": kind.removeprefix(OWN)}, Block.kind()
    if kind.startswith(KEPT):
        return Block.kind(), {}, kind.removeprefix(KEPT)
    return kind, {}, kind


def offers(project: Project, library: Library | None) -> tuple[Entry, ...]:
    """The blocks that a palette offers: of the project, then of the user."""
    return (*_of_project(project), *_of_library(library))


def _of_project(project: Project) -> Iterable[Entry]:
    for name, graph in project.networks.items():
        if name != MAIN:
            inputs, outputs = (any(True for _ in graph.of_kind(kind)) for kind in ("Input", "Output"))
            summary = f"{len(graph.nodes)} nodes of this project, with weights of its own wherever it stands."
            yield Entry(
                kind=block_kind(name),
                title=name,
                summary=summary,
                category="Blocks of this project",
                synonyms=("block",),
                inputs=inputs,
                outputs=outputs,
            )


def _of_library(library: Library | None) -> Iterable[Entry]:
    for one in library.every if library else ():
        if one.project is not None:
            yield Entry(
                kind=f"{KEPT}{one.name}",
                title=one.name,
                summary=one.project.about or "A block that you kept.",
                category="My blocks",
                synonyms=("block",),
            )
