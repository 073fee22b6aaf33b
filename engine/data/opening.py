"""Opening the dataset that a project names."""

from __future__ import annotations

import os
from pathlib import Path

from engine.data.source import Source
from engine.spec import Catalogue, DataError, Dataset, ParameterError, Project


def open_source(project: Project, catalogue: Catalogue, *, folder: Path, cache: Path | None = None) -> Source:
    """Read the project's dataset; relative paths start at `folder`, decoded data may be kept in `cache`.

    Raise DataError, in the user's words, when there is none or it cannot be read.
    """
    if project.dataset is None:
        raise DataError("No dataset is chosen yet. Pick one on the Data page.")
    try:
        dataset = catalogue.make(Dataset, project.dataset)
    except ParameterError as error:
        raise DataError(str(error), parameter=error.parameter) from None
    try:
        return dataset.open(folder, cache)
    except PermissionError as error:
        raise DataError(f"'{error.filename}' may not be read: permission is missing.") from error
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        raise DataError(f"The data could not be read: {error.strerror or error}{place}.") from error


def located(folder: Path, path: str) -> Path:
    """The place that a path in a project means: from the project's folder, or from the user's home after a tilde."""
    return folder / os.path.expanduser(path)  # noqa: PTH111 - Path's own raises where there is no such user
