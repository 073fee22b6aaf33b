"""The door to MLflow: everything the follower asks of it, with its errors told apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

import mlflow
from mlflow.entities import Dataset as EntityDataset
from mlflow.entities import DatasetInput, InputTag, LifecycleStage, Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException

from engine.track.groups import Groups
from engine.track.points import Point, key

METRICS = 1000
"""Metrics in one call, MLflow's own limit."""
PARAMETERS = 100
LONGEST_VALUE = 6000
LONGEST_TAG = 8000
LONGEST_DIGEST = 36

TRAINING = {"mlflow.experimentKind": "custom_model_development"}
"""MLflow's word for experiments of training, as against those of language models."""

RUN = "netloom.run"
"""The tag that says which of our runs a run of MLflow is."""


class MissingError(Exception):
    """MLflow does not know the run (any more)."""


class RefusedError(Exception):
    """MLflow will not take it, now or later; the sentence says why."""


class Store:
    """One MLflow, by its address. Anything that may pass (no connection, a locked file) is raised as it comes."""

    def __init__(self, uri: str, *, artifacts: Path | None = None) -> None:
        self.uri = uri
        self._artifacts = artifacts
        self._client = mlflow.MlflowClient(uri)

    def open(self, run: str, *, experiment: str, name: str, time: int) -> str:
        """The id of the MLflow run that stands for ours, made if there is none; `time` in milliseconds."""
        with _refusals():
            place = self._experiment(experiment)
            found = self._client.search_runs([place], f"tags.`{RUN}` = '{run}'", ViewType.ALL, max_results=1)
            if found:
                return str(found[0].info.run_id)
            made = self._client.create_run(place, start_time=time, run_name=name, tags={RUN: run})
            return str(made.info.run_id)

    def join(self, run: str, *, group: str, time: int) -> None:
        """Have it stand below the run that stands for its group (see `Groups.join`)."""
        with _refusals():
            Groups(self._client).join(run, group=group, time=time)

    def settle(self, run: str, *, time: int) -> None:
        """Let the state of its group follow (see `Groups.settle`)."""
        with _refusals():
            Groups(self._client).settle(run, time=time)

    def steps(self, run: str) -> dict[str, int]:
        """The highest step it has of every metric; raise `MissingError`, or `RefusedError` for a deleted run."""
        with _refusals():
            found = self._client.get_run(run)
        if found.info.lifecycle_stage == LifecycleStage.DELETED:
            raise RefusedError("The run was deleted in MLflow.")
        return {one.key: one.step for one in found.data.to_proto().metrics}

    def describe(
        self, run: str, *, tags: Mapping[str, str], parameters: Mapping[str, Any] = MappingProxyType({})
    ) -> None:
        """Write tags, which may change, and parameters, which never do."""
        rows = [Param(key(name), str(value)[:LONGEST_VALUE]) for name, value in parameters.items()]
        with _refusals():
            for batch in _batches(rows, PARAMETERS):
                self._client.log_batch(run, params=batch)
            self._client.log_batch(run, tags=[RunTag(key(name), value[:LONGEST_TAG]) for name, value in tags.items()])

    def measure(self, run: str, found: Iterable[Point]) -> None:
        """Write metrics, many at a time."""
        rows = (Metric(one.name, one.value, one.time, one.step) for one in found)
        with _refusals():
            for batch in _batches(rows, METRICS):
                self._client.log_batch(run, metrics=batch)

    def keep(self, run: str, files: Iterable[Path], *, under: str = "") -> None:
        """Store copies of the files that are there, in a folder of that name if one is given."""
        with _refusals():
            for path in files:
                if path.is_file():
                    self._client.log_artifact(run, str(path), under or None)

    def rename(self, run: str, name: str) -> None:
        """Call it something else."""
        with _refusals():
            self._client.update_run(run, name=name)

    def learn_from(self, run: str, *, name: str, digest: str) -> None:
        """Say what data it learns from; `digest` tells the content apart."""
        source = json.dumps({"name": name})
        about = EntityDataset(name=name, digest=digest[:LONGEST_DIGEST], source_type="netloom", source=source)
        with _refusals():
            self._client.log_inputs(run, [DatasetInput(about, tags=[InputTag("mlflow.data.context", "training")])])

    def models(self, run: str) -> set[int]:
        """The steps of the whole models that it has of the run."""
        with _refusals():
            outputs = self._client.get_run(run).outputs
            found = outputs.model_outputs if outputs else []
            return {one.step for one in found if self._client.get_logged_model(one.model_id).status == "READY"}

    def state(self, run: str, status: str, *, end: int | None = None) -> None:
        """Say that it is RUNNING, or with which status it ended when."""
        with _refusals():
            if end is None:
                self._client.update_run(run, status=status)
            else:
                self._client.set_terminated(run, status, end_time=end)

    def _experiment(self, name: str) -> str:
        """The experiment of that name; one that was deleted is left so, and a new one is numbered."""
        number, wanted = 1, name
        while (found := self._client.get_experiment_by_name(wanted)) is not None:
            if found.lifecycle_stage != LifecycleStage.DELETED:
                return str(found.experiment_id)
            number += 1
            wanted = f"{name} ({number})"
        place = None if self._artifacts is None else self._artifacts.as_uri()
        return str(self._client.create_experiment(wanted, artifact_location=place, tags=TRAINING))


FINAL = {"INVALID_PARAMETER_VALUE", "INVALID_STATE", "PERMISSION_DENIED", "BAD_REQUEST"}
"""MLflow's words for what asking again does not change."""


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except MlflowException as error:
        if error.error_code == "RESOURCE_DOES_NOT_EXIST":
            raise MissingError(str(error)) from error
        if error.error_code in FINAL:
            raise RefusedError(str(error).partition("\n")[0]) from error
        raise


def _batches(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch
