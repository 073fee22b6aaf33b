"""What the table of runs says of each run: pure functions of its summary."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from engine.runs import Summary
from studio.pace import spoken
from studio.widgets.chart.words import number

Key: TypeAlias = float | str | None
"""What a column is sorted by; None, for what is not known, stands last whichever way one sorts."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A run as the table shows it."""

    id: str
    state: str
    summary: Summary


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its title, what it says and is sorted by, and whether it is a number."""

    title: str
    text: Callable[[Row], str]
    key: Callable[[Row], Key]
    number: bool = False
    tip: str = ""


def watched(row: Row) -> str:
    """The metric that decides which epoch is best, with the split it is measured on."""
    return row.summary.watch if row.summary.started else ""


def tested(row: Row) -> float | None:
    """The watched metric on the test split."""
    return row.summary.last.get(f"test/{row.summary.watch.partition('/')[2]}")


def all_tested(row: Row) -> str:
    """Every test metric, a line each."""
    found = {name: value for name, value in row.summary.last.items() if name.startswith("test/")}
    return "\n".join(f"{name.removeprefix('test/')}  {number(value)}" for name, value in found.items())


def moment(seconds: float) -> str:
    """A time of this year as `21 Nov 04:55`, of another with its year; nothing for none."""
    if not seconds:
        return ""
    when = datetime.fromtimestamp(seconds).astimezone()
    this_year = when.year == datetime.now().astimezone().year
    return f"{when.day} {when:%b %H:%M}" if this_year else f"{when.day} {when:%b %Y}"


def matches(row: Row, words: str) -> bool:
    """Whether every word stands somewhere in the run's name, id, state, device or watched metric."""
    said = " ".join((row.summary.name, row.id, row.state, row.summary.device, watched(row))).casefold()
    return all(word in said for word in words.casefold().split())


def _value(value: float | None) -> str:
    return "" if value is None else number(value)


def _key(value: float | None) -> Key:
    return None if value is None or math.isnan(value) else value


def _epochs(row: Row) -> str:
    return f"{row.summary.epoch} / {row.summary.epochs}" if row.summary.epochs else ""


COLUMNS: tuple[Column, ...] = (
    Column(title="Name", text=lambda row: row.summary.name or row.id, key=lambda row: row.summary.name.casefold()),
    Column(title="State", text=lambda row: row.state, key=lambda row: row.state),
    Column(
        title="Created",
        text=lambda row: moment(row.summary.created),
        key=lambda row: row.summary.created or None,
    ),
    Column(
        title="Trained for",
        text=lambda row: spoken(row.summary.seconds) if row.summary.started else "",
        key=lambda row: row.summary.seconds if row.summary.started else None,
        number=True,
        tip="From its start to its end, or until now",
    ),
    Column(title="Epochs", text=_epochs, key=lambda row: row.summary.epoch or None, number=True),
    Column(
        title="Watched",
        text=watched,
        key=lambda row: watched(row) or None,
        tip="The metric that decides which epoch is the best",
    ),
    Column(
        title="Best",
        text=lambda row: _value(row.summary.best.get(row.summary.watch)),
        key=lambda row: _key(row.summary.best.get(row.summary.watch)),
        number=True,
        tip="The watched metric at its best epoch",
    ),
    Column(
        title="Last",
        text=lambda row: _value(row.summary.last.get(row.summary.watch)),
        key=lambda row: _key(row.summary.last.get(row.summary.watch)),
        number=True,
        tip="The watched metric at the newest epoch",
    ),
    Column(
        title="Test",
        text=lambda row: _value(tested(row)),
        key=lambda row: _key(tested(row)),
        number=True,
        tip="The watched metric on the test split, with the best checkpoint",
    ),
    Column(title="Device", text=lambda row: row.summary.device, key=lambda row: row.summary.device or None),
    Column(title="Run", text=lambda row: row.id, key=lambda row: row.id, tip="The id: the name of the run's folder"),
)
