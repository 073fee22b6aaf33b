"""Student's t distribution without SciPy: the window may not load that, and needs two numbers of it."""

from __future__ import annotations

from functools import lru_cache
from math import exp, inf, isinf, isnan, lgamma, log, log1p, nan

TINY = 1e-300
"""In place of a zero that would be divided by."""
ENOUGH = 1e-16
TURNS = 10_000


def two_sided(t: float, freedom: float) -> float:
    """The probability of a |t| as large or larger, with n > 0 degrees of freedom: I_x(n/2, 1/2), x = n / (n + t²).

    Source: NIST Digital Library of Mathematical Functions (2024), 8.17. NaN where an argument is.
    """
    if isnan(t) or not freedom > 0:
        return nan
    if isinf(t):
        return 0.0
    t, square = abs(t), t * t
    if isinf(square):
        return exp(-freedom * (log(t) - log(freedom) / 2))  # of no size that matters, and never above one
    return beta(freedom / (freedom + square), square / (freedom + square), freedom / 2, 0.5)


@lru_cache(maxsize=1024)
def quantile(confidence: float, freedom: float) -> float:
    """The t that |t| stays below with this probability: 12.706 for 0.95 and one degree of freedom."""
    outside = 1 - confidence
    low, high = 0.0, 1.0
    while two_sided(high, freedom) > outside:
        low, high = high, 2 * high
        if isinf(high):
            return inf
    while (middle := (low + high) / 2) not in {low, high}:
        if two_sided(middle, freedom) > outside:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def beta(x: float, rest: float, a: float, b: float) -> float:
    """The regularized incomplete beta function I_x(a, b); `rest` is 1 - x, from whoever knows it more exactly.

    DLMF 8.17.22, a continued fraction that converges fast below (a + 1) / (a + b + 2), and 8.17.4 above.
    """
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - beta(rest, x, b, a)
    logarithm = log(x) if x < 0.5 else log1p(-rest)
    other = log(rest) if rest < 0.5 else log1p(-x)
    front = lgamma(a + b) - lgamma(a) - lgamma(b) + a * logarithm + b * other
    return min(1.0, exp(front) / a / _fraction(x, a, b))


def _fraction(x: float, a: float, b: float) -> float:
    """1 + d₁ / (1 + d₂ / (1 + …)) by Lentz's method, as modified by Thompson and Barnett (1986)."""
    value, up, down = 1.0, 1.0, 0.0
    for place in range(1, TURNS):
        m = place // 2
        if place % 2:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        down = 1 / (1 + term * down or TINY)
        up = 1 + term / up or TINY
        value *= up * down
        if abs(up * down - 1) < ENOUGH:
            break
    return value
