"""What fits, and what is said of it."""

from pathlib import Path

import pytest

from engine.fit import Estimate, Foreteller
from engine.fit.estimate import PROCESS, rounded
from engine.service.sources import Sources
from engine.spec import Catalogue, Project
from tests.train.making import digits

CATALOGUE = Catalogue.load()
FORETELLER = Foreteller(CATALOGUE)
FACTS = Sources(CATALOGUE).facts(digits(), Path("/"))
ROOM = PROCESS["cpu"]


def estimate(project: Project, *, usable: int) -> Estimate:
    free = ROOM + usable if usable else 0
    return FORETELLER.estimate(project, FACTS, {"name": "cpu", "memory": 16 << 30, "free": free})


def test_that_the_largest_batch_fits_and_one_more_sample_does_not() -> None:
    found = estimate(digits(), usable=24 << 20)
    largest = found.largest()
    assert 1 < largest < found.holding.count
    assert found.needed(largest) <= found.usable < found.needed(largest + 1)


def test_that_a_batch_has_no_more_samples_than_there_are() -> None:
    found = estimate(digits(batch_size=100_000), usable=8 << 30)
    assert found.batch == found.largest() == FACTS.sizes["train"]


def test_that_what_does_not_fit_is_a_warning_with_the_batch_that_would() -> None:
    found = estimate(digits(batch_size=1024), usable=24 << 20)
    assert found.state() == "too large"
    problem = found.problem()
    assert problem is not None
    assert (problem.severity, problem.section, problem.parameter) == ("warning", "training", "batch_size")
    assert problem.mend is not None
    batch = problem.mend.settings["training.batch_size"]
    mended = estimate(digits(batch_size=batch), usable=24 << 20)
    assert mended.problem() is None
    assert mended.state() in ("fits", "tight")


def test_that_where_not_even_one_sample_fits_no_batch_is_offered() -> None:
    problem = estimate(digits(), usable=1).problem()
    assert problem is not None
    assert problem.mend is None
    assert "Not even one sample" in problem.message


@pytest.mark.parametrize(("usable", "state"), [(8 << 30, "fits"), (0, "unknown")])
def test_that_the_state_says_whether_it_fits(usable: int, state: str) -> None:
    assert estimate(digits(), usable=usable).state() == state


def test_that_it_is_tight_just_below_the_limit() -> None:
    needed = estimate(digits(), usable=8 << 30).needed(64)
    assert estimate(digits(), usable=round(needed * 1.05)).state() == "tight"


def test_that_the_parts_make_up_the_whole() -> None:
    found = estimate(digits(), usable=8 << 30).to_json()
    parts = {name: size for name, size in found["memory"].items() if name != "total"}
    assert sum(parts.values()) == found["memory"]["total"]
    assert set(parts) == {"weights", "gradients", "optimizer", "activations", "data", "workspace"}
    assert all(size > 0 for size in parts.values())


def test_that_another_batch_size_is_answered_without_another_rehearsal(monkeypatch: pytest.MonkeyPatch) -> None:
    estimate(digits(), usable=8 << 30)
    monkeypatch.setattr("engine.fit.foretelling.rehearse", None)
    assert estimate(digits(batch_size=7), usable=8 << 30).batch == 7


def test_that_batches_are_advised_in_powers_of_two() -> None:
    assert [rounded(one) for one in (0, 1, 3, 64, 1000)] == [0, 1, 2, 64, 512]
