"""Curves kept beside the journal they were folded from, so that nobody parses ten thousand lines to draw them again.

The file is a line with its version and checksum, one of JSON, which says what follows and how far into the journal it
goes, and then the numbers as they lie in memory (float64, little-endian). It is a cache: whatever is wrong with it, the
journal is read instead. What the journal says behind it is read on from there.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
import tempfile
import zlib
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from engine.runs.curves.fold import Curve, Fold
from engine.runs.curves.line import Line
from engine.runs.folder import RunFolder
from engine.runs.journal import Tail

FILE = "curves.bin"
MAGIC = b"netloom curves 2 "
"""What a file begins with; the number is the version's."""
WORTH = 1 << 15
"""Bytes of a journal, or of its part behind what is kept, that are read in no time without any of this."""
FAMILIES = ("steps", "epochs")

C = TypeVar("C", bound=Curve)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a file of curves holds, checked and not looked at any closer."""

    head: Mapping[str, Any]
    body: memoryview[float]
    """The numbers, float64 (of all curves, one after the other)."""

    @classmethod
    def read(cls, run: RunFolder) -> Kept | None:
        """What is kept for a run; None where that is nothing, broken or of another version."""
        try:
            with (run.path / FILE).open("rb") as file:
                first, data = file.readline(), file.read()
        except OSError:
            return None
        if first != _signed(data):
            return None
        end = data.index(b"\n") + 1
        return cls(json.loads(data[:end]), memoryview(_native(data[end:])).cast("d"))

    def tail(self, run: RunFolder) -> Tail:
        """Where the journal goes on behind what is kept."""
        return Tail(run.events, offset=self.head["offset"], mark=bytes.fromhex(self.head["mark"]))


def restore(fold: Fold[C], kept: Kept) -> None:
    """Bring a fold to where it was when it was kept."""
    head, pieces = kept.head, _pieces(kept)
    fold.clear()
    fold.steps_per_epoch, fold.began, fold.paused = head["steps_per_epoch"], head["began"], head["paused"]
    fold.ticks, fold.clock, fold.wall = (_copied(next(pieces)) for _ in range(3))
    for family in FAMILIES:
        for name, first, count in head[family]:
            curve = getattr(fold, family)[name] = fold.make()
            curve.hold(range(first, first + count) if first is not None else next(pieces), next(pieces))


def keep_curves(run: RunFolder, fold: Fold[C], tail: Tail) -> None:
    """Keep what a fold took from a journal up to where the tail is; raise OSError where that is not possible."""
    parts: list[Any] = [fold.ticks, fold.clock, fold.wall]
    head: dict[str, Any] = {"offset": tail.offset, "mark": tail.mark.hex(), "ticks": len(fold.ticks)}
    head |= {"steps_per_epoch": fold.steps_per_epoch, "began": fold.began, "paused": fold.paused}
    for family in FAMILIES:
        rows = head[family] = []
        for name, curve in getattr(fold, family).items():
            first = _first(curve)
            rows.append((name, first, len(curve.values)))
            parts += [curve.measured] if first is not None else [curve.steps, curve.measured]
    numbers = b"".join(memoryview(part).cast("B") for part in parts if len(part))
    data = json.dumps(head).encode() + b"\n" + _native(numbers)
    _replace(run.path / FILE, _signed(data) + data)


def read_curves(run: RunFolder) -> tuple[Fold[Line], Tail]:
    """A run's curves up to its newest event, and the tail that reads on."""
    fold = Fold(Line)
    kept = Kept.read(run)
    tail = kept.tail(run) if kept is not None else run.tail()
    if kept is not None:
        restore(fold, kept)
    while messages := tail.read(limit=1 << 22):
        if tail.begun_anew:
            fold.clear()
        fold.take(messages)
    return fold, tail


def write_curves(run: RunFolder) -> None:
    """Keep a run's curves for whoever looks next. Where that is not possible or not worth it, nothing happens."""
    with contextlib.suppress(OSError):
        kept = Kept.read(run)
        done = kept.head["offset"] if kept is not None else 0
        if abs(run.events.stat().st_size - done) > WORTH:
            keep_curves(run, *read_curves(run))


def _pieces(kept: Kept) -> Iterator[memoryview[float]]:
    """The arrays in the order in which they were written."""
    counts = [kept.head["ticks"]] * 3
    for family in FAMILIES:
        for _, first, count in kept.head[family]:
            counts += [count] if first is not None else [count, count]
    at = 0
    for count in counts:
        yield kept.body[at : at + count]
        at += count


def _copied(piece: memoryview[float]) -> array[float]:
    """Not number by number."""
    made = array("d")
    made.frombytes(piece.cast("B"))
    return made


def _first(curve: Curve) -> int | None:
    """The first of steps that follow each other one by one; None for steps that do not, or are none."""
    count = len(curve.steps)
    first = float(curve.steps[0]) if count else math.nan
    if not first.is_integer() or curve.steps[-1] - first != count - 1:
        return None
    whole = array("d", range(int(first), int(first) + count))
    return int(first) if memoryview(whole).cast("B") == memoryview(curve.steps).cast("B") else None


def _signed(data: bytes) -> bytes:
    """The first line of a file with this content."""
    return MAGIC + b"%08x\n" % zlib.crc32(data)


def _native(data: bytes) -> bytes:
    """Numbers from or to a little-endian file."""
    if sys.byteorder == "little":
        return data
    turned = array("d", data)
    turned.byteswap()
    return turned.tobytes()


def _replace(path: Path, data: bytes) -> None:
    """Write beside the file and rename it over. Nobody waits for the disk: a file that was cut off is not believed."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
