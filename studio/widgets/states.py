"""The tone in which the state of something that runs is shown, the same everywhere."""

from __future__ import annotations

_TONES = {
    "queued": "neutral",
    "starting": "info",
    "running": "accent",
    "paused": "warning",
    "finished": "success",
    "pruned": "neutral",
    "stopped": "neutral",
    "failed": "error",
    "interrupted": "warning",
    "waiting": "neutral",
    "infeasible": "warning",
}


def run_tone(state: str) -> str:
    """The tone (see `Badge`) of a state; a state nobody knows yet is neutral."""
    return _TONES.get(state, "neutral")
