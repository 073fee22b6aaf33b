"""One study on a database server, worked on from two workspaces as from two machines."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from optuna.storages import BaseStorage

from engine.runs import Workspace
from engine.search import join, open_study
from engine.search.storage import open_storage, shut
from tests.search.making import marked
from tests.search.postgres import postgres

TRIALS = 14


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as folder, postgres(Path(folder)) as url:
        yield url


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_that_two_machines_share_a_study_on_postgresql_and_optuna_dashboard_reads_it(
    server: str, tmp_path: Path
) -> None:
    begun, joined = (Workspace(tmp_path / name).prepare() for name in ("begun", "joined"))
    study = begun.new_study(marked(study={"trials": TRIALS}), name="shared", storage=server)
    open_study(study).close()
    there = join(server, "shared", workspace=joined)
    assert there.project() == study.project()

    with _at_work(begun, study.id) as first, _at_work(joined, there.id) as second:
        assert (first.wait(100), second.wait(100)) == (0, 0)

    handle = open_study(study)
    every = handle.trials()[1]
    trials = [one for one in every if one.runs]
    # Machines that begin the last one at the same moment stand back, and what one asked for waits for an extension.
    assert {one.state for one in every if not one.runs} <= {"waiting"}
    assert handle.state() == "finished"
    assert [one.state for one in trials] == ["finished"] * TRIALS
    assert len({one.parameters["training.optimizer.lr"] for one in trials}) == TRIALS
    here, away = ({run.id for run in one.all_runs()} for one in (begun, joined))
    assert here
    assert away
    assert here | away == {run for one in trials for run in one.runs}
    assert len(here) + len(away) == TRIALS

    storage = open_storage(server)
    [summary] = _dashboard(storage, "/api/studies")["study_summaries"]
    assert summary["study_name"] == "shared"
    detail = _dashboard(storage, f"/api/studies/{summary['study_id']}?after=0")
    assert [one["state"] for one in detail["trials"]].count("Complete") == TRIALS
    shut(storage)
    handle.close()


def _at_work(workspace: Workspace, study: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "engine.search", "--workspace", str(workspace.path), "--study", study]
    return subprocess.Popen([*command, "--device", "cpu", "--place", "cpu-1", "--no-tracking"])


def _dashboard(storage: BaseStorage, path: str) -> Any:
    """What optuna-dashboard answers, asked without a network."""
    dashboard = pytest.importorskip("optuna_dashboard", reason="optuna-dashboard is not installed")
    page, _, query = path.partition("?")
    asked: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": page,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    answer = b"".join(dashboard.wsgi(storage)(asked, lambda *_: None))
    return json.loads(answer)
