"""Blocks: networks used as nodes of others. Everything here is a function from projects to projects."""

from studio.blocks.exposing import expose, exposed_by, move_exposed, remove_exposed, rename_exposed, unexpose
from studio.blocks.grouping import Grouped, grouped
from studio.blocks.networks import (
    MAIN,
    added,
    circle,
    duplicated,
    free_name,
    needed_by,
    refusal,
    removed,
    renamed,
    reordered,
    users_of,
    without_unused,
)
from studio.blocks.sharing import block_file, brought, tops
from studio.blocks.standing import calling, used_by
from studio.blocks.ungrouping import ungrouped

__all__ = [
    "MAIN",
    "Grouped",
    "added",
    "block_file",
    "brought",
    "calling",
    "circle",
    "duplicated",
    "expose",
    "exposed_by",
    "free_name",
    "grouped",
    "move_exposed",
    "needed_by",
    "refusal",
    "remove_exposed",
    "removed",
    "rename_exposed",
    "renamed",
    "reordered",
    "tops",
    "unexpose",
    "ungrouped",
    "used_by",
    "users_of",
    "without_unused",
]
