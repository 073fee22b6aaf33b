"""The templates that ship: project files in `assets/templates`, by category, in the order of `gallery.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.spec import Project, read_project
from engine.spec.quantities import count_text
from studio.theme.sheet import ASSETS

FOLDER = ASSETS / "templates"
LEARNS = {"Classify": "classification", "Regress": "regression", "Reconstruct": "reconstruction"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One project to start from."""

    path: Path
    category: str
    parameters: int
    """Trainable numbers of its network."""
    project: Project

    @property
    def title(self) -> str:
        return self.project.name

    @property
    def sentence(self) -> str:
        """What it is and what it is for."""
        return self.project.about

    @property
    def facts(self) -> tuple[str, ...]:
        """Size, data and task in a few words each."""
        data = self.project.dataset.kind if self.project.dataset else "your data"
        task = LEARNS.get(self.project.task.kind, self.project.task.kind)
        return f"{count_text(self.parameters)} parameters", data, task

    def matches(self, typed: str) -> bool:
        """Whether every word typed stands somewhere in what is known of it, its layers included."""
        kinds = {node.kind for graph in self.project.networks.values() for node in graph.nodes}
        text = " ".join((self.title, self.sentence, self.category, *self.facts, *kinds, *self.project.networks)).lower()
        return all(word in text for word in typed.lower().split())


@cache
def templates() -> tuple[Template, ...]:
    """All templates that ship; read once."""
    listed: dict[str, dict[str, int]] = json.loads((FOLDER / "gallery.json").read_text("utf-8"))
    return tuple(
        _template(FOLDER / f"{name}.netloom", category, parameters)
        for category, names in listed.items()
        for name, parameters in names.items()
    )


def _template(path: Path, category: str, parameters: int) -> Template:
    return Template(path=path, category=category, parameters=parameters, project=read_project(path))
