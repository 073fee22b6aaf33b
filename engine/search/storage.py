"""Optuna's storages: opening one by its URL, and bearing with one that is gone for a while."""

from __future__ import annotations

import logging
import sqlite3
import warnings
from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import urlsplit

import optuna
import sqlalchemy
from optuna.exceptions import ExperimentalWarning, StorageInternalError
from optuna.storages import BaseStorage, GrpcStorageProxy, JournalStorage, RDBStorage
from optuna.storages.journal import JournalFileBackend, JournalFileOpenLock

from engine.search.errors import StudyError

T = TypeVar("T")

BUSY = 10.0
"""Seconds that a writer waits for others to be done with an SQLite file."""
LONGEST = 3600.0
"""Seconds after which a storage that does not answer is given up."""
GRPC_PORT = 13000
READY = 5.0
"""Seconds that a gRPC server has to answer at first."""
PACKAGES = {"grpc": "grpcio", "psycopg": "psycopg[binary]", "psycopg2": "psycopg2-binary", "MySQLdb": "mysqlclient"}
"""What to install for a module."""

log = logging.getLogger("search")


class StorageGoneError(StudyError):
    """The storage has not answered for too long, or we were told to end while it did not."""


def open_storage(url: str) -> BaseStorage:
    """The storage at a URL: `sqlite:///FILE`, `journal:///FILE`, `grpc://HOST:PORT`, or any database's.

    Raises:
        StudyError: where there is none, in the user's words and without the password.
    """
    parts = urlsplit(url)
    try:
        with quiet():
            return _opened(url, parts.scheme)
    except ImportError as error:
        raise StudyError(f"The storage '{shown(url)}' cannot be opened: {_lacking(error)}.") from None
    except Exception as error:  # noqa: BLE001 - each database fails in its own words
        raise StudyError(f"The storage '{shown(url)}' cannot be opened: {reason_of(error)}.") from None


def shut(storage: BaseStorage) -> None:
    """Close its connections; it makes new ones when it is asked again."""
    backend = getattr(storage, "_backend", storage)  # Optuna wraps databases in a cache
    if isinstance(backend, RDBStorage):
        backend.scoped_session.remove()
        backend.engine.dispose()
    elif isinstance(backend, GrpcStorageProxy):
        backend.close()


def shown(url: str) -> str:
    """The URL for people: without a password."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return url.replace(f":{parts.password}@", ":…@", 1)


def is_trouble(error: BaseException) -> bool:
    """Whether the storage is to blame, and may be back in a while."""
    if isinstance(error, StorageInternalError | OSError | sqlite3.Error):
        return True
    return type(error).__module__.partition(".")[0] in ("grpc", "sqlalchemy")


def reason_of(error: BaseException) -> str:
    """What the database had to say, in one line."""
    while isinstance(error, StorageInternalError) and error.__cause__ is not None:
        error = error.__cause__
    details = getattr(error, "details", None)  # gRPC's
    text = str(details() if callable(details) else getattr(error, "orig", None) or error)
    return (text.strip().partition("\n")[0] or type(error).__name__).rstrip(".")


class Patience:
    """Calls the storage until it answers, with growing pauses.

    Args:
        ended: set when there is no time left to wait.
        longest: seconds after which it gives up.
        pause: seconds of the first wait; each is twice the one before, up to a minute.
    """

    def __init__(self, ended: Event, *, longest: float = LONGEST, pause: float = 0.5) -> None:
        self._ended = ended
        self._longest = longest
        self._pause = pause

    def __call__(self, call: Callable[[], T]) -> T:
        """What the call gives; raise `StorageGoneError` when nothing helps."""
        since, pause = monotonic(), self._pause
        while True:
            try:
                found = call()
            except KeyError as error:
                raise StudyError("The study is gone: somebody deleted it from its storage.") from error
            except Exception as error:
                if not is_trouble(error):
                    raise
                self._wait(pause, monotonic() - since, reason_of(error))
                pause = min(60.0, 2 * pause)
            else:
                if pause > self._pause:
                    log.info("the study's storage answers again")
                return found

    def _wait(self, pause: float, waited: float, reason: str) -> None:
        if waited > self._longest:
            raise StorageGoneError(
                f"The study's storage has not answered for {waited / 60:.0f} minutes: {reason}. "
                "Nothing is lost: resume the study when it is back."
            )
        log.warning("the study's storage does not answer: %s; trying again in %g s", reason, pause)
        if self._ended.wait(pause):
            raise StorageGoneError(f"The study's storage does not answer: {reason}. Nothing is lost: resume it later.")


class quiet(warnings.catch_warnings):  # noqa: N801 - used as a word
    """Without Optuna's remarks that a part of it is new."""

    def __enter__(self) -> Any:
        entered = super().__enter__()
        warnings.simplefilter("ignore", ExperimentalWarning)
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        return entered


def _lacking(error: ImportError) -> str:
    """Which package is not there, and how to get it."""
    cause = error.__cause__ if isinstance(error.__cause__, ImportError) else error
    name = (cause.name or "").partition(".")[0]
    if not name:
        return str(error).rstrip(".")
    package = PACKAGES.get(name, name)
    return f"the package that talks to it is not installed (`pip install '{package}'`)"


def _opened(url: str, scheme: str) -> BaseStorage:
    if scheme == "journal":
        path = urlsplit(url).path
        return JournalStorage(JournalFileBackend(path, lock_obj=JournalFileOpenLock(path)))
    if scheme == "grpc":
        parts = urlsplit(url)
        proxy = GrpcStorageProxy(host=parts.hostname or "localhost", port=parts.port or GRPC_PORT)
        proxy.wait_server_ready(timeout=READY)
        return proxy
    if scheme.startswith("sqlite"):
        return optuna.storages.get_storage(_sqlite(url))
    return optuna.storages.get_storage(RDBStorage(url, engine_kwargs={"pool_pre_ping": True}))


def _sqlite(url: str) -> RDBStorage:
    storage = RDBStorage(url, engine_kwargs={"connect_args": {"timeout": BUSY}})
    storage.engine.dispose()  # what it connected with to make its tables
    sqlalchemy.event.listen(storage.engine, "connect", _set_up)
    with storage.engine.connect() as connection:  # kept in the file; readers then need not wait for writers
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    return storage


def _set_up(connection: sqlite3.Connection, _: object) -> None:
    """Leave flushing to the system, but for now and then: what a dead machine forgets is found in the run folders.

    How long writers wait is said once more: what tells MLflow of runs says it for all files of its process.
    """
    connection.execute("PRAGMA synchronous=NORMAL").close()
    connection.execute(f"PRAGMA busy_timeout={int(1000 * BUSY)}").close()
