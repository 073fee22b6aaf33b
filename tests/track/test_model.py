"""The model in MLflow: asked without Netloom, and without pickle."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from engine.runs import RunFolder, Workspace
from engine.runs.disk import size
from engine.track.asking import Asking
from engine.track.forgetting import forget_runs
from engine.track.registry import register, registered
from tests.track.conftest import Tracked, finished, follow, started

Write = Callable[..., RunFolder]

ASK = """
import sys, warnings
warnings.simplefilter("ignore")
import mlflow, numpy as np
place, numbers = sys.argv[1:]
model = mlflow.pyfunc.load_model(place)
found = model.predict(dict(np.load(numbers)) if numbers.endswith("z") else np.load(numbers))
assert "engine" not in sys.modules
np.savez(numbers + ".out", **found) if isinstance(found, dict) else np.save(numbers + ".out.npy", found)
"""


class Two(nn.Module):
    """Two inputs, two outputs."""

    def forward(self, a: torch.Tensor, b: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return a + b, a * 2


def export(module: nn.Module, folder: Path, inputs: dict[str, torch.Tensor], outputs: list[str]) -> None:
    """What training leaves behind."""
    folder.mkdir()
    free = tuple({0: torch.export.Dim("batch")} for _ in inputs)
    torch.export.save(torch.export.export(module, tuple(inputs.values()), dynamic_shapes=free), folder / "model.pt2")
    about = {"inputs": [{"name": name} for name in inputs], "outputs": outputs}
    (folder / "model.json").write_text(json.dumps(about))


def ask(workspace: Workspace, tracked: Tracked, run: RunFolder, numbers: Path) -> None:
    """Load the model in a process of its own, with pickle forbidden, and let it answer into a file."""
    [output] = tracked.run(run).outputs.model_outputs
    place = tracked.client.get_logged_model(output.model_id).artifact_location
    subprocess.run(
        [sys.executable, "-P", "-c", ASK, place, str(numbers)],
        cwd=workspace.path,
        env=os.environ | {"MLFLOW_ALLOW_PICKLE_DESERIALIZATION": "false"},
        check=True,
        timeout=100,
    )


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_that_a_finished_runs_model_answers_as_it_did_in_training(
    workspace: Workspace, write: Write, tracked: Tracked, tmp_path: Path
) -> None:
    run = write(started())
    module = nn.Linear(4, 2).eval()
    export(module, run.model, {"features": torch.randn(3, 4)}, ["prediction"])
    write(finished(5), run=run)
    follow(workspace)
    follow(workspace)
    numbers = np.random.default_rng(0).normal(size=(7, 4))
    np.save(tmp_path / "x.npy", numbers)
    ask(workspace, tracked, run, tmp_path / "x.npy")
    with torch.no_grad():
        expected = module(torch.from_numpy(numbers).float()).numpy()
    assert np.array_equal(np.load(tmp_path / "x.npy.out.npy"), expected)
    assert register(Asking(workspace), run.id, name="sorter", alias="champion")["version"] == 1
    assert register(Asking(workspace), run.id, name="sorter", alias="@best")["version"] == 1
    known = {"run": run.id, "name": "sorter", "version": 1, "aliases": ["best", "champion"]}
    assert registered(Asking(workspace)) == [known]
    whole = size(workspace.artifacts)
    assert forget_runs(Asking(workspace), [run.id])["freed"] == whole > size(run.model)
    assert size(workspace.artifacts) == 0
    assert tracked.client.search_logged_models(["1"]) == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_that_a_model_with_several_inputs_and_outputs_is_asked_by_their_names(
    workspace: Workspace, write: Write, tracked: Tracked, tmp_path: Path
) -> None:
    run = write(started())
    export(Two(), run.model, {"a": torch.randn(3, 2), "b": torch.randn(3, 2)}, ["sum", "double"])
    write(finished(5), run=run)
    follow(workspace)
    np.savez(tmp_path / "x.npz", b=np.ones((4, 2)), a=np.zeros((4, 2)))
    ask(workspace, tracked, run, tmp_path / "x.npz")
    found = np.load(tmp_path / "x.npz.out.npz")
    assert np.array_equal(found["sum"], np.ones((4, 2)))
    assert np.array_equal(found["double"], np.zeros((4, 2)))
