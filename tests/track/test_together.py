"""From a plain script's `mlflow.log_metric` to a row and a curve beside ours; only the pipe is stood in for."""

import json
from collections.abc import Callable
from typing import Any

import mlflow
import pytest
from PySide6.QtWidgets import QApplication

from engine.runs import RunFolder, Workspace
from engine.service.tracking import Tracking
from engine.spec import Catalogue
from engine.track.model import at
from engine.track.places import own_uri
from studio.foreign import Foreign
from studio.live import Live
from tests.track.conftest import Tracked, epoch, finished, follow, started

Write = Callable[..., RunFolder]


class Piped:
    """The service without its process: questions and answers are JSON all the same."""

    def __init__(self, workspace: Workspace) -> None:
        self.methods = Tracking(workspace, Catalogue.load([])).methods

    def ask(self, method: str, params: dict[str, Any], *, then: Any, failed: Any = None) -> None:
        function, _ = self.methods[method]
        then(json.loads(json.dumps(function(**json.loads(json.dumps(params))))))


def script(workspace: Workspace) -> None:
    """What somebody may have written who never heard of Netloom."""
    with at(own_uri(workspace)):
        mlflow.set_experiment(experiment_id=mlflow.create_experiment("Theirs", str(workspace.path / "theirs")))
        with mlflow.start_run(run_name="by hand"):
            mlflow.log_param("lr", 0.1)
            for step in range(3):
                mlflow.log_metric("val_accuracy", step / 10, step=step)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_that_a_plain_scripts_run_stands_beside_ours_and_is_drawn_in_the_same_chart(
    qapp: QApplication, workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    ours = write(started(), *epoch(1), *epoch(2), finished())
    follow(workspace)
    script(workspace)
    service: Any = Piped(workspace)
    live = Live(workspace)
    live.poll()
    foreign = Foreign(live, service)
    foreign.refresh()
    try:
        [theirs] = foreign.runs
        assert set(live.runs) == {ours.id, theirs}
        assert live.summary(theirs).name == "by hand"
        assert live.parameters(theirs)["lr"] == 0.1
        assert live.summary(theirs).best == {"validation/accuracy": 0.2}
        curves = {run: live.curves(run) for run in (ours.id, theirs)}
        for _ in range(10):
            live.poll()
        values = [list(one.epochs["validation/accuracy"].values) for one in curves.values()]
        assert values == [[0.1, 0.2], [0.0, 0.1, 0.2]]
        tracked.client.delete_run(theirs)
        foreign.refresh()
        assert live.runs == (ours.id,)
    finally:
        foreign.pause()
        live.close()
