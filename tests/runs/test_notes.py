"""What a person wrote on a run."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.runs import Notes, Workspace
from engine.spec import Project

words = st.text(max_size=20)
notes = st.builds(
    Notes,
    name=words,
    text=words,
    tags=st.lists(words.filter(bool), unique=True, max_size=4).map(tuple),
    starred=st.booleans(),
    color=st.none() | st.integers(0, 20),
)


@given(notes)
def test_that_notes_are_read_as_they_were_kept(one: Notes) -> None:
    assert Notes.from_json(one.to_json()) == one


def test_that_notes_that_say_nothing_take_no_room() -> None:
    assert Notes().to_json() == {}


junk = st.recursive(st.none() | st.booleans() | st.integers() | words, lambda inner: st.lists(inner, max_size=3))


@given(st.dictionaries(st.sampled_from(["name", "text", "tags", "starred", "color", "more"]), junk))
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_that_broken_notes_are_read_for_what_they_are_worth(data: dict[str, object]) -> None:
    Notes.from_json(Notes.from_json(data).to_json())


def test_that_a_run_carries_its_notes_and_what_it_belongs_to(tmp_path: Path) -> None:
    run = Workspace(tmp_path).prepare().new_run(Project(name="Mine"), group="seeds", origin="first")
    run.note(Notes(tags=("a", "b"), starred=True))

    assert run.notes() == Notes(tags=("a", "b"), starred=True)
    assert (run.summary().group, run.summary().origin) == ("seeds", "first")
