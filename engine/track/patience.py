"""How long MLflow waits for its SQLite file while another program holds it."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

USUAL = 20.0
"""Seconds that MLflow itself sets at the beginning of every session, whatever one asks for."""
ORDER = "PRAGMA busy_timeout"

_seconds = USUAL


def wait_at_most(seconds: float) -> None:
    """From now on have this process's MLflow wait so long, where it is asked in a file."""
    global _seconds  # noqa: PLW0603  # MLflow's engines are one to a process, too
    _seconds = seconds
    _listen()


def _order() -> str:
    return f"{ORDER} = {int(1000 * _seconds)}"


@cache
def _listen() -> None:
    event.listen(Engine, "connect", _connected)
    event.listen(Engine, "before_cursor_execute", _instead, retval=True)


def _connected(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute(_order())  # before a session says so: tables are looked for first


def _instead(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> tuple[str, Any]:
    return (_order() if statement.startswith(ORDER) else statement), parameters
