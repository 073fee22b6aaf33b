"""What can be asked of the engine, and the answers as plain JSON."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.analyze import Report, analyze, inside
from engine.corners import corner_problems
from engine.fitting import Fitting
from engine.flow import Follower
from engine.runs import Workspace
from engine.service.files import Files
from engine.service.importances import Importances
from engine.service.mailbox import Superseded
from engine.service.origins import Origins
from engine.service.part import Answer, Methods, Part
from engine.service.predictions import Predictions
from engine.service.repeats import Repeats
from engine.service.sources import Sources
from engine.service.studies import Studies
from engine.service.tracking import Tracking
from engine.spec import (
    Catalogue,
    DataError,
    Facts,
    Problem,
    Project,
    mark_problems,
    project_from_json,
    project_to_json,
    study_problems,
)

if TYPE_CHECKING:
    from engine.fit import Estimate, Foreteller

PARTS: tuple[type[Part], ...] = (Predictions, Tracking, Origins, Files, Repeats, Studies, Importances)
"""What can be asked besides the drawing and its data, each part in a module of its own."""
PACKAGES = ("netloom", "torch", "torchvision", "numpy", "scikit-learn", "mlflow", "optuna", "PySide6-Essentials")


class Questions:
    """Answers questions one after the other; torch is loaded by the first that needs it.

    Args:
        workspace: where decoded data is kept, and what was measured on devices.
    """

    def __init__(self, workspace: Workspace | None = None) -> None:
        self.catalogue = Catalogue.load()
        self.sources = Sources(self.catalogue, cache=workspace.cache if workspace else None)
        self.give_way: Callable[[str], object] = _stay
        """Called now and then while a slow question of that method is answered; may wait, or raise to end it."""
        self._workspace = workspace
        self._foreteller: Foreteller | None = None
        self.methods: Methods = {
            "analyze": (self.analyze, "looking at the network"),
            "inside": (self.inside, "looking into a block"),
            "fits": (self.fits, "looking for what fits"),
            "dataset": (self.dataset, "looking at the data"),
            "import": (self.import_model, "importing the model"),
            "export": (self.export, "writing the network as PyTorch"),
            "torchvision_models": (self.torchvision_models, "looking for models"),
            "devices": (self.devices, "looking for devices"),
            "training": (self.training, "looking whether it fits"),
            "versions": (self.versions, "asking for versions"),
        }
        if workspace is not None:
            for part in PARTS:
                self.methods = {**self.methods, **part(workspace, self.catalogue).methods}

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
        at_marks = (_of_search(one) for one in mark_problems(project, self.catalogue))
        return replace(report, problems=(*report.problems, *trouble, *at_marks))

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

    def export(self, project: dict[str, Any], folder: str = ".", network: str = "model") -> Answer:
        """A network as PyTorch's source, under `source`."""
        return {"source": self.source(project_from_json(project), Path(folder), network)}

    def source(self, project: Project, folder: Path, network: str = "model") -> str:
        """The same for a project that was read already; raise ValueError, in words, where it cannot be written."""
        from engine.export import source_of

        return source_of(project, self.catalogue, self._facts(project, folder)[0], network=network)

    def torchvision_models(self) -> Answer:
        """The models that can be imported, each with its name and how many parameters it is published with."""
        from engine.convert import model_names, published_parameters

        return [{"name": name, "parameters": published_parameters(name)} for name in model_names()]

    def devices(self) -> Answer:
        """Where runs can be trained, the best first."""
        from engine.service.devices import devices

        return devices()

    def training(self, project: dict[str, Any], folder: str = ".", device: str = "auto") -> Answer:
        """Memory and time of a training step on a device, what fits there, and the `problems` with that."""
        decoded, start = project_from_json(project), Path(folder)
        found = self.foretold(decoded, start, device)
        met = [told.model_dump(exclude_defaults=True) for told in self.met(decoded, start)]
        return {**found, "problems": [*found["problems"], *met]}

    def met(self, project: Project, folder: Path) -> tuple[Problem, ...]:
        """What a search would meet in the corners of its space; nothing where nothing is marked, or a mark is wrong."""
        if any(one.severity == "error" for one in mark_problems(project, self.catalogue)):
            return ()
        facts, _ = self._facts(project, folder)
        between = partial(self.give_way, "training")
        return tuple(corner_problems(project, self.catalogue, facts, between=between))

    def judged(self, project: Project, folder: Path) -> tuple[Problem, ...]:
        """What is wrong with the settings of a project's study."""
        facts, _ = self._facts(project, folder)
        return tuple(_of_search(one) for one in study_problems(project, self.catalogue, facts))

    def foretold(self, project: Project, folder: Path, device: str = "auto") -> dict[str, Any]:
        """The same for a project that was read already; only a `reason` where nothing can be foretold."""
        facts, trouble = self._facts(project, folder)
        if facts is None:
            return _unknown(trouble[0].message if trouble else "No dataset is chosen yet, so no step can be foretold.")
        if analyze(project, self.catalogue, facts).errors:
            return _unknown("Mend the problems first: a network that cannot run takes no memory.")
        try:
            estimate = self._estimate(project, facts, self._device(device))
        except Superseded:
            raise
        except Exception:  # noqa: BLE001 - what a layer does with fake numbers is a pack's affair
            return _unknown("What this network does depends on its numbers, so its memory can only be measured.")
        found = estimate.problem()
        problems = [] if found is None else [found.model_dump(exclude_defaults=True) | {"severity": found.severity}]
        return {**estimate.to_json(), "problems": problems}

    def _estimate(self, project: Project, facts: Facts, device: dict[str, Any]) -> Estimate:
        from engine.fit import Foreteller

        self._foreteller = self._foreteller or Foreteller(self.catalogue, self._workspace)
        return self._foreteller.estimate(project, facts, device, between=lambda: self.give_way("training"))

    def _device(self, name: str) -> dict[str, Any]:
        from engine.service.devices import devices

        known = devices()
        return next((one for one in known if one["name"] == name), known[0])

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


def _stay(method: str) -> None:
    """There is nobody to give way to."""


def _of_search(problem: Problem) -> Problem:
    """A problem that only a search has: the project can be trained as it stands."""
    found: Problem = problem.having(severity="warning", cause=problem.cause or "search")
    return found


def _unknown(reason: str) -> dict[str, Any]:
    return {"state": "unknown", "reason": reason, "problems": []}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
