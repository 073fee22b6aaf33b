"""Samplers: ways to choose what is tried next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import inf
from typing import Any

from engine.spec import Mark, Problem, Sampler, Search, Space, Study, field


class TPE(Sampler):
    """The choice for most searches: it learns where good trials lie, also among choices and conditions."""

    category = "Learning"
    synonyms = ("bayesian", "tree-structured parzen estimator", "default")
    constrained = True

    startup: int = field(10, min=1, max=10_000, help="Trials that are drawn by chance before it has learned enough.")
    candidates: int = field(24, min=1, max=10_000, advanced=True, help="Values that it weighs for each one it tries.")

    def build(self, optuna: Any, *, space: dict[str, Any], seed: int) -> Any:
        from plugins.search._quiet import quiet

        with quiet(optuna):
            return optuna.samplers.TPESampler(
                seed=seed,
                n_startup_trials=self.startup,
                n_ei_candidates=self.candidates,
                multivariate=True,
                group=True,
                constant_liar=True,
            )


class GP(Sampler):
    """Best for few trials that take long: it models the result as a smooth surface, and thinks longest of all."""

    category = "Learning"
    synonyms = ("gaussian process", "bayesian")
    constrained = True

    startup: int = field(10, min=1, max=10_000, help="Trials that are drawn by chance before it has learned enough.")

    def build(self, optuna: Any, *, space: dict[str, Any], seed: int) -> Any:
        from plugins.search._learning import GP

        return GP(space, seed=seed, n_startup_trials=self.startup, warn_independent_sampling=False)

    def check(self, space: Space, study: Study) -> Iterator[Problem]:
        yield from super().check(space, study)
        if study.trials > SLOW:
            message = f"GP becomes slow after some hundred trials, and the budget is {study.trials:,}. TPE stays fast."
            yield Problem(message=message, severity="warning", section="study", parameter="sampler")


SLOW = 1000
"""Trials from which on a Gaussian process takes longer than what it chooses: its time grows with their cube."""


class CmaEs(Sampler):
    """For many trials over numbers: a cloud of points that wanders to where it gets better, and adapts its shape."""

    category = "Evolution"
    label = "CMA-ES"
    synonyms = ("covariance matrix adaptation", "evolution strategy")
    most_objectives = 1
    constrained = True

    population: int = field(0, min=0, max=10_000, help="Points of a generation; 0 is by the number of variables.")

    def build(self, optuna: Any, *, space: dict[str, Any], seed: int) -> Any:
        from plugins.search._cma import Cma

        return Cma(space, seed=seed, population=self.population)

    def check(self, space: Space, study: Study) -> Iterator[Problem]:
        yield from super().check(space, study)
        chosen = [name for name, one in space.variables.items() if one.choices]
        if len(space.variables) - len(chosen) < 2:
            message = "CMA-ES moves through numbers and needs two ranges at least. TPE takes any variables."
            yield Problem(message=message, section="study", parameter="sampler")
        elif chosen:
            named = ", ".join(f"'{one}'" for one in chosen[:3]) + (" …" if len(chosen) > 3 else "")
            message = f"CMA-ES moves through numbers; it draws {named} by chance. TPE learns choices too."
            yield Problem(message=message, severity="warning", section="study", parameter="sampler")


class NSGAII(Sampler):
    """For two objectives and hundreds of trials: it breeds the best with each other, generation by generation."""

    category = "Evolution"
    label = "NSGA-II"
    synonyms = ("genetic algorithm", "pareto", "multi-objective")
    constrained = True

    population: int = field(20, min=2, max=10_000, help="Trials of a generation; the first are drawn by chance.")
    crossover: float = field(
        0.9, min=0, max=1, advanced=True, help="How often two trials are mixed, and not one copied."
    )

    def build(self, optuna: Any, *, space: dict[str, Any], seed: int) -> Any:
        from plugins.search._learning import NSGAII

        return NSGAII(space, seed=seed, population_size=self.population, crossover_prob=self.crossover)

    def check(self, space: Space, study: Study) -> Iterator[Problem]:
        yield from super().check(space, study)
        if 0 < study.trials <= self.population:
            message = (
                f"The first generation of {self.title()} is {self.population} trials, drawn by chance, and the budget "
                f"is {study.trials}: nothing is ever bred. Take more trials or a smaller population."
            )
            yield Problem(message=message, severity="warning", section="study", parameter="sampler")


class NSGAIII(NSGAII):
    """For three objectives or more: as NSGA-II, but it keeps the trials spread over the whole front."""

    label = "NSGA-III"

    def build(self, optuna: Any, *, space: dict[str, Any], seed: int) -> Any:
        from plugins.search._learning import NSGAIII
        from plugins.search._quiet import quiet

        with quiet(optuna):
            return NSGAIII(space, seed=seed, population_size=self.population, crossover_prob=self.crossover)


class QMC(Sampler):
    """To see the whole space evenly: points that fill it without gaps or heaps, better than chance does."""

    category = "Exploring"
    synonyms = ("quasi-monte carlo", "sobol", "halton", "low discrepancy")
    one_seed = True

    def build(self, optuna: Any, *, space: dict[str, Any], seed: int) -> Any:
        from plugins.search._exploring import Even
        from plugins.search._quiet import quiet

        with quiet(optuna):
            return Even(space, seed=seed)


class Grid(Sampler):
    """For a few choices that are all to be tried: every combination once, then it is done."""

    category = "Exploring"
    synonyms = ("grid search", "brute force", "exhaustive", "all combinations")
    exhaustive = True

    points: int = field(5, min=2, max=1000, help="Values that are tried of a range without steps.")

    def build(self, optuna: Any, *, space: dict[str, Any], seed: int) -> Any:
        from plugins.search._exploring import All

        return All(space, points=self.points, seed=seed)

    def check(self, space: Space, study: Study) -> Iterator[Problem]:
        yield from super().check(space, study)
        stepped = Space(marks=tuple(self._stepped(one) for one in space.marks))
        if 0 < study.trials < stepped.size:
            message = (
                f"The grid has {stepped.size:,.0f} points, and the budget is {study.trials:,} trials: it will not be "
                "tried whole. Mark less, take fewer values, or let TPE choose."
            )
            yield Problem(message=message, severity="warning", section="study", parameter="sampler")

    def _stepped(self, mark: Mark) -> Mark:
        """The mark with as many values as the grid takes of it."""
        search = mark.search
        if search.choices or search.step not in (None, 1) or (search.count or inf) <= self.points:
            return mark
        return replace(mark, search=Search(choices=tuple(range(self.points))))


class Random(Sampler):
    """Tries values by chance: what every other sampler has to be better than."""

    category = "Exploring"
    synonyms = ("chance", "baseline", "uniform")

    def build(self, optuna: Any, *, space: dict[str, Any], seed: int) -> Any:
        return optuna.samplers.RandomSampler(seed=seed)
