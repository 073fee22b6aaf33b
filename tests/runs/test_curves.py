"""Curves kept beside a journal: the same as from the journal itself, however far it went when they were kept."""

import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from engine.events import Continued, Created, Message, Metrics, Paused, Started, Steps
from engine.runs import RunFolder, append
from engine.runs.curves import FILE, Fold, Kept, Line, keep_curves, read_curves, write_curves
from engine.runs.curves.fold import joined

numbers = some.floats(-1e3, 1e3) | some.sampled_from([math.nan, math.inf, -math.inf])
moments = some.floats(0, 1e4)
names = some.sampled_from(["loss", "a/ä b\n%"])


def started(step: int = 0, time: float = 0.0) -> Started:
    return Started(time=time, device="cpu", pid=1, host="h", epochs=3, steps_per_epoch=10, step=step)


@some.composite
def journals(draw: some.DrawFn) -> list[Message]:
    """What a run may have gone through: pauses, resumes from earlier steps, clocks that jump, gaps."""
    messages: list[Message] = [Created(name="a", time=0.0), started()]
    step = 0
    for kind in draw(some.lists(some.sampled_from("sssmpcr"), max_size=12)):
        time = draw(moments)
        match kind:
            case "s":
                step += draw(some.sampled_from([0, 0, 0, 3]))
                values = {name: draw(some.lists(numbers, min_size=1, max_size=6)) for name in draw(some.sets(names))}
                messages.append(Steps(time=time, first=step + 1, values=values))
                step = max(messages[-1].last, step)  # type: ignore[attr-defined]
            case "m":
                messages.append(Metrics(time=time, epoch=step, step=step, values={draw(names): draw(numbers)}))
            case "p" | "c":
                messages.append(Paused(time=time, step=step) if kind == "p" else Continued(time=time, step=step))
            case _:
                step = draw(some.integers(0, step))
                messages.append(started(step, time))
    return messages


def told(fold: Fold[Line]) -> str:
    """All that a fold knows, with NaN equal to itself."""
    families = [
        {name: (list(one.steps), list(one.values)) for name, one in family.items()}
        for family in (fold.steps, fold.epochs)
    ]
    return repr(
        (families, list(fold.ticks), list(fold.clock), list(fold.wall), fold.steps_per_epoch, fold.began, fold.paused)
    )


def from_journal(messages: list[Message]) -> str:
    fold = Fold(Line)
    fold.take(messages)
    return told(fold)


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    (tmp_path / "run").mkdir()
    return RunFolder(tmp_path / "run")


@given(journals(), some.integers(0, 12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_that_kept_curves_and_the_journal_behind_them_are_the_journal_s(
    run: RunFolder, messages: list[Message], place: int
) -> None:
    for old in run.path.iterdir():
        old.unlink()
    append(run.events, *messages[:place])
    keep_curves(run, *read_curves(run))
    assert Kept.read(run) is not None
    append(run.events, *messages[place:])

    fold, tail = read_curves(run)

    assert told(fold) == from_journal(messages)
    assert not tail.behind()


def long_run(run: RunFolder, value: float = 0.5) -> list[Message]:
    messages: list[Message] = [Created(name="a", time=0.0), started()]
    messages += [Steps(time=at, first=at * 50 + 1, values={"loss": [value + at] * 50}) for at in range(200)]
    append(run.events, *messages)
    return messages


def test_that_only_what_is_long_is_kept_and_takes_8_bytes_a_point(run: RunFolder) -> None:
    append(run.events, Created(name="a"), started())
    write_curves(run)
    assert not (run.path / FILE).exists()

    run.events.unlink()
    long_run(run)
    write_curves(run)

    assert 80_000 < (run.path / FILE).stat().st_size < 87_000


@pytest.mark.parametrize("harm", ["cut", "byte", "version", "empty", "folder"])
def test_that_broken_curves_are_not_believed(run: RunFolder, harm: str) -> None:
    messages = long_run(run)
    write_curves(run)
    path = run.path / FILE
    data = path.read_bytes()
    path.unlink()
    match harm:
        case "cut":
            path.write_bytes(data[:-8])
        case "byte":
            path.write_bytes(data[:5000] + bytes([data[5000] ^ 1]) + data[5001:])
        case "version":
            path.write_bytes(data.replace(b"curves 2", b"curves 9", 1))
        case "empty":
            path.write_bytes(b"")
        case _:
            path.mkdir()

    assert Kept.read(run) is None
    assert told(read_curves(run)[0]) == from_journal(messages)


@pytest.mark.parametrize("length", [1, 200])
def test_that_a_journal_that_was_replaced_is_read_instead(run: RunFolder, length: int) -> None:
    """Shorter than what was kept, or as long and another."""
    long_run(run)
    write_curves(run)
    run.events.unlink()
    others = long_run(run, value=7.5)[: 2 + length]
    run.events.unlink()
    append(run.events, *others)

    fold, _ = read_curves(run)

    assert told(fold) == from_journal(others)


def test_that_a_worker_that_dies_while_it_keeps_curves_leaves_the_old_ones(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_run(run)
    write_curves(run)
    before = (run.path / FILE).read_bytes()
    append(run.events, *long_run(run))

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "replace", refuse)
    write_curves(run)

    assert (run.path / FILE).read_bytes() == before
    assert [one.name for one in run.path.iterdir() if one.suffix == ".part"] == []


def test_that_ranges_are_joined_where_they_touch() -> None:
    assert joined([range(1, 4), range(4, 6), range(8, 9)]) == [range(1, 6), range(8, 9)]
    assert joined([]) == []
