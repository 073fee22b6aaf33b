"""A PostgreSQL server of the test's own, on a socket of its own: no port, no network."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian's packages put the programs, which are not on the path."""


def program(name: str) -> str:
    """Where a program of PostgreSQL is; skips the test where there is none."""
    places = [shutil.which(name), *(str(one) for one in sorted(DEBIAN.glob(f"*/bin/{name}"), reverse=True))]
    found = next((one for one in places if one), None)
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian's package is called postgresql)")
    return found


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Run a server whose data and socket are in a folder with a short name; gives the URL for SQLAlchemy.

    PostgreSQL does not run as root: there its own user does, whom the package has made.
    """
    user = "postgres" if os.geteuid() == 0 else None
    data, control = folder / "data", program("pg_ctl")
    if user:
        shutil.chown(folder, user)
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=40"
    subprocess.run(
        [program("initdb"), "-D", data, "-U", "netloom", "-A", "trust", "--no-sync"],
        check=True,
        capture_output=True,
        user=user,
        cwd=folder,
    )
    order: list[str | Path] = [control, "-D", data, "-w", "-l", folder / "log"]
    subprocess.run([*order, "-o", options, "start"], check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        yield f"postgresql+psycopg://netloom@/postgres?host={folder}"
    finally:
        subprocess.run(
            [*order, "-m", "immediate", "stop"], check=False, user=user, cwd=folder, stdout=subprocess.DEVNULL
        )
