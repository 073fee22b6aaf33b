"""The points of charts as CSV, all of them, a little at a time."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from studio.curves import Record
from studio.pages.runs.curves.metrics import found

TITLES = ("metric", "run", "id", "step", "epoch", "seconds", "value")
PIECE = 500
"""Points written between two looks at the clock."""
SHARE = 0.008
"""Seconds of writing in one go: half a frame."""


def lines(metrics: Sequence[str], runs: Sequence[tuple[str, str, Record]]) -> Iterator[str]:
    """A table with a line for each point, headed by `TITLES`, some hundred lines at a time.

    `seconds` is time spent training; values that are no number are written `nan`, `inf` and `-inf`.

    Args:
        metrics: which curves.
        runs: id, name and curves of each run.
    """
    yield _written([TITLES])
    for metric in metrics:
        for run, name, record in runs:
            series = found(record, metric)
            if series is None:
                continue
            steps = series.steps.copy()
            epochs, seconds = (record.axis(along).place(steps) for along in ("epoch", "time"))
            rows = zip(steps.tolist(), epochs.tolist(), seconds.tolist(), series.measured.tolist(), strict=True)
            while piece := list(islice(rows, PIECE)):
                yield _written(
                    (metric, name, run, int(step), f"{epoch:.6g}", f"{second:.3f}", repr(value))
                    for step, epoch, second, value in piece
                )


def count(metrics: Sequence[str], runs: Sequence[tuple[str, str, Record]]) -> int:
    """How many points that are."""
    every = (found(record, metric) for metric in metrics for _, _, record in runs)
    return sum(len(series) for series in every if series is not None)


class Writing(QObject):
    """Writes a table to a file while the window goes on; the file is there when it is whole.

    Args:
        pieces: the text, bit by bit.
        path: the file.
        done: told when it is written, with an empty sentence, or with what went wrong.
    """

    def __init__(self, pieces: Iterator[str], path: Path, done: Callable[[str], object], parent: QObject) -> None:
        super().__init__(parent)
        self._pieces, self._path, self._done = pieces, path, done
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._write)
        try:
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        except OSError as error:
            self._end(error)
            return
        self._temporary = Path(name)
        self._file = os.fdopen(handle, "w", encoding="utf-8", newline="")
        self._timer.start()

    def _write(self) -> None:
        end = perf_counter() + SHARE
        try:
            for piece in self._pieces:
                self._file.write(piece)
                if perf_counter() > end:
                    return
            self._file.close()
            self._temporary.replace(self._path)
        except OSError as error:
            self._temporary.unlink(missing_ok=True)
            self._end(error)
            return
        self._end(None)

    def _end(self, error: OSError | None) -> None:
        self._timer.stop()
        self._done("" if error is None else f"“{self._path}” could not be written: {error.strerror or error}.")
        self.deleteLater()


def _written(rows: object) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()
