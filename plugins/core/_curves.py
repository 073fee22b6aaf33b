"""Curves that a learning rate follows."""

from __future__ import annotations

import math
from collections.abc import Callable


def cosine(*, steps: int, warmup: int, floor: float) -> Callable[[int], float]:
    """The factor at each step: a line up through `warmup` steps, then half a cosine wave down to `floor` at the last.

    The wave is that of Loshchilov and Hutter, 2016, SGDR (arXiv:1608.03983), equation 5, without restarts.
    """

    def factor(step: int) -> float:
        if step < warmup:
            return (step + 1) / (warmup + 1)
        way = min(1.0, (step - warmup) / max(1, steps - warmup))
        return floor + (1 - floor) * (1 + math.cos(math.pi * way)) / 2

    return factor
