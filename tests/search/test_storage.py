"""A storage that is not to be had costs little, and how long it is waited for is nobody else's to say."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from engine.search.objectives import Judged
from engine.search.reports import REST, Reports
from engine.search.storage import BUSY, open_storage, shut
from engine.track.patience import USUAL, wait_at_most

WAITED = 10.0


class Gone:
    """A trial whose storage says after ten seconds that it is locked."""

    _trial_id = 0

    def __init__(self) -> None:
        self.now, self.asked = 0.0, 0

    @property
    def storage(self) -> Any:
        self.asked += 1
        self.now += WAITED
        raise sqlite3.OperationalError("database is locked")


def test_that_a_locked_storage_takes_a_tenth_of_the_time_of_training(monkeypatch: pytest.MonkeyPatch) -> None:
    trial: Any = Gone()
    monkeypatch.setattr("engine.search.reports.monotonic", lambda: trial.now)
    reports = Reports(trial, (Judged(name="validation/accuracy", goal="max", watched=False),), prunes=True)
    job: Any = SimpleNamespace(progress=SimpleNamespace(epoch=1), training=SimpleNamespace(epochs=1000))
    for _ in range(1000):  # of a second each
        trial.now += 1.0
        reports.epoch(job, {"validation/accuracy": 0.5})
    assert trial.asked == pytest.approx(1000 / (REST * WAITED), abs=1.5)


def test_that_an_sqlite_file_is_waited_for_as_long_as_a_study_says_beside_mlflow_in_one_process(tmp_path: Path) -> None:
    wait_at_most(USUAL)
    storage: Any = open_storage(f"sqlite:///{tmp_path / 'trials.db'}")
    try:
        with storage._backend.engine.connect() as connection:
            file = connection.connection.driver_connection
            [said] = file.execute("PRAGMA busy_timeout").fetchone()
    finally:
        shut(storage)
    assert said == 1000 * BUSY
