"""Questions to MLflow: other tools' runs, the registry, its own pages, and forgetting what was purged."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from engine.runs import RunFolder, Workspace
from engine.service.part import Answer, Methods, Part
from engine.spec import Catalogue
from engine.track.asking import Asking
from engine.track.retelling import elsewhere, retell
from engine.track.serving import Serving


class Tracking(Part):
    """Asks the workspace's MLflow, wherever that is; each question is answered within seconds, if only by a sentence.

    Args:
        workspace: whose runs.
        catalogue: what layers, datasets and tasks there are.
    """

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        super().__init__(workspace, catalogue)
        self._asking = Asking(workspace)
        self._server: Serving | None = None
        self._alone = threading.Lock()

    @property
    def methods(self) -> Methods:
        return {
            "foreign_runs": (self.foreign_runs, "looking for runs of other tools"),
            "histories": (self.histories, "reading curves from MLflow"),
            "registered": (self.registered, "looking at MLflow's registry"),
            "register": (self.register, "registering the model"),
            "forget_runs": (self.forget_runs, "deleting runs in MLflow"),
            "told_elsewhere": (self.told_elsewhere, "looking for runs of another MLflow"),
            "retell": (self.retell, "having MLflow told of earlier runs"),
            "mlflow_page": (self.mlflow_page, "opening MLflow"),
        }

    def foreign_runs(self) -> Answer:
        """Runs that other tools told the same MLflow (see `engine.track.foreign`)."""
        from engine.track.foreign import foreign_runs

        return foreign_runs(self._asking)

    def histories(self, runs: Sequence[str]) -> Answer:
        """Every value of every metric of runs, by MLflow's id."""
        from engine.track.foreign import histories

        return histories(self._asking, runs)

    def registered(self) -> Answer:
        """What is in the registry, by run."""
        from engine.track.registry import registered

        return registered(self._asking)

    def register(self, run: str, name: str, alias: str = "") -> Answer:
        """Put a run's model into the registry."""
        from engine.track.registry import register

        self._complete(RunFolder(self.workspace.runs / run))
        return register(self._asking, run, name=name, alias=alias)

    def _complete(self, run: RunFolder) -> None:
        """Make the model of a search's trial, which leaves none behind by itself, and tell MLflow of it."""
        summary, known = run.summary(), self._asking.id_of(run.id)
        if not known or summary.state != "finished" or run.model.exists():
            return
        from engine.track.model import log_model
        from engine.train import complete

        complete(run, self.catalogue)
        with self._asking.client():  # says in words what keeps MLflow from taking it
            log_model(run.model, uri=self._asking.uri, run=known, step=summary.step)

    def forget_runs(self, runs: Sequence[str]) -> Answer:
        """Delete what MLflow has of our runs, for good."""
        from engine.track.forgetting import forget_runs

        return forget_runs(self._asking, runs)

    def told_elsewhere(self) -> Answer:
        """How many `runs` only another MLflow was told of than the one that is chosen now."""
        return {"runs": len(elsewhere(self.workspace))}

    def retell(self) -> Answer:
        """Have the MLflow that is chosen now told of those `runs`, by the next follower; how many they are."""
        return {"runs": retell(self.workspace)}

    def mlflow_page(self, runs: Sequence[str] = ()) -> Answer:
        """The `url` of MLflow's page of a run, or of several beside each other; a server is started where none is."""
        from engine.track.pages import page

        return {"url": page(self._asking, self._base(), runs)}

    def _base(self) -> str:
        uri = self._asking.uri
        if uri.startswith(("http://", "https://")):
            return uri
        with self._alone:
            if self._server is None or not self._server.alive or self._server.uri != uri:
                if self._server is not None:
                    self._server.close()
                self._server = Serving(self.workspace, uri)
                self._server.wait()
            return self._server.url
