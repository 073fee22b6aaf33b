"""One project over several seeds: which seeds, and what its runs are called."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator

from engine.spec import Project

LAST_SEED = 2**31
"""The largest seed that a project may have."""
MOST = 100
"""Seeds that are queued at once."""
MARK = re.compile(r" · seed \d+$")


class SeedError(ValueError):
    """Seeds that there are not, in the user's words."""


def seeds_from(first: int, count: int, *, used: Iterable[int] = ()) -> tuple[int, ...]:
    """So many seeds from the first one on, without those that are used already; raise `SeedError` beyond the range."""
    if not 1 <= count <= MOST:
        raise SeedError(f"Between 1 and {MOST} seeds can be run at once, not {count:,}.")
    if not 0 <= first <= LAST_SEED:
        raise SeedError(f"A seed is a whole number from 0 to {LAST_SEED:,}.")
    taken, found = set(used), list[int]()
    seed = first
    while len(found) < count:
        if seed > LAST_SEED:
            raise SeedError(f"There are no {count} free seeds from {first:,} on: the last one is {LAST_SEED:,}.")
        if seed not in taken:
            found.append(seed)
        seed += 1
    return tuple(found)


def new_group(project: Project) -> str:
    """A name for the runs of a project over several seeds that no other group has."""
    return f"{MARK.sub('', project.name)} · {secrets.token_hex(2)}"


def over_seeds(project: Project, seeds: Iterable[int]) -> Iterator[tuple[str, Project]]:
    """The project with each of these seeds, and what a run of that is called."""
    name = MARK.sub("", project.name)
    for seed in seeds:
        yield f"{name} · seed {seed}", project.set("training.seed", seed)
