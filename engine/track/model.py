"""The trained model as MLflow keeps it: a program saved by `torch.export` and the short script that runs it."""

from __future__ import annotations

import json
import shutil
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import mlflow
import mlflow.pyfunc
from mlflow.models import Model

from engine.spec import Graph, Input, Output

SCRIPT = Path(__file__).with_name("netloom_program.py")
"""What MLflow runs to load and ask the model. It needs neither Netloom nor pickle."""
PROGRAM = "model.pt2"


def has_model(folder: Path) -> bool:
    """Whether there is a model to log."""
    return (folder / PROGRAM).is_file()


def log_model(folder: Path, network: Graph, *, run: str, step: int) -> None:
    """Log the exported network in a folder as the MLflow run's model of that step."""
    with (
        TemporaryDirectory() as place,
        mlflow.start_run(run_id=run),  # the model belongs to the experiment of the active run
    ):
        data = Path(shutil.copytree(folder, Path(place, "data")))
        (data / "interface.json").write_text(json.dumps(_interface(network)), encoding="utf-8")
        Model.log(
            artifact_path=None,
            flavor=mlflow.pyfunc,
            run_id=run,
            name="model",
            step=step,
            loader_module=SCRIPT.stem,
            data_path=str(data),
            code_paths=[str(SCRIPT)],
            pip_requirements=[f"{name}=={version(name)}" for name in ("mlflow", "torch", "numpy")],
        )


def _interface(network: Graph) -> dict[str, list[str]]:
    """What enters and leaves the program, in order: columns and names of outputs."""
    inputs = [{**_defaults(Input), **node.parameters} for node in network.of_kind(Input.kind())]
    outputs = [{**_defaults(Output), **node.parameters} for node in network.of_kind(Output.kind())]
    return {"inputs": [str(one["column"]) for one in inputs], "outputs": [str(one["name"]) for one in outputs]}


def _defaults(kind: type[Input] | type[Output]) -> dict[str, Any]:
    return {one.name: one.default for one in kind.parameters()}
