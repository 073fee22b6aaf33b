"""The trained model as MLflow keeps it: a program saved by `torch.export` and the short script that runs it."""

from __future__ import annotations

import warnings
from importlib.metadata import version
from pathlib import Path

SCRIPT = Path(__file__).with_name("netloom_program.py")
"""What MLflow runs to load and ask the model. It needs neither Netloom nor pickle."""
PROGRAM = "model.pt2"


def has_model(folder: Path) -> bool:
    """Whether there is a model to log."""
    return (folder / PROGRAM).is_file()


def log_model(folder: Path, *, run: str, step: int) -> None:
    """Log the exported network in a folder as the MLflow run's model of that step."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # MLflow's own, about MLflow's own
        import mlflow.pyfunc
        from mlflow.models import Model

        with mlflow.start_run(run_id=run):  # the model belongs to the experiment of the active run
            Model.log(
                artifact_path=None,
                flavor=mlflow.pyfunc,
                run_id=run,
                name="model",
                step=step,
                loader_module=SCRIPT.stem,
                data_path=str(folder),
                code_paths=[str(SCRIPT)],
                pip_requirements=[f"{name}=={version(name)}" for name in ("mlflow", "torch", "numpy")],
            )
