"""The same runs in MLflow's SQLite store, and how long it takes to be asked the same of them."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, cast
from uuid import NAMESPACE_URL, uuid5

from engine.spec import read_project
from tests.bench.runs.making import BEGAN, COUNT, LONG, PROJECT, Tried, settings

CURVES = 20
"""Of the long curves as many are written to MLflow: writing all of them takes minutes, and reading them too."""
ROWS = 20_000
BEST = "metrics.`validation/accuracy` DESC"
FILTER = "metrics.`validation/accuracy` > 0.93 and params.`training.batch_size` = '32'"


def make(folder: Path) -> str:
    """Write the runs with MLflow's own tables where they are not yet; return the URI of the store."""
    done, uri = folder / "mlflow.made", f"sqlite:///{folder / 'mlflow.db'}"
    if done.exists():
        return uri
    (folder / "mlflow.db").unlink(missing_ok=True)
    from mlflow.store.tracking.dbmodels import models
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    store = cast("Any", SqlAlchemyStore)(uri, (folder / "artifacts").as_uri())
    experiment = int(store.create_experiment("Digits"))
    tables: tuple[tuple[Any, Callable[[int], Iterator[dict[str, Any]]]], ...] = (
        (models.SqlRun, _runs),
        (models.SqlParam, _params),
        (models.SqlTag, _tags),
        (models.SqlLatestMetric, _latest),
        (models.SqlMetric, _history),
    )
    for table, rows in tables:
        found = rows(experiment)
        while batch := list(islice(found, ROWS)):
            with store.engine.begin() as connection:
                connection.execute(table.__table__.insert(), batch)
    store.engine.dispose()
    done.touch()
    return uri


def measure(uri: str) -> dict[str, float]:
    """Seconds that MLflow's client needs for what the page is asked."""
    from mlflow import MlflowClient

    client = MlflowClient(uri)
    experiments = [one.experiment_id for one in client.search_experiments()]

    def page(**given: Any) -> Any:
        return client.search_runs(experiments, max_results=100, **given)

    def every() -> None:
        found = client.search_runs(experiments, max_results=5000)
        while found.token:
            found = client.search_runs(experiments, max_results=5000, page_token=found.token)

    def curves() -> None:
        for place in range(COUNT - CURVES, COUNT):
            assert len(client.get_metric_history(_id(place), "loss")) > 1000

    page()  # the first question opens the store
    return {
        "page": _seconds(page),
        "sort": _seconds(lambda: page(order_by=[BEST])),
        "filter": _seconds(lambda: page(filter_string=FILTER)),
        "every": _seconds(every),
        "curves": _seconds(curves) / CURVES * LONG,
    }


def _seconds(call: Callable[[], object]) -> float:
    begun = perf_counter()
    call()
    return perf_counter() - begun


def _id(place: int) -> str:
    return uuid5(NAMESPACE_URL, str(place)).hex


def _runs(experiment: int) -> Iterator[dict[str, Any]]:
    for place in range(COUNT):
        begun = int((BEGAN + place) * 1000)
        yield {
            "run_uuid": _id(place),
            "name": Tried(place).id,
            "source_type": "LOCAL",
            "user_id": "bench",
            "status": "FINISHED",
            "start_time": begun,
            "end_time": begun + 1000,
            "lifecycle_stage": "active",
            "artifact_uri": "",
            "experiment_id": experiment,
        }


def _params(_: int) -> Iterator[dict[str, Any]]:
    base = read_project(PROJECT)
    for place in range(COUNT):
        for name, value in settings(Tried(place), base).items():
            yield {"run_uuid": _id(place), "key": name, "value": str(value)}


def _tags(_: int) -> Iterator[dict[str, Any]]:
    for place in range(COUNT):
        yield {"run_uuid": _id(place), "key": "mlflow.runName", "value": Tried(place).id}


def _latest(_: int) -> Iterator[dict[str, Any]]:
    for place in range(COUNT):
        for name, value in Tried(place).metrics(10).items():
            yield _metric(place, name, value, 10)


def _history(_: int) -> Iterator[dict[str, Any]]:
    for place in range(COUNT - CURVES, COUNT):
        for step, value in enumerate(Tried(place).losses(), 1):
            yield _metric(place, "loss", value, step)


def _metric(place: int, name: str, value: float, step: int) -> dict[str, Any]:
    return {
        "run_uuid": _id(place),
        "key": name,
        "value": value,
        "timestamp": int((BEGAN + place) * 1000) + step,
        "step": step,
        "is_nan": False,
    }
