"""An index of a workspace's runs, so that nobody opens ten thousand folders to list them.

It is a cache in SQLite: deleting it loses nothing. One that is broken or of another form is made anew; while another
process writes it, it is left for later. Several windows may use it: each row is whole in itself, and whoever is behind
reads on from there.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from engine.runs.index.known import Known
from engine.runs.index.row import FORM, from_rows, to_row
from engine.runs.index.settings import Settings, read_values, write_values
from engine.runs.workspace import Workspace

FILE = "runs.sqlite"
TABLES = f"""
CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY, open INTEGER NOT NULL, offset INTEGER NOT NULL, stamp INTEGER NOT NULL, mark BLOB NOT NULL,
    texts TEXT NOT NULL, names TEXT NOT NULL, numbers BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS names (number INTEGER PRIMARY KEY, names TEXT UNIQUE NOT NULL);
CREATE TABLE IF NOT EXISTS settings (id TEXT PRIMARY KEY, names INTEGER NOT NULL, "values" TEXT NOT NULL) WITHOUT ROWID;
PRAGMA user_version = {FORM};
"""
PAGE = 200
"""Rows that are read at a time, so that nobody waits for a reader."""
PATIENCE = 0.05
"""Seconds that another process may take to finish writing."""
APART = "\n"

T = TypeVar("T")


class Index:
    """What is known of the runs of a workspace, by id. Nothing here raises: what cannot be kept is read again."""

    def __init__(self, workspace: Workspace) -> None:
        self._path = workspace.cache / FILE
        self._names: dict[int, tuple[str, ...]] = {}
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        """Let go of the file; the next call opens it again."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def known(self) -> Iterator[Known]:
        """All runs: first those that had not ended, then the newest first."""
        yield from self._runs("SELECT * FROM runs WHERE open ORDER BY id DESC", ())
        last: str | None = None
        while True:
            after, given = ("AND id < ?", (last,)) if last is not None else ("", ())
            rows: list[tuple[Any, ...]] = self._try(
                lambda use, after=after, given=given: use.execute(  # type: ignore[misc]
                    f"SELECT * FROM runs WHERE NOT open {after} ORDER BY id DESC LIMIT {PAGE}", given
                ).fetchall(),
                [],
            )
            if not rows:
                return
            last = rows[-1][0]
            yield from from_rows(rows)

    def put(self, runs: Iterable[Known]) -> bool:
        """Keep what is known of these runs; False where that is not possible now."""
        rows = [to_row(one) for one in runs]
        return self._write("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def drop(self, runs: Iterable[str]) -> bool:
        """Forget runs that are gone."""
        rows = [(run,) for run in runs]
        return self._write("DELETE FROM runs WHERE id = ?", rows) and self._write(
            "DELETE FROM settings WHERE id = ?", rows
        )

    def settings(self, run: str) -> Settings | None:
        """The settings of a run; None where they are not kept."""
        found = self._try(
            lambda use: use.execute('SELECT names, "values" FROM settings WHERE id = ?', (run,)).fetchone(), None
        )
        try:
            return read_values(self._named(found[0]), found[1]) if found is not None else None
        except (ValueError, TypeError):
            return None

    def put_settings(self, settings: Mapping[str, Mapping[str, Any]]) -> bool:
        """Keep the settings of these runs; False where that is not possible now."""
        rows = [(run, APART.join(one), write_values(one)) for run, one in settings.items()]
        names = [(row[1],) for row in rows]
        return self._write("INSERT OR IGNORE INTO names (names) VALUES (?)", names) and self._write(
            "INSERT OR REPLACE INTO settings VALUES (?, (SELECT number FROM names WHERE names = ?), ?)", rows
        )

    def _named(self, number: int) -> tuple[str, ...]:
        if number not in self._names:
            found = self._try(
                lambda use: use.execute("SELECT names FROM names WHERE number = ?", (number,)).fetchone(), None
            )
            if found is None:
                raise ValueError("these names are not kept")
            self._names[number] = tuple(found[0].split(APART)) if found[0] else ()
        return self._names[number]

    def _runs(self, query: str, given: tuple[Any, ...]) -> Iterator[Known]:
        yield from from_rows(self._try(lambda use: use.execute(query, given).fetchall(), []))

    def _write(self, query: str, rows: list[Any]) -> bool:
        def write(use: sqlite3.Connection) -> bool:
            with use:
                use.executemany(query, rows)
            return True

        return not rows or self._try(write, False, writes=True)

    def _try(self, call: Callable[[sqlite3.Connection], T], otherwise: T, *, writes: bool = False) -> T:
        """Do something with the index; where it is broken, do it with a new one.

        Where there is none, what is only read is not there: none is made for that.
        """
        for _ in range(2):
            try:
                if not writes and self._connection is None and not self._path.exists():
                    return otherwise
                return call(self._open())
            except sqlite3.OperationalError as error:
                if not _is_broken(error):
                    self.close()
                    return otherwise
                self._remove()
            except (sqlite3.DatabaseError, OSError):
                self._remove()
        return otherwise

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            use = self._connection = sqlite3.connect(self._path, timeout=PATIENCE)
            use.execute("PRAGMA synchronous = OFF")  # a cache need not outlive the machine
            form = use.execute("PRAGMA user_version").fetchone()[0]
            if form != FORM:
                if form or use.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    raise sqlite3.DatabaseError("of another form")
                use.executescript(f"BEGIN EXCLUSIVE;{TABLES}COMMIT;")
        return self._connection

    def _remove(self) -> None:
        self.close()
        self._names.clear()
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)


def _is_broken(error: sqlite3.OperationalError) -> bool:
    """Whether it will not get better by waiting."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT}
