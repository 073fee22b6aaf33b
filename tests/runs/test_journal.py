"""Journals: appended by one, followed by many, never spoiled by a crash."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import Ended, Log, Message, Metrics, Steps, decode, encode
from engine.runs import Journal, Tail

lines = st.lists(st.text(max_size=30).map(lambda text: Log(text=text, time=1.5)), max_size=20)


@given(lines, st.integers(1, 60))
def test_that_a_follower_who_reads_in_any_portions_gets_every_event_once(
    tmp_path_factory: pytest.TempPathFactory, events: list[Message], limit: int
) -> None:
    path = tmp_path_factory.mktemp("journal") / "events.jsonl"
    journal, tail, seen = Journal(path), Tail(path), []
    for event in events:
        journal.write(event)
        seen += tail.read(limit=limit)
    while more := tail.read(limit=limit):
        seen += more
    journal.close()
    assert seen == events


def test_that_a_line_without_its_end_waits_for_it(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    line = encode(Log(text="hello", time=1.0)).encode()
    tail = Tail(path)
    path.write_bytes(line[:10])
    assert tail.read() == []
    path.write_bytes(line + b"\n")
    assert tail.read() == [Log(text="hello", time=1.0)]


def test_that_a_torn_last_line_of_a_crash_spoils_no_later_event(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(encode(Log(text="before", time=1.0)).encode() + b'\n{"type":"steps","fir')
    journal = Journal(path)
    journal.write(Log(text="after", time=2.0))
    journal.close()
    assert Tail(path).read() == [Log(text="before", time=1.0), Log(text="after", time=2.0)]


def test_that_kinds_of_a_newer_version_are_passed_over() -> None:
    assert decode('{"type": "telepathy", "time": 1}') is None
    assert decode('{"type": "log", "time": 1, "text": "a", "mood": "new"}') == Log(text="a", time=1)


def test_that_lines_are_strict_json_even_with_nan_and_infinity() -> None:
    event = Steps(first=3, values={"loss": [1.0, math.nan, -math.inf]}, time=1.0)
    data = json.loads(encode(event), parse_constant=refuse)
    assert data["values"]["loss"] == [1.0, "nan", "-inf"]
    back = decode(encode(event))
    assert isinstance(back, Steps)
    assert math.isnan(back.values["loss"][1])
    assert back.values["loss"][2] == -math.inf
    assert back.last == 5


def refuse(word: str) -> None:
    raise AssertionError(f"{word} is no JSON")


def test_that_metrics_come_back_equal() -> None:
    for event in (
        Metrics(epoch=1, step=9, values={"train/loss": 0.5}),
        Ended(outcome="finished", metrics={"test/accuracy": 1.0}),
    ):
        assert decode(encode(event)) == event
