"""What several seeds say: a mean with its interval, and whether two groups differ; nothing but the standard library.

Numbers that are none (NaN, infinity) are left out, and counted: a run that diverged must not spoil the others' mean,
nor go unseen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, fsum, inf, isfinite, lgamma, nan, sqrt
from statistics import NormalDist

from engine.runs.student import quantile, two_sided

CONFIDENCE = 0.95
LEVEL = 0.05
"""A p below this is called significant, as is the custom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The values of one metric over a group of runs.

    Args:
        n: how many numbers there are.
        mean: their arithmetic mean; NaN where there is none.
        deviation: the sample's standard deviation (divided by n - 1); NaN below two values.
        low: the lower end of Student's t interval of the mean; NaN below two values.
        high: its upper end.
        least: the smallest value.
        most: the largest.
        left_out: values that were no numbers.
    """

    n: int
    mean: float
    deviation: float
    low: float
    high: float
    least: float
    most: float
    left_out: int = 0

    @property
    def half(self) -> float:
        """Half the interval's width: what stands behind ±."""
        return (self.high - self.low) / 2

    @property
    def error(self) -> float:
        """The standard error of the mean."""
        return self.deviation / sqrt(self.n) if self.n else nan


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Hedges' g: the difference in pooled standard deviations, with its interval; NaN where there is no spread."""

    g: float
    low: float
    high: float

    @property
    def word(self) -> str:
        """Its size in words, by the thresholds of Cohen, Statistical Power Analysis (2nd ed., 1988), 2.2.3."""
        size = abs(self.g)
        if not isfinite(size):
            return ""
        return "negligible" if size < 0.2 else "small" if size < 0.5 else "medium" if size < 0.8 else "large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two groups of one metric, tested.

    Args:
        one: the first group.
        other: the second.
        difference: the first's mean less the second's.
        low: lower end of the difference's interval; NaN where there is no test.
        high: its upper end.
        t: Welch's statistic; NaN where there is no test.
        freedom: its degrees of freedom, rarely whole.
        p: how often so large a difference or a larger one would arise by chance were there none; NaN without a test.
        effect: the size of the difference.
    """

    one: Spread
    other: Spread
    difference: float
    low: float
    high: float
    t: float
    freedom: float
    p: float
    effect: Effect

    @property
    def tested(self) -> bool:
        """Whether there is a test: two values or more on each side, and any spread at all."""
        return isfinite(self.p)

    @property
    def significant(self) -> bool:
        """Whether the test finds a difference at the 5 % level; never without a test."""
        return self.tested and self.p < LEVEL


def spread(values: Iterable[float], *, confidence: float = CONFIDENCE) -> Spread:
    """The mean of a group with Student's t interval: mean ± t(n - 1) · s / √n.

    Source: Student, The probable error of a mean, Biometrika 6 (1908).
    """
    every = [float(value) for value in values]
    kept = [value for value in every if isfinite(value)]
    n, left_out = len(kept), len(every) - len(kept)
    if not kept:
        return Spread(n=0, mean=nan, deviation=nan, low=nan, high=nan, least=nan, most=nan, left_out=left_out)
    least, most = min(kept), max(kept)
    mean, deviation = _moments(kept)
    half = deviation / sqrt(n) * quantile(confidence, n - 1) if n > 1 else nan
    return Spread(
        n=n,
        mean=mean,
        deviation=deviation,
        low=mean - half,
        high=mean + half,
        least=least,
        most=most,
        left_out=left_out,
    )


def compare(one: Iterable[float], other: Iterable[float], *, confidence: float = CONFIDENCE) -> Comparison:
    """Test whether two groups have the same mean, without taking their variances for equal: Welch's t test.

    t = (x̄₁ - x̄₂) / √(s₁²/n₁ + s₂²/n₂), its degrees of freedom after Welch and Satterthwaite.
    Source: Welch, The generalization of "Student's" problem when several different population variances are
    involved, Biometrika 34 (1947). Where a group has fewer than two values, or all values of both are the same,
    there is no test, and what belongs to one is NaN.
    """
    first, second = spread(one, confidence=confidence), spread(other, confidence=confidence)
    difference = first.mean - second.mean
    error, freedom = _error(first, second)
    if not (error > 0 and isfinite(error)):
        none = Effect(g=nan, low=nan, high=nan)
        return Comparison(
            one=first, other=second, difference=difference, low=nan, high=nan, t=nan, freedom=nan, p=nan, effect=none
        )
    t, half = difference / error, quantile(confidence, freedom) * error
    return Comparison(
        one=first,
        other=second,
        difference=difference,
        low=difference - half,
        high=difference + half,
        t=t,
        freedom=freedom,
        p=two_sided(t, freedom),
        effect=hedges(first, second, confidence=confidence),
    )


def hedges(one: Spread, other: Spread, *, confidence: float = CONFIDENCE) -> Effect:
    """Hedges' g of two groups, its small-sample correction exact: Hedges, J. Educational Statistics 6 (1981).

    g = J · (x̄₁ - x̄₂) / s, with the pooled s and J = Γ(m/2) / (√(m/2) · Γ((m - 1)/2)), m = n₁ + n₂ - 2. The interval
    is that of Borenstein et al., Introduction to Meta-Analysis (2009), equations 4.20 and 4.24, with the normal
    quantile: rough where there are few seeds, and then wide, as it should be.
    """
    m = one.n + other.n - 2
    pooled = _pooled(one, other) if one.n > 1 and other.n > 1 else nan
    if not pooled > 0:
        return Effect(g=nan, low=nan, high=nan)
    d = (one.mean - other.mean) / pooled
    correction = exp(lgamma(m / 2) - lgamma((m - 1) / 2)) / sqrt(m / 2)
    variance = (one.n + other.n) / (one.n * other.n) + d * d / (2 * (one.n + other.n))
    half = NormalDist().inv_cdf((1 + confidence) / 2) * correction * sqrt(variance)
    return Effect(g=correction * d, low=correction * d - half, high=correction * d + half)


def _moments(values: list[float]) -> tuple[float, float]:
    """Mean and standard deviation; equal values have no spread, and large ones overflow nothing."""
    n, least, most = len(values), min(values), max(values)
    if least == most:
        return least, (0.0 if n > 1 else nan)
    scale = max(abs(least), abs(most))
    scaled = [value / scale for value in values]
    mean = min(max(fsum(scaled) / n, least / scale), most / scale)
    return mean * scale, sqrt(fsum((value - mean) ** 2 for value in scaled) / (n - 1)) * scale


def _error(one: Spread, other: Spread) -> tuple[float, float]:
    """The standard error of the difference, and its degrees of freedom; in parts of the larger, so that none is lost.

    NaN where a group has fewer than two values.
    """
    if one.n < 2 or other.n < 2:
        return nan, nan
    larger = max(one.error, other.error)
    if not 0 < larger < inf:
        return 0.0, nan
    a, b = (one.error / larger) ** 2, (other.error / larger) ** 2
    return larger * sqrt(a + b), (a + b) ** 2 / (a * a / (one.n - 1) + b * b / (other.n - 1))


def _pooled(one: Spread, other: Spread) -> float:
    larger = max(one.deviation, other.deviation)
    if not 0 < larger < inf:
        return 0.0
    parts = ((group.n - 1) * (group.deviation / larger) ** 2 for group in (one, other))
    return larger * sqrt(sum(parts) / (one.n + other.n - 2))
