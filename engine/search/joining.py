"""Joining a study that another machine began, with nothing but its storage."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import optuna
from optuna.storages import BaseStorage

from engine.runs import StudyFolder, Workspace
from engine.search.errors import StudyError
from engine.search.storage import is_trouble, open_storage, quiet, reason_of, shown, shut
from engine.search.study import FINGERPRINT, FOLDER, frozen
from engine.spec import parse_project

SAFE = re.compile(r"[\w.-]+")
"""Names that may be a folder's."""


def join(storage: str, name: str = "", *, workspace: Workspace, folder: Path | None = None) -> StudyFolder:
    """A study folder in this workspace for a study that there is in a storage; the one that there is already, if any.

    Args:
        storage: its URL.
        name: which study; may be left out where the storage has one alone.
        workspace: where the folder is made.
        folder: where relative paths of the project start here; where they start on the machine that began the study,
            if there is such a folder here too, and else the current one.

    Raises:
        StudyError: where there is no such study, or it is none of Netloom's.
        WorkspaceError: where the folder cannot be made.
    """
    opened = open_storage(storage)
    try:
        with quiet():
            study = optuna.load_study(storage=opened, study_name=name or _only(opened, storage))
            attributes = study.user_attrs
    except KeyError:
        raise StudyError(_missing(opened, name, storage)) from None
    except Exception as error:
        if not is_trouble(error):
            raise
        raise StudyError(f"The storage '{shown(storage)}' does not answer: {reason_of(error)}.") from None
    finally:
        shut(opened)
    text = frozen(attributes)
    if FINGERPRINT not in attributes or not text:
        raise StudyError(f"The study '{study.study_name}' was not begun by Netloom, so nothing says what to train.")
    known = [one for one in workspace.all_studies() if _is(one, study.study_name, storage)]
    if known:
        return known[0]
    start = folder or Path(str(attributes.get(FOLDER, "")))
    made = workspace.new_study(
        parse_project(text),
        name=study.study_name,
        storage=storage,
        folder=start if start.is_dir() else Path.cwd(),
    )
    named = _called(made, study.study_name)
    named.write({**named.details(), "joined": f"{socket.gethostname()} {named.path}"})
    return named


def _called(made: StudyFolder, name: str) -> StudyFolder:
    """The folder by the study's own name, where that can be: it is the group of its runs everywhere."""
    wanted = made.path.with_name(name)
    if not SAFE.fullmatch(name) or wanted.exists():
        return made
    made.path.rename(wanted)
    return StudyFolder(wanted)


def _is(folder: StudyFolder, name: str, storage: str) -> bool:
    return folder.storage == storage and str(folder.details().get("name") or folder.id) == name


def _only(storage: BaseStorage, url: str) -> str:
    names = optuna.get_all_study_names(storage)
    if len(names) == 1:
        return names[0]
    raise StudyError(_choice(names, url))


def _missing(storage: BaseStorage, name: str, url: str) -> str:
    names = optuna.get_all_study_names(storage)
    return f"There is no study '{name}' in '{shown(url)}'. {_choice(names, url)}"


def _choice(names: list[str], url: str) -> str:
    return f"Name one of its studies: {', '.join(names)}." if names else f"'{shown(url)}' has no study."
