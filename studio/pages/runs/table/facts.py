"""The columns that every run has, whatever was trained: pure functions of a row."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime

from engine.runs.query.asked import tested, watched
from studio.pace import spoken
from studio.pages.runs.table.row import Column, Key, Row
from studio.widgets.chart.words import number

UNITS = ("B", "kB", "MB", "GB", "TB")


def all_tested(row: Row) -> str:
    """Every test metric, a line each."""
    found = {name: value for name, value in row.summary.last.items() if name.startswith("test/")}
    return "\n".join(f"{name.removeprefix('test/')}  {number(value)}" for name, value in found.items())


def moment(seconds: float) -> str:
    """A time of this year as `21 Nov 04:55`, of another with its year; nothing for none or an impossible one."""
    if not seconds:
        return ""
    try:
        when = datetime.fromtimestamp(seconds).astimezone()
    except (OverflowError, ValueError, OSError):
        return ""
    this_year = when.year == datetime.now().astimezone().year
    return f"{when.day} {when:%b %H:%M}" if this_year else f"{when.day} {when:%b %Y}"


def disk(size: float) -> str:
    """Bytes as a person says them: `512 B`, `3.2 MB`."""
    power = min(int(math.log(size, 1000)), len(UNITS) - 1) if size >= 1 else 0
    return f"{size / 1000**power:.{0 if power == 0 or size >= 100 * 1000**power else 1}f} {UNITS[power]}"


def value_text(value: float | None) -> str:
    """A metric's value, nothing for none."""
    return "" if value is None else number(value)


def value_key(value: float | None) -> Key:
    """What a metric is sorted by: NaN counts as not known."""
    return None if value is None or math.isnan(value) else value


def first_line(text: str) -> str:
    """As much of a note as a cell shows."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def _epochs(row: Row) -> str:
    return f"{row.summary.epoch} / {row.summary.epochs}" if row.summary.epochs else ""


FACTS: Mapping[str, Column] = {
    column.key: column
    for column in (
        Column(
            key="name",
            title="Name",
            kind="name",
            text=lambda row: row.name,
            sort=lambda row: row.name.casefold(),
            tip="F2 gives a run a name of its own",
            width=250,
        ),
        Column(key="state", title="State", kind="state", text=lambda row: row.state, sort=lambda row: row.state),
        Column(
            key="trend",
            title="Trend",
            kind="trend",
            text=lambda _row: "",
            sort=lambda row: value_key(row.summary.trend[-1]) if row.summary.trend else None,
            tip="The watched metric from epoch to epoch; the dot is the best one",
            width=112,
        ),
        Column(
            key="best",
            title="Best",
            kind="number",
            text=lambda row: value_text(row.summary.best.get(row.summary.watch)),
            sort=lambda row: value_key(row.summary.best.get(row.summary.watch)),
            tip="The watched metric at its best epoch",
            width=84,
        ),
        Column(
            key="last",
            title="Last",
            kind="number",
            text=lambda row: value_text(row.summary.last.get(row.summary.watch)),
            sort=lambda row: value_key(row.summary.last.get(row.summary.watch)),
            tip="The watched metric at the newest epoch",
            width=84,
        ),
        Column(
            key="test",
            title="Test",
            kind="number",
            text=lambda row: value_text(tested(row)),
            sort=lambda row: value_key(tested(row)),
            tip="The watched metric on the test split, with the best checkpoint",
            width=84,
        ),
        Column(
            key="watched",
            title="Watched",
            text=watched,
            sort=lambda row: watched(row) or None,
            tip="The metric that decides which epoch is the best",
            width=150,
        ),
        Column(
            key="tags",
            title="Tags",
            kind="tags",
            text=lambda row: ", ".join(row.notes.tags),
            sort=lambda row: ", ".join(row.notes.tags).casefold() or None,
            width=140,
        ),
        Column(
            key="starred",
            title="Star",
            text=lambda row: "★" if row.notes.starred else "",
            sort=lambda row: "" if row.notes.starred else None,
            tip="The runs that stand out; Space gives and takes a star",
            width=56,
        ),
        Column(
            key="note",
            title="Note",
            text=lambda row: first_line(row.notes.text),
            sort=lambda row: first_line(row.notes.text).casefold() or None,
            width=200,
        ),
        Column(
            key="created",
            title="Created",
            text=lambda row: moment(row.summary.created),
            sort=lambda row: row.summary.created or None,
            width=110,
        ),
        Column(
            key="duration",
            title="Trained for",
            kind="number",
            text=lambda row: spoken(row.summary.seconds) if row.summary.started else "",
            sort=lambda row: row.summary.seconds if row.summary.started else None,
            tip="From its start to its end, or until now",
            width=110,
        ),
        Column(
            key="epochs",
            title="Epochs",
            kind="number",
            text=_epochs,
            sort=lambda row: row.summary.epoch or None,
            width=84,
        ),
        Column(
            key="best_epoch",
            title="Best epoch",
            kind="number",
            text=lambda row: str(row.summary.best_epoch or ""),
            sort=lambda row: row.summary.best_epoch or None,
            width=92,
        ),
        Column(
            key="device",
            title="Device",
            text=lambda row: row.summary.device,
            sort=lambda row: row.summary.device or None,
        ),
        Column(
            key="group",
            title="Group",
            text=lambda row: row.summary.group,
            sort=lambda row: row.summary.group or None,
            tip="What a run belongs to: the seeds of one project, the trials of a study",
            width=160,
        ),
        Column(
            key="model",
            title="Registered as",
            text=lambda row: row.model,
            sort=lambda row: row.model.casefold() or None,
            tip="Name, version and aliases of its model in MLflow's registry",
            width=170,
        ),
        Column(
            key="origin",
            title="Origin",
            text=lambda row: row.summary.origin,
            sort=lambda row: row.summary.origin or None,
            tip="The run that it repeats or goes on from",
            width=200,
        ),
        Column(
            key="disk",
            title="Disk",
            kind="number",
            text=lambda row: "" if row.size is None else disk(row.size),
            sort=lambda row: row.size,
            tip="What the run's folder takes, checkpoints and all",
            width=84,
        ),
        Column(
            key="run",
            title="Run",
            text=lambda row: row.id,
            sort=lambda row: row.id,
            tip="The id: the name of the run's folder",
            width=240,
        ),
    )
}


def matches(row: Row, words: str) -> bool:
    """Whether every word stands somewhere in the run's name, id, state, device, watched metric or tags."""
    said = " ".join((row.name, row.id, row.state, row.summary.device, watched(row), *row.notes.tags)).casefold()
    return all(word in said for word in words.casefold().split())
