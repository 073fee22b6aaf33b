"""What every sampler and every pruner keeps."""

import logging
import warnings
from collections.abc import Iterator
from math import log10
from typing import Any

import optuna
import pytest
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import TrialState

from engine.spec import Component, Objective, Project, Search, Study, Training, space_of
from tests.contracts.declaration import DeclarationContract

SPACE: dict[str, Any] = {
    "kind": CategoricalDistribution(("deep", "flat")),
    "rate": FloatDistribution(1e-4, 1e-1, log=True),
    "width": IntDistribution(8, 32, step=8),
    "depth": IntDistribution(1, 3),
    "dropout": FloatDistribution(0.0, 0.5, step=0.25),
}
"""Its last two are asked for by one kind each."""
LIMIT = 24


class Keeper(logging.Handler):
    """Keeps what is logged from a warning up."""

    def __init__(self, said: list[logging.LogRecord]) -> None:
        super().__init__(logging.WARNING)
        self.emit = said.append  # type: ignore[method-assign,assignment]


class QuietContract(DeclarationContract):
    """Nothing that Optuna warns or logs of reaches a user, who could not act on it."""

    @pytest.fixture(autouse=True)
    def silence(self) -> Iterator[None]:
        """Take warnings for errors, and what is logged for a failure."""
        said: list[logging.LogRecord] = []
        logger = optuna.logging.get_logger("optuna")
        keep = Keeper(said)
        optuna.logging.set_verbosity(optuna.logging.WARNING)
        logger.addHandler(keep)
        with warnings.catch_warnings(action="error"):
            yield
        logger.removeHandler(keep)
        assert [one.getMessage() for one in said] == []


class SamplerContract(QuietContract):
    """What a sampler keeps, tried on a small space in which some variables depend on another."""

    trials = 14

    @pytest.fixture(params=[1, 2])
    def study(self, declaration: type[Any], request: pytest.FixtureRequest) -> optuna.Study:
        if request.param > (declaration.most_objectives or 2):
            pytest.skip("weighs one objective")
        return study_of(declaration(**quick(declaration)), objectives=request.param)

    def test_that_it_chooses_within_a_conditional_space(self, study: optuna.Study) -> None:
        for _ in range(self.trials):
            try_one(study)
        assert {one.params["kind"] for one in study.trials} == {"deep", "flat"}
        assert all(SPACE[name]._contains(SPACE[name].to_internal_repr(value)) for name, value in chosen(study))

    def test_that_several_workers_share_a_study(self, declaration: type[Any]) -> None:
        first = study_of(declaration(**quick(declaration)))
        seed = 0 if declaration.one_seed else 1
        second = optuna.load_study(study_name=first.study_name, storage=first._storage)
        second.sampler = built(declaration(**quick(declaration)), seed=seed)
        for _ in range(self.trials // 2):
            begun = first.ask()
            value(begun)
            try_one(second)
            first.tell(begun, 1.0)
        assert [one.state for one in first.trials] == [TrialState.COMPLETE] * (self.trials // 2 * 2)
        assert len({frozenset(one.params.items()) for one in first.trials}) > self.trials // 2

    def test_that_it_lives_with_points_that_are_refused_and_values_that_are_no_numbers(
        self, declaration: type[Any]
    ) -> None:
        study = study_of(declaration(**quick(declaration)))
        for number in range(self.trials):
            begun = study.ask()
            found = value(begun)
            over = begun.params["width"] / LIMIT - 1
            begun.set_constraint("parameters", over)
            if over > 0:
                study.tell(begun, state=TrialState.PRUNED)
            else:
                study.tell(begun, float("inf") if number % 5 == 4 else found)
        assert len(study.trials) == self.trials

    def test_that_too_many_objectives_are_said_beforehand(self, declaration: type[Any]) -> None:
        many = (declaration.most_objectives or 0) + 1
        told = declaration().check(space_of(marked()), Study(objectives=(Objective(),) * many, trials=0))
        errors = [one for one in told if one.severity == "error"]
        assert bool(errors) == (declaration.most_objectives is not None)
        assert all(one.section == "study" and one.parameter == "sampler" for one in errors)


class PrunerContract(QuietContract):
    """What a pruner keeps, tried on trials of which every second is much worse."""

    def test_that_a_good_trial_comes_to_its_end(self, declaration: type[Any]) -> None:
        pruner = declaration().build(optuna, goal="max", steps=9)
        study = optuna.create_study(direction="maximize", pruner=pruner)
        for number in range(16):
            trial = study.ask()
            state = TrialState.COMPLETE
            for step in range(1, 10):
                trial.report(level(number, step), step)
                if trial.should_prune():
                    state = TrialState.PRUNED
                    break
            study.tell(trial, 1.0 if state == TrialState.COMPLETE else None, state=state)
        assert study.trials[0].state == TrialState.COMPLETE

    def test_that_it_takes_what_is_no_number(self, declaration: type[Any]) -> None:
        pruner = declaration().build(optuna, goal="min", steps=1)
        study = optuna.create_study(pruner=pruner)
        for reported in (1.0, float("nan"), float("inf")):
            trial = study.ask()
            trial.report(reported, 1)
            trial.should_prune()
            study.tell(trial, 1.0)

    def test_that_several_objectives_are_said_beforehand(self, declaration: type[Any]) -> None:
        told = list(declaration().check(Study(objectives=(Objective(), Objective(metric="parameters")), seeds=9)))
        errors = [one for one in told if one.severity == "error"]
        assert any("2 objectives" in one.message for one in errors) == (declaration.most_objectives == 1)


def level(number: int, step: int) -> float:
    """What a trial has reached: it grows, and every second trial is far behind."""
    return (0.2 if number % 2 else 0.8) + step / 100


def quick(declaration: type[Any]) -> dict[str, Any]:
    """Parameters with which it begins to learn within a few trials."""
    known = {one.name for one in declaration.parameters()}
    return {name: least for name, least in (("startup", 11), ("population", 4)) if name in known}


def built(sampler: Any, *, seed: int = 0) -> Any:
    return sampler.build(optuna, space=SPACE, seed=seed)


def study_of(sampler: Any, *, objectives: int = 1) -> optuna.Study:
    return optuna.create_study(sampler=built(sampler), directions=["minimize"] * objectives)


def value(trial: optuna.Trial) -> float:
    """Ask for what matters, as a project's marks do, and weigh it."""
    kind = trial.suggest_categorical("kind", SPACE["kind"].choices)
    rate = trial.suggest_float("rate", 1e-4, 1e-1, log=True)
    width = trial.suggest_int("width", 8, 32, step=8)
    depth = trial.suggest_int("depth", 1, 3) if kind == "deep" else 0
    dropout = trial.suggest_float("dropout", 0.0, 0.5, step=0.25) if kind == "flat" else 0.5
    return (log10(rate) + 2) ** 2 + (width - 24) ** 2 / 256 + (depth - 2) ** 2 / 4 + dropout


def try_one(study: optuna.Study) -> None:
    trial = study.ask()
    found = value(trial)
    study.tell(trial, [found, float(trial.params["width"])][: len(study.directions)])


def chosen(study: optuna.Study) -> Iterator[tuple[str, Any]]:
    for one in study.trials:
        yield from one.params.items()


def marked() -> Project:
    """A project with two ranges and a choice."""
    optimizer = Component(kind="Adam", parameters={"lr": Search(low=1e-4, high=1e-1, log=True)})
    project = Project(training=Training(optimizer=optimizer))
    return project.set("training.batch_size", Search(choices=(16, 32))).set("training.epochs", Search(low=2, high=9))
