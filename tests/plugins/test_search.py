"""Every sampler and pruner that ships keeps the contract, and what each of them is chosen for."""

import optuna
import pytest
from hypothesis import given
from hypothesis import strategies as st
from optuna.distributions import FloatDistribution, IntDistribution
from optuna.trial import TrialState

from engine.spec import Catalogue, Project, Pruner, Sampler, Study, space_of
from plugins.search._points import Numeric, number, place, values
from plugins.search.pruners import Threshold, Wilcoxon
from plugins.search.samplers import GP, NSGAII, CmaEs, Grid
from tests.contracts import PrunerContract, SamplerContract
from tests.contracts.search import built, marked, study_of, try_one, value

CATALOGUE = Catalogue.load(["plugins.search"])


@pytest.mark.parametrize("declaration", CATALOGUE.samplers.values(), ids=CATALOGUE.samplers)
class TestShippedSamplers(SamplerContract):
    pass


@pytest.mark.parametrize("declaration", CATALOGUE.pruners.values(), ids=CATALOGUE.pruners)
class TestShippedPruners(PrunerContract):
    pass


def test_that_the_grid_tries_every_combination_once_and_is_then_done() -> None:
    study = study_of(Grid(points=2))
    points = 2 * 4 * (2 + 3)  # rates, widths, and below each kind its own
    for _ in range(points):
        assert not study.sampler.is_exhausted(study)
        try_one(study)
    assert len({frozenset(one.params.items()) for one in study.trials}) == points
    assert study.sampler.is_exhausted(study)


def test_that_the_grid_gives_no_point_to_two_workers() -> None:
    study = study_of(Grid(points=2))
    begun = [study.ask() for _ in range(40)]
    for trial in begun:
        value(trial)
    assert len({frozenset(trial.params.items()) for trial in begun}) == 40


def test_that_a_search_by_cma_es_goes_on_from_the_storage_as_if_it_had_never_ended() -> None:
    whole, broken = study_of(CmaEs(population=4)), study_of(CmaEs(population=4))
    for at in range(11):
        if at == 6:
            broken.sampler = built(CmaEs(population=4))
        try_one(whole)
        try_one(broken)
    tried = [[(one.params["rate"], one.params["width"]) for one in study.trials] for study in (whole, broken)]
    assert tried[0] == tried[1]


def test_that_cma_es_keeps_nothing_in_the_storage_that_would_have_to_be_unpickled() -> None:
    study = study_of(CmaEs(population=4))
    for _ in range(9):
        try_one(study)
    assert {name for one in study.trials for name in one.system_attrs} == {"netloom:generation"}


@pytest.mark.parametrize("sampler", [NSGAII(population=6), CmaEs(population=6)], ids=lambda one: one.kind())
def test_that_points_which_break_a_limit_become_rare(sampler: Sampler) -> None:
    def broken(study: optuna.Study, count: int) -> int:
        return sum(refused(study) for _ in range(count))

    study = study_of(sampler)
    first, later = broken(study, 12), 0
    for _ in range(2):
        later = broken(study, 12)
    assert later <= first
    assert later <= 4


def refused(study: optuna.Study) -> bool:
    """Try a point; one that is wider than 16 is refused, though it would be good."""
    trial = study.ask()
    found = value(trial)
    over = trial.params["width"] / 16 - 1
    trial.set_constraint("width", over)
    study.tell(trial, found if over <= 0 else None, state=None if over <= 0 else TrialState.PRUNED)
    return bool(over > 0)


@st.composite
def distributions(draw: st.DrawFn) -> Numeric:
    log = draw(st.booleans())
    if draw(st.booleans()):
        first, step = draw(st.integers(1, 50)), 1 if log else draw(st.integers(1, 7))
        return IntDistribution(first, first + step * draw(st.integers(1, 60)), log=log, step=step)
    low = draw(st.floats(1e-6, 10))
    return FloatDistribution(low, low * draw(st.floats(1.01, 1e6)), log=log)


@given(distributions(), st.floats(0, 1), st.integers(2, 9))
def test_that_numbers_and_their_places_belong_together(distribution: Numeric, where: float, points: int) -> None:
    found = number(distribution, where)
    assert distribution._contains(distribution.to_internal_repr(found))
    assert number(distribution, place(distribution, found)) == pytest.approx(found, rel=1e-9)
    spread = values(distribution, points)
    assert spread == sorted(set(spread))
    assert spread[0] == pytest.approx(distribution.low)
    assert spread[-1] == pytest.approx(distribution.high)


@pytest.mark.parametrize(
    ("sampler", "project", "sentence"),
    [
        (CmaEs(), marked(), "draws 'training.batch_size' by chance"),
        (CmaEs(), marked().set("training.epochs", 3), "two ranges at least"),
        (NSGAII(), marked().set("study.trials", 12), "nothing is ever bred"),
        (Grid(), marked().set("study.trials", 12), "The grid has 50 points"),
        (GP(), marked().set("study.trials", 5000), "slow after some hundred"),
    ],
)
def test_that_a_sampler_says_what_it_does_badly(sampler: Sampler, project: Project, sentence: str) -> None:
    told = sampler.check(space_of(project), project.study)
    assert sentence in " ".join(one.message for one in told)


@pytest.mark.parametrize(
    ("pruner", "sentence"),
    [
        (Threshold(), "has no bound yet"),
        (Threshold(lower=2.0, upper=1.0), "it would end every trial"),
        (Wilcoxon(), "compares the seeds"),
    ],
)
def test_that_a_pruner_says_what_keeps_it_from_its_work(pruner: Pruner, sentence: str) -> None:
    assert sentence in " ".join(one.message for one in pruner.check(Study()))


def test_that_a_pruner_over_seeds_ends_what_is_worse_in_all_of_them() -> None:
    study = optuna.create_study(pruner=Wilcoxon().build(optuna, goal="min", steps=8))
    for worse in (0.0, 1.0):
        trial = study.ask()
        ended = False
        for seed in range(8):
            trial.report(worse + seed / 100, seed)
            ended = ended or trial.should_prune()
        study.tell(trial, worse)
        assert ended == bool(worse)
