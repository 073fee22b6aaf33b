"""The trained model as MLflow keeps it: a program saved by `torch.export` and the short script that runs it."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import mlflow

from engine.track.places import VARIABLE

SCRIPT = Path(__file__).with_name("netloom_program.py")
"""What MLflow runs to load and ask the model. It needs neither Netloom nor pickle."""
PROGRAM = "model.pt2"


def has_model(folder: Path) -> bool:
    """Whether there is a model to log."""
    return (folder / PROGRAM).is_file()


def log_model(folder: Path, *, uri: str, run: str, step: int) -> None:
    """Log the exported network in a folder as the MLflow run's model of that step."""
    with at(uri), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # MLflow's own, about MLflow's own
        from mlflow import pyfunc
        from mlflow.models import Model

        with mlflow.start_run(run_id=run):  # the model belongs to the experiment of the active run
            Model.log(
                artifact_path=None,
                flavor=pyfunc,
                run_id=run,
                name="model",
                step=step,
                loader_module=SCRIPT.stem,
                data_path=str(folder),
                code_paths=[str(SCRIPT)],
                metadata=json.loads((folder / "model.json").read_text(encoding="utf-8")),
                pip_requirements=[f"{name}=={version(name)}" for name in ("mlflow", "torch", "numpy")],
            )


@contextmanager
def at(uri: str) -> Iterator[None]:
    """Point MLflow's functions at a store; it keeps the address in the environment, which is put back as it was."""
    before = os.environ.get(VARIABLE)
    mlflow.set_tracking_uri(uri)
    try:
        yield
    finally:
        mlflow.set_tracking_uri(None)  # type: ignore[arg-type]  # its word for "no longer"
        if before is not None:
            os.environ[VARIABLE] = before
