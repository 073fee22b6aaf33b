"""One project over several seeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.runs import Workspace
from engine.runs.seeds import LAST_SEED, MOST, SeedError, new_group, over_seeds, seeds_from
from engine.spec import Project


def test_that_seeds_follow_each_other_without_those_that_were_used() -> None:
    assert seeds_from(3, 3) == (3, 4, 5)
    assert seeds_from(0, 3, used=[0, 2]) == (1, 3, 4)


@pytest.mark.parametrize(("first", "count"), [(0, 0), (0, MOST + 1), (-1, 1), (LAST_SEED + 1, 1), (LAST_SEED, 2)])
def test_that_seeds_beyond_the_range_are_refused(first: int, count: int) -> None:
    with pytest.raises(SeedError, match="seed"):
        seeds_from(first, count)


def test_that_a_run_is_named_after_its_seed_and_is_else_the_same() -> None:
    project = Project(name="Tries · seed 7")

    found = dict(over_seeds(project, (3, 4)))

    assert found == {f"Tries · seed {seed}": project.set("training.seed", seed) for seed in (3, 4)}


def test_that_every_group_has_a_name_of_its_own() -> None:
    project = Project(name="Tries")
    assert new_group(project) != new_group(project)
    assert new_group(project).startswith("Tries · ")


def test_that_a_run_may_have_another_name_than_its_project(tmp_path: Path) -> None:
    run = Workspace(tmp_path).prepare().new_run(Project(name="Tries"), name="Tries · seed 3", group="g")
    assert (run.summary().name, run.summary().group, run.project().name) == ("Tries · seed 3", "g", "Tries")
