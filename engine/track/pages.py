"""Addresses of MLflow's own pages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from engine.track.asking import Asking

TRAINING = "workflowType=machine_learning"
"""Asks for the pages of training; MLflow otherwise begins with those for language models."""


def page(asking: Asking, base: str, runs: Sequence[str]) -> str:
    """The page of a run, the comparison of several, or for none the list of experiments."""
    base = base.rstrip("/")
    known = [found for run in runs if (found := asking.id_of(run))]
    if not known:
        return f"{base}/#/experiments?{TRAINING}"
    with asking.client() as client:
        places = {run: client.get_run(run).info.experiment_id for run in known}
    if len(known) == 1:
        return f"{base}/#/experiments/{places[known[0]]}/runs/{known[0]}?{TRAINING}"
    experiments = list(dict.fromkeys(places.values()))
    return f"{base}/#/compare-runs?runs={_listed(known)}&experiments={_listed(experiments)}&{TRAINING}"


def _listed(ids: Sequence[str]) -> str:
    return quote(json.dumps(list(ids), separators=(",", ":")))
