"""Run folders: the one channel between whoever asks for a run, whoever trains it and whoever looks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from engine.events import Control, Ended, Message
from engine.runs.journal import Journal, Tail, append
from engine.runs.notes import Notes
from engine.runs.owner import Owner, alive
from engine.runs.summary import Summary
from engine.spec import Project, read_project, write_atomically

TRACKED = "track.json"
"""What the tracker remembers of a run."""


class RunFolder:
    """A run on the disk: `project.json` (frozen), `events.jsonl`, `control.jsonl`, `owner`, `checkpoints/`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RunFolder) and other.path == self.path

    def __hash__(self) -> int:
        return hash(self.path)

    @property
    def id(self) -> str:
        """The run's id: the folder's name."""
        return self.path.name

    @property
    def events(self) -> Path:
        """The journal of everything that happened."""
        return self.path / "events.jsonl"

    @property
    def controls(self) -> Path:
        """The journal of what was asked for."""
        return self.path / "control.jsonl"

    @property
    def checkpoints(self) -> Path:
        """Where the checkpoints lie."""
        return self.path / "checkpoints"

    @property
    def model(self) -> Path:
        """Where the finished model is exported to."""
        return self.path / "model"

    @property
    def code(self) -> Path:
        """The network as PyTorch, written when the run begins."""
        return self.path / "model.py"

    @property
    def owner(self) -> Owner:
        """Who trains it."""
        return Owner(self.path / "owner")

    def project(self) -> Project:
        """The frozen project; raise `ProjectError` when it cannot be read."""
        return read_project(self.path / "project.json")

    def request(self) -> dict[str, Any]:
        """How it was asked for: `device`, and `folder`, where the project's relative paths start."""
        return self.read_json("request.json")

    def read_json(self, name: str) -> dict[str, Any]:
        """A JSON object kept in the folder, empty when it is missing or broken."""
        try:
            found = json.loads((self.path / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def write_json(self, name: str, data: dict[str, Any], *, flush: bool = True) -> None:
        """Keep a JSON object in the folder, atomically; see `write_atomically`."""
        write_atomically(self.path / name, json.dumps(data, indent=1), flush=flush)

    def notes(self) -> Notes:
        """What a person wrote on it."""
        return Notes.from_json(self.read_json("notes.json"))

    def note(self, notes: Notes) -> None:
        """Write on it, in place of what was written; raise OSError where that is not possible."""
        self.write_json("notes.json", notes.to_json())

    def tracked(self) -> str:
        """Its id in MLflow; empty while it has none."""
        found = self.read_json(TRACKED).get("run")
        return found if isinstance(found, str) else ""

    def journal(self) -> Journal:
        """Open the events for appending: the owner's right alone."""
        return Journal(self.events)

    def tail(self, *, offset: int = 0) -> Tail:
        """Follow the events."""
        return Tail(self.events, offset=offset)

    def control(self, *messages: Control) -> None:
        """Ask the owner for something."""
        append(self.controls, *messages)

    def summary(self) -> Summary:
        """The run in short, read from its whole journal; one whose owner died is interrupted."""
        return self.judged(Summary().add(self.tail().read()))

    def judged(self, summary: Summary) -> Summary:
        """The summary with the state that its owner's death makes of it."""
        if summary.active and not alive(self.owner.path):
            summary.state, summary.ended = "interrupted", summary.updated
            summary.message = "The process that trained it ended without a word. Resume it from its last checkpoint."
        return summary

    def interrupted(self) -> Message:
        """The event that stands for an owner's death, for those who read events and not summaries."""
        summary = self.summary()
        return Ended(outcome="interrupted", message=summary.message, step=summary.step, epoch=summary.epoch)
