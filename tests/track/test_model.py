"""The model in MLflow: asked without Netloom, and without pickle."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlparse
from urllib.request import url2pathname

import numpy as np
import pytest
import torch
from mlflow.models import Model
from safetensors.torch import save_file
from torch import nn

from engine.runs import RunFolder, Workspace
from engine.runs.disk import size
from engine.service.tracking import Tracking
from engine.spec import Catalogue
from engine.track.asking import Asking
from engine.track.forgetting import forget_runs
from engine.track.registry import register, registered
from engine.train import Keeping, train_run
from engine.train.export import EXAMPLE, PROGRAM, signature
from tests.track.conftest import Tracked, finished, follow, started
from tests.train.making import wine

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
    program = torch.export.export(module, tuple(inputs.values()), dynamic_shapes=free)
    torch.export.save(program, folder / PROGRAM)
    save_file({name: one[:1].clone() for name, one in inputs.items()}, folder / EXAMPLE)
    about = {"inputs": [{"name": name} for name in inputs], "outputs": outputs, "signature": signature(program)}
    (folder / "model.json").write_text(json.dumps(about))


def place_of(tracked: Tracked, run: RunFolder) -> str:
    """The folder in which MLflow keeps the model of a run."""
    [output] = tracked.run(run).outputs.model_outputs
    return url2pathname(urlparse(tracked.client.get_logged_model(output.model_id).artifact_location).path)


def ask(workspace: Workspace, tracked: Tracked, run: RunFolder, numbers: Path) -> None:
    """Load the model in a process of its own, with pickle forbidden, and let it answer into a file."""
    place = place_of(tracked, run)
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
    fed = torch.randn(3, 4)
    export(module, run.model, {"features": fed}, ["prediction"])
    write(finished(5), run=run)
    follow(workspace)
    follow(workspace)
    told = Model.load(place_of(tracked, run))
    assert str(told.signature.inputs) == "[Tensor('float32', (-1, 4))]"
    assert str(told.signature.outputs) == "[Tensor('float32', (-1, 2))]"
    example: Any = told.load_input_example(place_of(tracked, run))  # not the text that its hint says
    assert np.array_equal(example, fed[:1].numpy())
    numbers = np.random.default_rng(0).normal(size=(7, 4)).astype(np.float32)
    np.save(tmp_path / "x.npy", numbers)
    ask(workspace, tracked, run, tmp_path / "x.npy")
    with torch.no_grad():
        expected = module(torch.from_numpy(numbers)).numpy()
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
    told = Model.load(place_of(tracked, run)).signature
    assert str(told.inputs) == "['a': Tensor('float32', (-1, 2)), 'b': Tensor('float32', (-1, 2))]"
    assert str(told.outputs) == "['sum': Tensor('float32', (-1, 2)), 'double': Tensor('float32', (-1, 2))]"
    ones, zeros = (fill((4, 2), dtype=np.float32) for fill in (np.ones, np.zeros))
    np.savez(tmp_path / "x.npz", b=ones, a=zeros)
    ask(workspace, tracked, run, tmp_path / "x.npz")
    found = np.load(tmp_path / "x.npz.out.npz")
    assert np.array_equal(found["sum"], np.ones((4, 2)))
    assert np.array_equal(found["double"], np.zeros((4, 2)))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_that_a_trial_leaves_its_model_behind_when_it_is_registered(workspace: Workspace, tracked: Tracked) -> None:
    run = workspace.new_run(wine(epochs=1), device="cpu")
    train_run(run, "cpu", keeping=Keeping(whole=lambda _: False))
    follow(workspace)
    assert not run.model.exists()
    tracking = Tracking(workspace, Catalogue.load())
    assert tracking.register(run.id, "sorter", "champion") == {"name": "sorter", "version": 1, "alias": "champion"}
    assert Path(place_of(tracked, run), "data", "model", "model.pt2").is_file()
