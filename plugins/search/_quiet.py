"""Optuna's remarks on its own future are nothing that a user could act on."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def quiet(optuna: Any) -> Iterator[None]:
    """Within it, what Optuna calls experimental is used without a warning; the range of its versions is pinned."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        yield
