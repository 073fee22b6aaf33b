"""Why MLflow cannot be reached or asked, in the user's words."""

from __future__ import annotations

LONGEST = 200


def in_words(error: BaseException, uri: str) -> str:
    """One sentence about a failure of MLflow at an address, with the way out where there is one."""
    said = " ".join(str(one) for one in _chain(error)).lower()
    server = uri.startswith(("http:", "https:"))
    if "can't locate revision" in said or "out-of-date database schema" in said:
        return (
            f"MLflow's database ({uri}) was written by another version of MLflow. Install that version, or a newer one."
        )
    if "database is locked" in said:
        return "MLflow's database is locked by another program. It is tried again."
    if "not a database" in said or "malformed" in said:
        return f"MLflow's database ({uri}) is damaged. Move it away: a new one is filled from the runs' own folders."
    if "401" in said or "403" in said:
        return f"The MLflow server at {uri} refuses us. Give MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD."
    if server and any(
        word in said for word in ("connection", "timed out", "timeout", "max retries", "resolve", "refused")
    ):
        return f"The MLflow server at {uri} does not answer. Start it, or choose another place for the runs."
    reason = str(error).strip().partition("\n")[0] or type(error).__name__
    return f"MLflow at {uri} could not be reached: {reason[:LONGEST]}"


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and len(found) < 5:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
