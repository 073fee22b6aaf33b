"""The trained model as MLflow keeps it: a program saved by `torch.export` and the short script that runs it."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import mlflow
import numpy as np

from engine.track.places import VARIABLE

if TYPE_CHECKING:
    from mlflow.models import ModelSignature
    from mlflow.types import Schema

SCRIPT = Path(__file__).with_name("netloom_program.py")
"""What MLflow runs to load and ask the model. It needs neither Netloom nor pickle."""
PROGRAM = "model.pt2"
SAMPLE = "example.safetensors"

Json: TypeAlias = Mapping[str, Any]


class Unasked:
    """MLflow's kind of model that a script loads, which is not asked for its example as soon as it is logged.

    That would load PyTorch into a process that gives way to training; MLflow knows the wish, but passes it on.
    """

    @staticmethod
    def save_model(*, validate_serving_input: bool, **told: Any) -> Any:
        """Save it in a folder."""
        from mlflow import pyfunc

        assert not validate_serving_input
        return pyfunc.save_model(**told)


def has_model(folder: Path) -> bool:
    """Whether there is a model to log."""
    return (folder / PROGRAM).is_file()


def log_model(folder: Path, *, uri: str, run: str, step: int) -> None:
    """Log the exported network in a folder as the MLflow run's model of that step."""
    about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    with at(uri), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # MLflow's own, about MLflow's own
        from mlflow.models import Model

        with mlflow.start_run(run_id=run):  # the model belongs to the experiment of the active run
            Model.log(
                artifact_path=None,
                flavor=Unasked,
                flavor_name="mlflow.pyfunc",
                run_id=run,
                name="model",
                step=step,
                loader_module=SCRIPT.stem,
                data_path=str(folder),
                code_paths=[str(SCRIPT)],
                metadata=about,
                signature=signature(about),
                input_example=sample(folder, about),
                validate_serving_input=False,
                pip_requirements=[f"{name}=={version(name)}" for name in ("mlflow", "torch", "numpy")],
            )


def signature(about: Json) -> ModelSignature | None:
    """What the program takes and gives, as it was written beside it; None for a model from before that was written.

    One tensor goes without a name, as an array; several are a mapping by name.
    """
    from mlflow.models import ModelSignature

    sides = about.get("signature", {})
    names = {"inputs": [one["name"] for one in about["inputs"]], "outputs": about["outputs"]}
    try:
        schemas = {side: _schema(names[side], sides[side]) for side in names}
    except (KeyError, TypeError, ValueError):  # bfloat16 has no name in NumPy, and so none in MLflow
        return None
    return ModelSignature(inputs=schemas["inputs"], outputs=schemas["outputs"])


def sample(folder: Path, about: Json) -> Any:
    """One sample as the program takes it; None where none was kept."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        found = load_file(folder / SAMPLE)
        ordered = {one["name"]: found[one["name"]] for one in about["inputs"]}
    except (OSError, KeyError, SafetensorError):
        return None
    return next(iter(ordered.values())) if len(ordered) == 1 else ordered


def _schema(names: list[str], tensors: list[Json]) -> Schema:
    from mlflow.types import Schema, TensorSpec

    given = names if len(names) > 1 else [None]
    return Schema(
        [
            TensorSpec(np.dtype(one["dtype"]), tuple(one["shape"]), name)
            for name, one in zip(given, tensors, strict=True)
        ]
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
