"""Ten runs with a million points each, and more that keep coming."""

import numpy as np

RUNS = 10
POINTS = 1_000_000
MORE = 20  # new points per run, at every tick
TICK = 20  # milliseconds
SECONDS = 8.0  # how long it is looked at


def history(run: int) -> np.ndarray:
    """A falling, noisy loss, float64 (points,)."""
    random = np.random.default_rng(run)
    steps = np.arange(POINTS)
    return 2 * np.exp(-steps / (POINTS / (run + 2))) + 0.1 * random.standard_normal(POINTS) + 0.2 * run


def news(run: int, tick: int) -> np.ndarray:
    """The points that arrive at a tick, float64 (MORE,)."""
    return 0.2 * run + 0.1 * np.sin(np.arange(MORE) + tick)
