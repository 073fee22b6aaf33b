"""The user's own blocks: one project file each in a folder, offered in every project."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.spec import SUFFIX, Project, ProjectError, read_project, write_project
from studio.blocks import block_file, tops


@dataclass(frozen=True, kw_only=True)
class Saved:
    """A block that was kept.

    Args:
        name: what it is called: the file's name without its ending.
        path: its file.
        project: the block's network, first, and all that it uses; none where the file cannot be read.
        reason: why it cannot.
    """

    name: str
    path: Path
    project: Project | None = None
    reason: str = ""

    @property
    def network(self) -> str:
        """The network that is the block."""
        assert self.project is not None, "a block that cannot be read has no network"
        return tops(self.project)[0]


class Library(QObject):
    """Blocks in a folder, which is read when it is first asked for. A broken file harms no other.

    Args:
        folder: where the files lie; it is made when the first block is kept.
    """

    changed = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._saved: dict[str, Saved] | None = None

    @property
    def every(self) -> tuple[Saved, ...]:
        """All that are kept, by name, the broken ones too."""
        if self._saved is None:
            self._saved = {path.stem: _read(path) for path in sorted(self.folder.glob(f"*{SUFFIX}"))}
        return tuple(self._saved.values())

    def __getitem__(self, name: str) -> Saved:
        return next(one for one in self.every if one.name == name)

    def keep(self, project: Project, network: str) -> str:
        """Keep a network of a project and all that it uses, in place of one of the same name; return the name.

        Raises:
            ProjectError: with a sentence, when it cannot be written; what was kept stays.
        """
        write_project(self._path(network), block_file(project, network))
        self._look_again()
        return network

    def rename(self, old: str, new: str) -> None:
        """Call a block otherwise; raise ValueError, with a sentence, when it cannot be called so."""
        if new == old:
            return
        if not re.fullmatch(r"[\w\- ]+", new.strip()):
            raise ValueError(f"“{new}” cannot name a block: use letters, digits, spaces, - and _.")
        if any(one.name == new for one in self.every):
            raise ValueError(f"There is already a block called “{new}”.")
        try:
            self[old].path.rename(self._path(new.strip()))
        except OSError as error:
            raise ValueError(f"“{old}” cannot be renamed: {error.strerror}.") from None
        self._look_again()

    def remove(self, name: str) -> None:
        """Keep a block no longer; raise ValueError, with a sentence, when its file cannot be deleted."""
        try:
            self[name].path.unlink(missing_ok=True)
        except OSError as error:
            raise ValueError(f"“{name}” cannot be deleted: {error.strerror}.") from None
        self._look_again()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{SUFFIX}"

    def _look_again(self) -> None:
        self._saved = None
        self.changed.emit()


def _read(path: Path) -> Saved:
    try:
        project = read_project(path)
    except ProjectError as error:
        return Saved(name=path.stem, path=path, reason=str(error))
    if not tops(project):
        return Saved(name=path.stem, path=path, reason=f"“{path.name}” holds no network.")
    return Saved(name=path.stem, path=path, project=project)
