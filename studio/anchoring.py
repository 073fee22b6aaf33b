"""Projects that no longer lie where their relative paths start."""

from __future__ import annotations

from pathlib import Path

from engine.spec import Catalogue, Project


def anchored(project: Project, catalogue: Catalogue, folder: Path) -> Project:
    """The project with relative paths of its data made whole, as they start in a folder."""
    dataset = project.dataset
    declared = catalogue.datasets.get(dataset.kind) if dataset else None
    if dataset is None or declared is None:
        return project
    paths = {
        one.name: str(folder / value)
        for one in declared.parameters()
        if one.path and (value := dataset.parameters.get(one.name))
    }
    changed: Project = project.having(dataset=dataset.set(**paths))
    return changed
