"""MLflow's registry: a run's model under a name, with a version and an alias such as champion."""

from __future__ import annotations

import re
from typing import Any

from engine.track.asking import Asking, TrackingError

ALIAS = re.compile(r"[A-Za-z][\w-]{0,254}")


def register(asking: Asking, run: str, *, name: str, alias: str = "") -> dict[str, Any]:
    """Register a finished run's model: its `name`, `version` and `alias`. One that is registered keeps its version.

    Raise `TrackingError` where the run has no model there, or a name cannot be used.
    """
    name, alias = name.strip(), alias.strip().removeprefix("@")
    if not name or "/" in name or ":" in name:
        raise TrackingError("A model's name needs letters, and neither “/” nor “:”.")
    if alias and (not ALIAS.fullmatch(alias) or alias.lower() == "latest" or re.fullmatch(r"v\d+", alias.lower())):
        raise TrackingError("An alias is one word, such as champion; neither “latest” nor a version such as “v3”.")
    known = asking.id_of(run)
    if not known:
        raise TrackingError(asking.why_unknown(run))
    with asking.client() as client:
        model = _model(client, known)
        version = _registered(client, name, model) or _new_version(asking, name, model, tags={"netloom.run": run})
        if alias:
            client.set_registered_model_alias(name, alias, version)
    return {"name": name, "version": int(version), "alias": alias}


def registered(asking: Asking) -> list[dict[str, Any]]:
    """Every registered version: `run` (ours, or MLflow's id of another tool's), `name`, `version` and `aliases`."""
    if asking.empty:
        return []
    with asking.client() as client:
        aliases = _aliases(client)
        found = client.search_model_versions(max_results=1000)
        return [
            {
                "run": one.tags.get("netloom.run") or one.run_id,
                "name": one.name,
                "version": int(one.version),
                "aliases": sorted(aliases.get((one.name, str(one.version)), ())),
            }
            for one in found
        ]


def _aliases(client: Any) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for model in client.search_registered_models(max_results=1000):
        for alias, version in model.aliases.items():
            found.setdefault((model.name, str(version)), set()).add(alias)
    return found


def _model(client: Any, run: str) -> Any:
    """The newest whole model of a run."""
    outputs = client.get_run(run).outputs
    made = sorted(outputs.model_outputs if outputs else [], key=lambda one: one.step)
    models = [client.get_logged_model(one.model_id) for one in made]
    ready = [one for one in models if one.status == "READY"]
    if not ready:
        raise TrackingError("This run left no model: only a run that finished has one.")
    return ready[-1]


def _registered(client: Any, name: str, model: Any) -> str:
    """The version under which a model is registered by that name already; empty where it is not."""
    if not any(one.name == name for one in client.search_registered_models(max_results=1000)):
        client.create_registered_model(name)
    quoted = name.replace("'", "\\'")
    versions = client.search_model_versions(f"name = '{quoted}'")
    return next((str(one.version) for one in versions if one.source == f"models:/{model.model_id}"), "")


def _new_version(asking: Asking, name: str, model: Any, *, tags: dict[str, str]) -> str:
    from engine.track.model import at

    with (
        asking.client() as client,
        at(asking.uri),
    ):  # the registry looks for the model in whatever store is MLflow's own at the time
        source = f"models:/{model.model_id}"
        made = client.create_model_version(name, source, model.source_run_id, tags=tags, model_id=model.model_id)
    return str(made.version)
