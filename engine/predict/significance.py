"""Whether two runs differ by more than chance on the same samples."""

from __future__ import annotations

import numpy as np

from engine.predict.answers import Array


def mcnemar(fixed: int, broken: int) -> float:
    """The exact McNemar test: the chance of a split at least this uneven if either run were as good as the other.

    Only the samples that one run got right and the other wrong say anything; under the null hypothesis each falls to
    either side with probability ½, so the p-value is that of a two-sided binomial test. Source: Q. McNemar, "Note on
    the sampling error of the difference between correlated proportions or percentages", Psychometrika 12 (1947); exact
    form as in A. Agresti, "Categorical Data Analysis", 3rd ed., section 11.1.

    Returns:
        The two-sided p-value, 1 where they never differ.
    """
    from scipy.stats import binomtest

    return float(binomtest(fixed, fixed + broken).pvalue) if fixed + broken else 1.0


def wilcoxon(first: Array, second: Array) -> float | None:
    """The Wilcoxon signed-rank test of paired errors: whether one run's are smaller than the other's.

    Source: F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1 (1945); zero differences
    are left out, as Wilcoxon did.

    Returns:
        The two-sided p-value; None with fewer than six samples that differ, which cannot show anything at 5 %.
    """
    from scipy.stats import wilcoxon as test

    difference = np.asarray(second, float) - np.asarray(first, float)
    difference = difference[np.isfinite(difference) & (difference != 0)]
    return float(test(difference).pvalue) if len(difference) >= 6 else None
