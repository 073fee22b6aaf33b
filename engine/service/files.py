"""What the window asks of the disk: what runs take, emptying the trash for good, writing tables."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.runs import RunFolder, alive
from engine.runs.disk import size
from engine.service.part import Methods, Part


class Files(Part):
    """The disk of a workspace."""

    @property
    def methods(self) -> Methods:
        return {
            "disk_usage": (self.disk_usage, "counting what runs take"),
            "trash": (self.trash, "looking into the trash"),
            "purge": (self.purge, "emptying the trash"),
            "write_table": (self.write_table, "writing the table"),
        }

    def disk_usage(self, runs: Sequence[str]) -> dict[str, int]:
        """Bytes that each of these runs' folders takes, 0 for one that is gone."""
        return {run: size(self.workspace.runs / run) for run in runs if _is_name(run)}

    def trash(self) -> dict[str, Any]:
        """The ids of the `runs` in the trash, and the `bytes` that they take, besides what MLflow has."""
        found = self._trashed()
        return {"runs": [path.name for path in found], "bytes": sum(map(self._taken, found))}

    def purge(self, runs: Sequence[str]) -> dict[str, Any]:
        """Remove runs from the trash for good.

        The answer has the ids of the `runs` that are gone, the bytes `freed`, and why others stayed (`kept`, by id).
        MLflow still has those that are gone, until it is asked to forget them.
        """
        freed, gone, kept = 0, list[str](), dict[str, str]()
        for path in (path for path in self._trashed() if path.name in set(runs)):
            taken = self._taken(path)
            reason = "it is being trained" if alive(RunFolder(path).owner.path) else _removed(path)
            if reason:
                kept[path.name] = reason
            else:
                gone.append(path.name)
                shutil.rmtree(self.workspace.predictions / path.name, ignore_errors=True)
            freed += taken - self._taken(path)
        return {"runs": gone, "freed": freed, "kept": kept}

    def write_table(self, path: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
        """Write rows below a heading, as Parquet where the name ends so, else as CSV; numbers keep all their digits.

        Raises:
            ValueError: when the file cannot be written.
        """
        place = Path(path)
        partial = place.with_name(f".{place.name}.partial")
        try:
            (_write_parquet if place.suffix.lower() == ".parquet" else _write_csv)(partial, columns, rows)
            partial.replace(place)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise ValueError(f"“{place.name}” could not be written: {error.strerror}.") from None
        return {"rows": len(rows), "bytes": place.stat().st_size}

    def _taken(self, path: Path) -> int:
        """Bytes of a run in the trash and of what it answered, which is kept elsewhere."""
        return size(path) + size(self.workspace.predictions / path.name)

    def _trashed(self) -> list[Path]:
        try:
            return sorted(self.workspace.trash.iterdir())
        except OSError:
            return []


def _removed(path: Path) -> str:
    """Remove a folder, or a link to one; the reason why that was not possible, empty when it was."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError as error:
        return str(error.strerror or error)
    return ""


def _is_name(run: str) -> bool:
    return run not in {"", ".", ".."} and Path(run).name == run


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Any:
    """A value as CSV has it; a text that a spreadsheet would take for a formula is kept from being one."""
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "@", "\t"} else value


def _write_parquet(path: Path, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    titles = _apart(columns)
    table: Mapping[str, list[Any]] = {title: _alike([row[place] for row in rows]) for place, title in enumerate(titles)}
    parquet.write_table(pa.table(dict(table)), path)


def _alike(values: list[Any]) -> list[Any]:
    """A column of one kind: numbers, or texts where any of it is one."""
    if any(isinstance(value, str) for value in values):
        return [None if value is None else str(value) for value in values]
    if any(isinstance(value, float) for value in values):
        return [None if value is None else float(value) for value in values]
    return values


def _apart(columns: Sequence[str]) -> list[str]:
    """Titles of which no two are the same, as Parquet's readers want them."""
    counted: dict[str, int] = {}
    found = []
    for title in columns:
        counted[title] = counted.get(title, 0) + 1
        found.append(title if counted[title] == 1 else f"{title} ({counted[title]})")
    return found
