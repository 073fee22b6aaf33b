"""Groups in MLflow: the seeds of a project, or the trials of a study, stand below one run that is there for that."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mlflow.entities import LifecycleStage, ViewType
from mlflow.utils.mlflow_tags import MLFLOW_PARENT_RUN_ID as PARENT

if TYPE_CHECKING:
    from mlflow import MlflowClient

STANDS_FOR = "netloom.stands_for"
"""The tag of a run that stands for a group: digits of the group's name, since names may hold quotes."""
MADE = {"mlflow.source.name": "netloom", "mlflow.source.type": "LOCAL"}
PAGE = 1000


class Groups:
    """The runs of one MLflow that stand for groups.

    Args:
        client: asks it; what it raises is raised.
    """

    def __init__(self, client: MlflowClient) -> None:
        self._client = client

    def join(self, run: str, *, group: str, time: int) -> None:
        """Put a run below the one that stands for its group, which is made at that time (ms) where there is none.

        MLflow cannot promise to make a run only once. So all agree on which one is the first, and whoever finds others
        beside it, made at the same moment, moves what stands below them. A group whose run a person deleted stays
        without one.
        """
        place = str(self._client.get_run(run).info.experiment_id)
        found = self._standing(place, group)
        if not found:
            tags = {STANDS_FOR: _digits(group), "netloom.group": group, **MADE}
            self._client.create_run(place, start_time=time, run_name=group, tags=tags)
            found = self._standing(place, group)
        first, *others = [one for one in found if one.info.lifecycle_stage != LifecycleStage.DELETED] or [None]
        if first is None:
            return
        self._client.set_tag(run, PARENT, first.info.run_id)
        for other in others:
            for one in self._below(place, other.info.run_id):
                self._client.set_tag(one.info.run_id, PARENT, first.info.run_id)
            self._client.delete_run(other.info.run_id)

    def settle(self, run: str, *, time: int) -> None:
        """Let the state of the one above a run follow what goes on below it; it ended at that time (ms) if nothing.

        Runs are not always told of in the order in which they ended: the latest end counts.
        """
        known = self._client.get_run(run)
        parent, place = parent_of(known), str(known.info.experiment_id)
        if not parent:
            return
        if self._any(place, parent, "RUNNING"):
            self._client.update_run(parent, status="RUNNING")
        else:
            state = "FINISHED" if self._any(place, parent, "FINISHED") else known.info.status
            before = self._client.get_run(parent).info
            self._client.set_terminated(parent, state, end_time=max(time, before.end_time or 0, before.start_time))

    def deserted(self, place: str, parent: str) -> bool:
        """Whether nothing stands below a run of that experiment any more."""
        return next(self._below(place, parent), None) is None

    def _standing(self, place: str, group: str) -> list[Any]:
        """The runs that stand for a group, in an order that is the same for whoever asks."""
        found = self._client.search_runs([place], f"tags.`{STANDS_FOR}` = '{_digits(group)}'", ViewType.ALL)
        return sorted(found, key=lambda one: (one.info.start_time, one.info.run_id))

    def _any(self, place: str, parent: str, status: str) -> bool:
        wanted = f"tags.`{PARENT}` = '{parent}' and attributes.status = '{status}'"
        return bool(self._client.search_runs([place], wanted, max_results=1))

    def _below(self, place: str, parent: str) -> Iterator[Any]:
        token = None
        while True:
            wanted = f"tags.`{PARENT}` = '{parent}'"
            page = self._client.search_runs([place], wanted, max_results=PAGE, page_token=token)
            yield from page
            if not (token := page.token):
                return


def parent_of(run: Any) -> str:
    """The id of the run that a run of MLflow stands below; empty for none."""
    return str(run.data.tags.get(PARENT, ""))


def _digits(group: str) -> str:
    return hashlib.sha256(group.encode()).hexdigest()[:32]
