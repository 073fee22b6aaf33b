"""The index of a workspace: a cache that tells what the run folders tell, and is never in the way."""

import math
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from engine.events import Created, Ended, Metrics, Started
from engine.runs import Notes, RunFolder, Summary, Workspace, append
from engine.runs.index import Index, Known, Settings, overview, settings_of
from engine.runs.index.index import FILE
from engine.runs.index.row import from_rows, to_row
from engine.spec import Component, Project, Search, flatten

words = some.text(max_size=12)
numbers = some.floats(allow_nan=False)
metrics = some.dictionaries(words, numbers, max_size=4)
summaries = some.builds(
    Summary,
    name=words,
    state=some.sampled_from(["running", "finished", "queued"]),
    message=words,
    created=numbers,
    epoch=some.integers(0, 10**9),
    last=metrics,
    best=metrics,
    trend=some.lists(numbers, max_size=5),
)
notes = some.builds(Notes, name=words, tags=some.lists(words.filter(bool), unique=True, max_size=3).map(tuple))
knowns = some.builds(
    Known, some.just("a"), some.integers(0, 2**50), some.binary(max_size=64), summary=summaries, notes=notes
)


def started() -> Started:
    return Started(device="cpu", pid=1, host="h", epochs=3, steps_per_epoch=10)


def epoch(number: int, loss: float) -> Metrics:
    return Metrics(epoch=number, step=number * 10, values={"validation/loss": loss})


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "w").prepare()


@pytest.fixture
def index(workspace: Workspace) -> Iterator[Index]:
    made = Index(workspace)
    yield made
    made.close()


def make(workspace: Workspace, name: str = "a", **parameters: Any) -> RunFolder:
    run = workspace.new_run(Project(name=name, dataset=Component(kind="Table", parameters=parameters)))
    append(run.events, started(), epoch(1, 0.5), Ended(outcome="finished"))
    return run


@given(knowns)
@settings(max_examples=50)
def test_that_a_row_is_read_as_it_was_written(known: Known) -> None:
    assert list(from_rows([to_row(known)])) == [known]


def test_that_what_is_no_number_is_kept_as_such(index: Index) -> None:
    index.put([Known("a", summary=Summary(last={"x": math.nan, "y": -math.inf}, trend=[math.inf]))])

    (kept,) = index.known()

    assert math.isnan(kept.summary.last["x"])
    assert (kept.summary.last["y"], kept.summary.trend) == (-math.inf, [math.inf])


def test_that_runs_that_go_on_come_first_and_then_the_newest(index: Index) -> None:
    ended = [Known(f"{place:04}", summary=Summary(state="finished")) for place in range(450)]
    index.put([*ended, Known("0007-on", summary=Summary(state="running"))])

    assert [one.id for one in index.known()] == ["0007-on", *(one.id for one in reversed(ended))]


def test_that_an_overview_tells_what_the_folders_tell_now(workspace: Workspace) -> None:
    first, second, third = (make(workspace, name) for name in "abc")
    overview(workspace)
    append(first.events, started(), epoch(2, 0.25))
    second.note(Notes(tags=("best",)))
    shutil.rmtree(third.path)
    fourth = make(workspace, "d")

    found = {one.id: one for one in overview(workspace)}

    assert list(found) == sorted([first.id, second.id, fourth.id], reverse=True)
    assert {run: one.summary for run, one in found.items()} == {
        run.id: run.summary() for run in (first, second, fourth)
    }
    assert found[first.id].summary.state == "interrupted"
    assert found[second.id].notes.tags == ("best",)


def test_that_an_overview_opens_no_journal_that_did_not_grow(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(workspace)
    before = overview(workspace)
    monkeypatch.setattr("engine.runs.journal.decode", pytest.fail)

    assert overview(workspace) == before


def test_that_a_replaced_journal_is_read_anew(workspace: Workspace) -> None:
    run = make(workspace)
    overview(workspace)
    run.events.unlink()
    append(run.events, Created(name="other"), started())

    (known,) = overview(workspace)

    assert (known.summary.name, known.summary.attempts) == ("other", 1)


def test_that_settings_are_those_of_the_project_even_after_it_is_gone(workspace: Workspace) -> None:
    values: dict[str, Any] = {
        "path": "ä\nb",
        "columns": ["a", "b"],
        "rate": Search(low=0.1, high=1.0),
        "none": None,
        "on": True,
    }
    runs = [make(workspace, **values, seed=place) for place in range(2)]
    wanted = {run.id: flatten(run.project()) for run in runs}
    assert {run: dict(one) for run, one in settings_of(workspace, wanted).items()} == wanted
    for run in runs:
        (run.path / "project.json").unlink()

    found = settings_of(workspace, wanted)

    assert {run: dict(one) for run, one in found.items()} == wanted
    assert found[runs[0].id] == wanted[runs[0].id]
    assert "training.epochs" in found[runs[0].id]
    assert "training.nothing" not in found[runs[0].id]


def test_that_a_run_without_a_project_has_no_settings(workspace: Workspace) -> None:
    run = make(workspace)
    (run.path / "project.json").write_text("{")

    assert settings_of(workspace, [run.id]) == {run.id: Settings((), ())}


@pytest.mark.parametrize("harm", ["rubbish", "older", "other", "rows", "empty", "folder"])
def test_that_an_index_that_cannot_be_used_is_made_anew_or_done_without(workspace: Workspace, harm: str) -> None:
    run = make(workspace)
    (before,) = overview(workspace)
    path = workspace.cache / FILE
    match harm:
        case "rubbish":
            path.write_bytes(b"no database at all" * 500)
        case "older" | "other" | "rows":
            connection = sqlite3.connect(path)
            connection.executescript(
                {"older": "PRAGMA user_version = 1", "other": "DROP TABLE runs", "rows": "UPDATE runs SET texts = '['"}[
                    harm
                ]
            )
            connection.close()
        case "empty":
            path.write_bytes(b"")
        case _:
            path.unlink()
            path.mkdir()

    assert overview(workspace) == [before]
    assert settings_of(workspace, [run.id])[run.id]
    assert overview(workspace) == [before]


def test_that_an_index_that_another_process_writes_is_left_to_it(workspace: Workspace, index: Index) -> None:
    run = make(workspace)
    (before,) = overview(workspace)
    append(run.events, started(), epoch(2, 0.1), Ended(outcome="finished"))
    other = sqlite3.connect(workspace.cache / FILE)
    other.execute("BEGIN EXCLUSIVE")

    (during,) = overview(workspace)
    assert not index.put([before])
    other.rollback()
    other.close()

    assert during.summary.best == {"validation/loss": 0.1}
    assert list(index.known()) == [before], "it was neither written nor thrown away"


def test_that_two_who_write_do_no_harm(workspace: Workspace, index: Index) -> None:
    other = Index(workspace)
    one = Known("a", offset=10, summary=Summary(name="a"))
    assert index.put([one])
    assert other.put([replace(one, offset=20), Known("b")])
    assert index.put([one])

    assert {run.id: run.offset for run in other.known()} == {"a": 10, "b": 0}
    other.close()
