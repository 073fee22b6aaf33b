"""What the window asks of MLflow: other tools' runs, forgetting, and a sentence within seconds where that fails."""

import math
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from engine.runs import RunFolder, Workspace
from engine.runs.disk import size
from engine.track.asking import Asking, TrackingError
from engine.track.foreign import foreign_runs, histories
from engine.track.forgetting import forget_runs
from engine.track.pages import page
from engine.track.registry import register, registered
from tests.track.conftest import Tracked, epoch, finished, follow, started

Write = Callable[..., RunFolder]


@pytest.fixture
def logged(workspace: Workspace, tracked: Tracked) -> str:
    """A run as a plain script tells it; its id."""
    client = tracked.client
    place = client.create_experiment("Plain script", artifact_location=(workspace.path / "theirs").as_uri())
    run = client.create_run(place, run_name="by hand", tags={"team": "vision"}).info.run_id
    client.log_param(run, "lr", 0.1)
    for step, value in enumerate((1.0, math.nan, math.inf)):
        client.log_metric(run, "val_loss", value, step=step, timestamp=1000 * (step + 1))
    client.set_terminated(run, "FAILED")
    return str(run)


def test_that_runs_of_other_tools_are_told_with_what_they_have_and_ours_are_not(
    workspace: Workspace, write: Write, logged: str
) -> None:
    write(started(), *epoch(1), finished(5))
    follow(workspace)
    answer = foreign_runs(Asking(workspace))
    [run] = answer["runs"]
    assert not answer["more"]
    assert (run["id"], run["name"], run["experiment"], run["status"]) == (logged, "by hand", "Plain script", "FAILED")
    assert run["parameters"] == {"lr": "0.1"}
    assert run["tags"] == {"team": "vision"}
    assert run["metrics"] == {"val_loss": math.inf}
    found = histories(Asking(workspace), [logged])[logged]["val_loss"]
    assert found["steps"] == [0, 1, 2]
    assert found["times"] == [1.0, 2.0, 3.0]
    assert found["values"][0] == 1.0
    assert math.isnan(found["values"][1])
    assert found["values"][2] == math.inf


def test_that_a_run_deleted_in_mlflow_is_told_no_more(workspace: Workspace, tracked: Tracked, logged: str) -> None:
    tracked.client.delete_run(logged)
    assert foreign_runs(Asking(workspace))["runs"] == []
    assert histories(Asking(workspace), ["0" * 32]) == {"0" * 32: {}}


def test_that_nothing_is_made_where_there_is_no_database_yet(tmp_path: Path) -> None:
    asking = Asking(Workspace(tmp_path).prepare())
    assert foreign_runs(asking) == {"runs": [], "more": False}
    assert registered(asking) == []
    assert forget_runs(asking, ["x"]) == {"forgotten": 0, "left": 0, "freed": 0}
    assert not asking.workspace.database.exists()


def test_that_forgotten_runs_leave_neither_rows_nor_artifacts(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    kept, gone = (write(started(), *epoch(1), finished(5)) for _ in range(2))
    follow(workspace)
    place = Path(tracked.run(gone).info.artifact_uri.removeprefix("file://").replace("%20", " ").replace("%C3%BC", "ü"))
    assert place.is_dir()
    took = size(place)
    assert forget_runs(Asking(workspace), [gone.id]) == {"forgotten": 1, "left": 0, "freed": took}
    assert took > 1000
    assert [one.info.run_id for one in tracked.runs()] == [tracked.id(kept)]
    assert not place.exists()
    with closing(sqlite3.connect(workspace.database)) as database:
        [[rows]] = database.execute("select count(*) from metrics where run_uuid = ?", [tracked.id(gone)])
    assert rows == 0


def test_that_a_run_without_a_model_is_not_registered(workspace: Workspace, write: Write) -> None:
    run = write(started(), finished(5))
    with pytest.raises(TrackingError, match="not heard of this run"):
        register(Asking(workspace), run.id, name="flowers")
    follow(workspace)
    with pytest.raises(TrackingError, match="left no model"):
        register(Asking(workspace), run.id, name="flowers")
    for name, alias in (("a/b", ""), ("", ""), ("flowers", "latest"), ("flowers", "two words"), ("flowers", "v3")):
        with pytest.raises(TrackingError, match=r"name|alias"):
            register(Asking(workspace), run.id, name=name, alias=alias)


@pytest.fixture
def deaf() -> Iterator[str]:
    """A server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def take() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=take)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
        for one in held:
            one.close()


def ask(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, uri: str) -> str:
    """What a person is told about a server that cannot be asked."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", uri)
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_TIMEOUT", "1")
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    began = monotonic()
    with pytest.raises(TrackingError) as told:
        foreign_runs(Asking(workspace))
    assert monotonic() - began < 10
    return str(told.value)


def test_that_a_server_which_says_nothing_is_told_of_within_seconds(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, deaf: str
) -> None:
    assert ask(workspace, monkeypatch, deaf) == (
        f"The MLflow server at {deaf} does not answer. Start it, or choose another place for the runs."
    )


def test_that_a_server_which_is_not_there_is_told_of(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        uri = f"http://127.0.0.1:{one.getsockname()[1]}"
    assert "does not answer" in ask(workspace, monkeypatch, uri)


def test_that_a_database_that_another_program_holds_is_told_of_within_seconds(
    workspace: Workspace, write: Write, logged: str
) -> None:
    run = write(started(), *epoch(1), finished(5))
    follow(workspace)
    asking = Asking(workspace, patience=0.2)
    with closing(sqlite3.connect(workspace.database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        questions: tuple[Callable[[], object], ...] = (
            lambda: foreign_runs(asking),
            lambda: histories(asking, [logged]),
            lambda: registered(asking),
            lambda: register(asking, run.id, name="flowers"),
            lambda: forget_runs(asking, [run.id]),
            lambda: page(asking, "http://127.0.0.1:1", [run.id]),
        )
        for question in questions:
            began = monotonic()
            with pytest.raises(TrackingError, match="locked by another program"):
                question()
            assert monotonic() - began < 5
    assert foreign_runs(asking)["runs"]


def test_that_a_database_of_another_version_or_a_damaged_one_is_told_of_and_left_alone(
    workspace: Workspace, write: Write
) -> None:
    run = write(started(), finished(5))
    with closing(sqlite3.connect(workspace.database)) as database, database:
        database.execute("update alembic_version set version_num = 'ffffffffffff'")
    before = workspace.database.read_bytes()
    with pytest.raises(TrackingError, match="written by another version of MLflow"):
        foreign_runs(Asking(workspace))
    assert not follow(workspace)
    assert "another version of MLflow" in run.read_json("track.json")["trouble"]
    assert workspace.database.read_bytes() == before
    workspace.database.write_bytes(b"not a database at all, " * 100)
    with pytest.raises(TrackingError, match="is damaged"):
        foreign_runs(Asking(workspace))
