"""What can be asked of the engine, and the answers as plain JSON."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeAlias

from engine.analyze import Report, analyze, inside
from engine.fitting import Fitting
from engine.flow import Follower
from engine.service.sources import Sources
from engine.spec import Catalogue, DataError, Facts, Problem, Project, project_from_json, project_to_json

Answer: TypeAlias = dict[str, Any] | list[Any]
PACKAGES = ("netloom", "torch", "torchvision", "numpy", "scikit-learn", "mlflow", "optuna", "PySide6-Essentials")


class Questions:
    """Answers questions one after the other; torch is loaded by the first that needs it.

    Args:
        cache: where decoded data may be kept.
    """

    def __init__(self, *, cache: Path | None = None) -> None:
        self.catalogue = Catalogue.load()
        self.sources = Sources(self.catalogue, cache=cache)
        self.methods: Mapping[str, tuple[Callable[..., Answer], str]] = {
            "analyze": (self.analyze, "looking at the network"),
            "inside": (self.inside, "looking into a block"),
            "fits": (self.fits, "looking for what fits"),
            "dataset": (self.dataset, "looking at the data"),
            "import": (self.import_model, "importing the model"),
            "torchvision_models": (self.torchvision_models, "looking for models"),
            "devices": (self.devices, "looking for devices"),
            "versions": (self.versions, "asking for versions"),
        }
        """By name: the function, and what it does, for a sentence about its failure."""

    def analyze(self, project: dict[str, Any], folder: str = ".") -> Answer:
        """What every node gives and costs, and every problem of the project and its data."""
        return self.report(project_from_json(project), Path(folder)).to_json()

    def inside(self, project: dict[str, Any], root: str, path: list[str], folder: str = ".") -> Answer:
        """What every node within a block gives and costs where that block stands; `path` leads there from `root`."""
        decoded = project_from_json(project)
        facts, _ = self._facts(decoded, Path(folder))
        return inside(decoded, self.catalogue, facts, root=root, path=path).to_json()

    def report(self, project: Project, folder: Path) -> Report:
        """The same for a project that was read already."""
        facts, trouble = self._facts(project, folder)
        report = analyze(project, self.catalogue, facts)
        return replace(report, problems=(*report.problems, *trouble))

    def fits(self, project: dict[str, Any], end: dict[str, Any], folder: str = ".") -> Answer:
        """Where a wire from an end could go: `ports`, by node and port why not, and the `kinds` of layer that fit.

        `end` is a network, a node, its port, and whether that is an output. `known` is whether a signal is known there;
        without one nothing is refused, and `kinds` is left out.
        """
        decoded = project_from_json(project)
        follower = Follower(decoded, self.catalogue, self._facts(decoded, Path(folder))[0])
        fitting = Fitting(follower, follower.follow(end["network"]))
        ports = fitting.ports(end["node"], end["port"], output=end["output"])
        signal = fitting.signal(end["node"], end["port"]) if end["output"] else None
        kinds = {} if signal is None else {"kinds": fitting.kinds(signal)}
        return {"known": not end["output"] or signal is not None, "ports": ports, **kinds}

    def dataset(self, project: dict[str, Any], folder: str = ".") -> Answer:
        """Columns, sizes, balance and some samples of the data."""
        from engine.data import preview

        decoded = project_from_json(project)
        return preview(self.sources.source(decoded, Path(folder)), decoded.split)

    def import_model(self, model: str) -> Answer:
        """A model of torchvision as a project's JSON, under `project`."""
        from engine.convert import import_model

        return {"project": project_to_json(import_model(model, self.catalogue).project)}

    def torchvision_models(self) -> Answer:
        """The names of the models that can be imported."""
        from engine.convert import model_names

        return list(model_names())

    def devices(self) -> Answer:
        """Where runs can be trained, the best first."""
        from engine.service.devices import devices

        return devices()

    def versions(self) -> Answer:
        """What is installed."""
        return {"python": platform.python_version(), **{name: found for name in PACKAGES if (found := _version(name))}}

    def _facts(self, project: Project, folder: Path) -> tuple[Facts | None, tuple[Problem, ...]]:
        if project.dataset is None:
            return None, ()
        try:
            return self.sources.facts(project, folder), ()
        except DataError as error:
            return None, (Problem(message=str(error), section=error.section, parameter=error.parameter),)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
